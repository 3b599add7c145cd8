"""The database server goes away and comes back: no restart of ours is needed."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from psycopg import Connection

from engine import process_instances
from engine.definitions import deployments, process_definitions
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.errors import Unavailable
from engine.people import user_tasks
from engine.people.user_tasks import UserTaskFilter
from engine.store import Database, open_database
from engine.store.unit_of_work import UnitOfWork
from service.app import application, assemble
from service.settings import Settings
from tests.engine.company import ALICE
from tests.engine.conftest import MODELS, Working


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    database = open_database(postgres_url)
    yield database
    database.close()


@pytest.fixture
def task_id(working: Working) -> Any:
    with working(SYSTEM) as work:
        file = File("two-steps.bpmn", (MODELS / "two-steps.bpmn").read_bytes())
        deployments.deploy(work, [file], name="x")
    with working(ALICE) as work:
        instance = process_instances.start(work, "two-steps", {"customer": "ACME"})
    with working(ALICE) as work:
        return user_tasks.list_(work, UserTaskFilter(process_instance_id=instance.id)).items[0].id


def cut_connections(administration: Connection, database: Database) -> None:
    administration.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (database.url.database,))


def test_a_completion_survives_connections_that_died_in_the_pool(
    administration: Connection, database: Database, working: Working, task_id: Any
) -> None:
    cut_connections(administration, database)
    with working(ALICE) as work:
        assert user_tasks.complete(work, task_id, {}).status == "running"


def test_the_inbox_survives_connections_that_died_in_the_pool(
    administration: Connection, database: Database, working: Working, task_id: Any
) -> None:
    cut_connections(administration, database)
    with working(ALICE) as work:
        assert len(user_tasks.list_(work, UserTaskFilter(view="claimable")).items) == 1


def test_the_numbers_of_every_page_survive_connections_that_died_in_the_pool(
    administration: Connection, database: Database, working: Working, task_id: Any
) -> None:
    cut_connections(administration, database)
    with working(ALICE) as work:
        assert user_tasks.counts(work).claimable == 1


def test_other_pages_are_unavailable_once_and_then_there_again(
    administration: Connection, database: Database, working: Working, task_id: Any
) -> None:
    cut_connections(administration, database)
    with pytest.raises(Unavailable), working(ALICE) as work:
        process_definitions.list_(work)
    with working(ALICE) as work:
        assert [each.key for each in process_definitions.list_(work)] == ["two-steps"]


def test_a_transaction_that_lost_its_connection_left_nothing(
    administration: Connection, database: Database, working: Working, task_id: Any
) -> None:
    with pytest.raises(Unavailable), working(ALICE) as work:
        user_tasks.claim(work, task_id)
        cut_connections(administration, database)
    with working(ALICE) as work:
        assert user_tasks.get(work, task_id).task.assignee is None


def cut_the_wire(work: UnitOfWork, direction: int = socket.SHUT_RDWR) -> None:
    """As when the server's machine is gone: no word of farewell."""
    driver: Any = work.connection.connection.driver_connection
    with socket.socket(fileno=os.dup(driver.pgconn.socket)) as wire:
        wire.shutdown(direction)


def test_a_wire_cut_before_a_step_is_noticed_by_nobody(working: Working, task_id: Any) -> None:
    with working(ALICE) as work:
        cut_the_wire(work)
        assert user_tasks.complete(work, task_id, {}).status == "running"


@pytest.mark.parametrize("direction", [socket.SHUT_RDWR, socket.SHUT_RD, socket.SHUT_WR])
def test_a_wire_cut_in_a_step_is_a_database_that_is_away(
    working: Working, task_id: Any, monkeypatch: pytest.MonkeyPatch, direction: int
) -> None:
    write_alone = UnitOfWork.write_alone

    def cut(work: UnitOfWork, *arguments: Any) -> Any:
        cut_the_wire(work, direction)
        return write_alone(work, *arguments)

    monkeypatch.setattr(UnitOfWork, "write_alone", cut)
    with pytest.raises(Unavailable), working(ALICE) as work:
        user_tasks.complete(work, task_id, {})
    monkeypatch.undo()
    with working(ALICE) as work:
        assert user_tasks.complete(work, task_id, {}).status == "running"


def test_a_wire_cut_in_a_transaction_is_a_database_that_is_away(working: Working, task_id: Any) -> None:
    with pytest.raises(Unavailable), working(ALICE) as work:
        user_tasks.claim(work, task_id)
        cut_the_wire(work)
        user_tasks.unclaim(work, task_id)
    with working(ALICE) as work:
        assert user_tasks.get(work, task_id).task.assignee is None


def test_the_first_look_after_a_restart_finds_the_service_ready(administration: Connection, postgres_url: str) -> None:
    parts = assemble(Settings(is_demo=True, database_url=postgres_url, tick_late_seconds=0))
    client = application(parts).test_client()
    assert client.get("/readyz").status_code == 200
    cut_connections(administration, parts.database)
    assert client.get("/readyz").status_code == 200
    parts.close()
