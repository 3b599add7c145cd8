"""The statements that a connection keeps prepared are there for as long as the connection is."""

from __future__ import annotations

from functools import partial

import pytest

from engine import process_instances
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.people import user_tasks
from engine.people.user_tasks import UserTaskFilter
from engine.store import open_database
from engine.store.unit_of_work import unit_of_work
from tests.engine.company import ALICE, COMPANY
from tests.engine.conftest import MODELS

#: psycopg prepares a statement that it has sent five times, and at the first ROLLBACK after that it forgets them all.
OFTEN = 10


def test_they_outlive_a_transaction_that_was_undone(postgres_url: str) -> None:
    database = open_database(postgres_url, pool_size=1)
    working = partial(unit_of_work, database, directory=COMPANY)
    with working(SYSTEM) as work:
        deployments.deploy(work, [File("two-steps.bpmn", (MODELS / "two-steps.bpmn").read_bytes())], name="x")
    for _ in range(OFTEN):
        with working(ALICE) as work:
            process_instances.start(work, "two-steps", {"customer": "ACME"})
        with working(ALICE) as work:
            user_tasks.list_(work, UserTaskFilter())
    with pytest.raises(ZeroDivisionError), working(ALICE) as work:
        work.begin()
        raise ZeroDivisionError
    with working(ALICE) as work:
        process_instances.start(work, "two-steps", {"customer": "ACME"})
    with working(ALICE) as work:
        assert len(user_tasks.list_(work, UserTaskFilter()).items) == OFTEN + 1
    database.close()
