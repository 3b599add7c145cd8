"""How often PostgreSQL is asked: the promise of the hot path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from engine import process_instances
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.people import user_tasks
from engine.people.user_tasks import UserTaskFilter
from engine.store import Database, open_database
from engine.store.prepared import Prepared
from tests.engine.company import ALICE
from tests.engine.conftest import MODELS, Working


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    database = open_database(postgres_url)
    yield database
    database.close()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first word of every statement from here on."""
    words: list[str] = []
    execute, send = psycopg.Cursor.execute, Prepared.send

    def counted(cursor: Any, query: Any, *arguments: Any, **more: Any) -> Any:
        words.append(str(query).split()[0].lower())
        return execute(cursor, query, *arguments, **more)

    def counted_prepared(statement: Prepared, *arguments: Any) -> Any:
        words.append(statement.text.split()[0].lower())
        return send(statement, *arguments)

    monkeypatch.setattr(psycopg.Cursor, "execute", counted)
    monkeypatch.setattr(Prepared, "send", counted_prepared)
    return words


@pytest.fixture
def start(working: Working) -> Callable[[], Any]:
    """The first start reads the model; only what follows is the hot path."""
    with working(SYSTEM) as work:
        deployments.deploy(work, [File("two-steps.bpmn", (MODELS / "two-steps.bpmn").read_bytes())], name="x")

    def started() -> Any:
        with working(ALICE) as work:
            return process_instances.start(work, "two-steps", {"customer": "ACME"}).id

    started()
    return started


def test_starting_takes_two_statements(start: Callable[[], Any], sent: list[str]) -> None:
    start()
    assert sent == ["select", "with"]


def test_completing_takes_two_statements(working: Working, start: Callable[[], Any], sent: list[str]) -> None:
    id = start()
    with working(SYSTEM) as work:
        (task,) = user_tasks.list_(work, UserTaskFilter(process_instance_id=id)).items
    sent.clear()
    with working(ALICE) as work:
        user_tasks.complete(work, task.id, {"answer": 42}, comment="Fine.")
    assert sent == ["select", "with"]


def test_a_page_of_the_inbox_is_one_statement(working: Working, start: Callable[[], Any], sent: list[str]) -> None:
    start()
    sent.clear()
    with working(ALICE) as work:
        assert len(user_tasks.list_(work, UserTaskFilter(view="claimable")).items) == 2
    assert sent == ["select"]
