"""`liuzhuan given-up`: what is listed is named as people know it, in the language of the environment."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

import pytest

from engine.facts.actor import SYSTEM
from engine.facts.ids import new_id
from engine.facts.sentences import verbatim
from engine.store import event_starts, outbox, process_definitions, timers
from engine.store.outbox import OutboxRow
from engine.store.timers import Timer
from service.assembling import assemble
from service.settings import Settings
from tests.bpmn.writing import bpmn
from tests.cli.conftest import Run


@pytest.fixture
def ids(run: Run, tmp_path: Path) -> tuple[UUID, ...]:
    """Of a paused process, of a timer of its start event, and of a message that reached nobody."""
    model = tmp_path / "storm.bpmn"
    model.write_bytes(bpmn("start s signal=bang\nend e\ns -> e", "storm", name="风暴"))
    run("deploy", str(model))
    parts = assemble(Settings(is_demo=True, database_url=os.environ["LIUZHUAN_DATABASE_URL"]))
    why = verbatim("too often.")
    with parts.begin(SYSTEM) as work:
        definition = process_definitions.latest(work)[0]
        event_starts.pause(work, definition, why)
        ids = (definition.id, new_id(work.now), new_id(work.now))
        rest = (None, None, work.now, work.now, 0, None, 0, why)
        timers.replace_starts(work, "storm", [Timer(ids[1], None, definition.id, "storm", "s", *rest)])
        outbox.add(work, [OutboxRow(ids[2], None, "message", {"name": "paid"}, work.now, work.now, 1, None, why)])
    parts.close()
    return ids


@pytest.mark.parametrize(
    ("locale", "kinds", "closing"),
    [
        (
            "C.UTF-8",
            ("process “风暴”", "timer “风暴”", "message “paid”"),
            "Given up: processes, timers and messages 3, e-mails 0",
        ),
        ("zh_CN.UTF-8", ("流程“风暴”", "定时“风暴”", "消息“paid”"), "已放弃 3 个流程、定时和消息，0 封邮件。"),
    ],
)
def test_each_row_is_named_and_in_the_language_of_the_environment(
    run: Run, ids: tuple[UUID, ...], monkeypatch: pytest.MonkeyPatch, locale: str, kinds: tuple[str, ...], closing: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    *rows, found, advice = run("given-up").stdout.splitlines()
    for row, id, kind in zip(rows, ids, kinds, strict=True):
        assert row.startswith(kind) and str(id) in row and "too often" in row
    assert all("storm" in row for row in rows[:2])
    assert found.startswith(closing)
    assert "liuzhuan given-up --retry" in advice
    assert "3" in run("given-up", "--retry").stdout
    assert len(run("given-up").stdout.splitlines()) == 1


def test_many_of_one_cause_are_one_line(run: Run, ids: tuple[UUID, ...]) -> None:
    """A process that was paused had six hundred of them, and nothing else could be seen."""
    parts = assemble(Settings(is_demo=True, database_url=os.environ["LIUZHUAN_DATABASE_URL"]))
    with parts.begin(SYSTEM) as work:
        now, why = work.now, verbatim("too often.")
        rows = [OutboxRow(new_id(now), None, "message", {"name": "paid"}, now, now, 1, None, why) for _ in range(600)]
        outbox.add(work, rows)
    parts.close()
    *lines, found, _ = run("given-up").stdout.splitlines()
    assert len(lines) == 3
    assert "600 more like it" in lines[2]
    assert "messages 603," in found
    assert len(run("given-up", "--each").stdout.splitlines()) == 605
