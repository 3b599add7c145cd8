"""A process that is killed loses nothing it has said to be done, and leaves nothing half done."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from engine import process_instances
from engine.facts.actor import SYSTEM
from engine.operating import audit
from engine.people import user_tasks
from engine.store import Database
from tests.engine.company import COMPANY
from tests.engine.conftest import Working

ROOT = Path(__file__).parents[2]


def said_until_killed(url: str, lines: int) -> list[tuple[str, UUID]]:
    """What a busy worker has said before it was killed in the middle of its work."""
    command = [sys.executable, "-m", "tests.faults.busy_worker", url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        said = [worker.stdout.readline() for _ in range(lines)]
        worker.kill()
        said += worker.stdout.readlines()
    words = [line.split() for line in said if line.endswith("\n")]
    return [(what, UUID(id)) for what, id in words]


@pytest.mark.parametrize("lines", [1, 23])
def test_what_was_said_to_be_done_is_done(
    database_url: str, database: Database, working: Working, deploy: Callable[..., Any], lines: int
) -> None:
    deploy("two-steps.bpmn")
    said = said_until_killed(database_url, lines)
    assert len(said) >= lines
    with working(SYSTEM) as work:
        for what, id in said:
            if what == "started":
                assert process_instances.get(work, id).version >= 1
            else:
                assert user_tasks.get(work, id).task.status == "completed"
    assert audit.audit(database, COMPANY) == []
