"""Connections go from one unit of work to the next, and none is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from engine.facts.actor import SYSTEM
from engine.facts.errors import NotFound, Unavailable
from engine.store import Database, connections, open_database, process_instances
from engine.store.unit_of_work import unit_of_work
from tests.engine.company import COMPANY
from tests.engine.conftest import Working

NOBODY = "0190f3a0-0000-7000-8000-00000000abcd"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Two units of work at the same time, and one connection that stays."""
    database = open_database(database_url, pool_size=1)
    yield database
    database.close()


@pytest.fixture
def working(database: Database) -> Working:
    return partial(unit_of_work, database, directory=COMPANY)


def test_units_of_work_use_the_same_connection_one_after_the_other(working: Working) -> None:
    with working(SYSTEM) as work:
        first = work.connection
    with working(SYSTEM) as work:
        assert work.connection is first


def test_when_all_are_in_use_the_database_is_unavailable(working: Working, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.0)
    with working(SYSTEM), working(SYSTEM), pytest.raises(Unavailable), working(SYSTEM):
        pass
    with working(SYSTEM):
        pass


def test_refusals_and_faults_give_their_connection_back(working: Working, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.0)
    for fault in (NotFound(kind="user task", id=NOBODY), RuntimeError("a bug"), KeyboardInterrupt()):
        for _ in range(3):
            with pytest.raises(type(fault)), working(SYSTEM) as work:
                work.begin()
                raise fault
    with working(SYSTEM), working(SYSTEM):
        pass


def test_a_connection_that_cannot_be_opened_leaves_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.0)
    database = open_database("postgresql://nobody@127.0.0.1:1/nothing", pool_size=1)
    for _ in range(5):
        with pytest.raises(Unavailable), unit_of_work(database, SYSTEM, directory=COMPANY) as work:
            process_instances.find(work, NOBODY)  # type: ignore[arg-type]


@pytest.mark.parametrize(("more", "seconds"), [("", "10"), ("connect_timeout=3", "3")], ids=["usual", "as the address says"])
def test_a_server_that_vanishes_without_a_word_is_noticed(postgres_url: str, more: str, seconds: str) -> None:
    joined = "&" if "?" in postgres_url else "?"
    database = open_database(postgres_url + joined + more if more else postgres_url)
    with unit_of_work(database, SYSTEM, directory=COMPANY) as work:
        said = work.connection.connection.driver_connection.info.get_parameters()  # type: ignore[union-attr]
    database.close()
    wanted = {"connect_timeout": seconds, "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}
    assert {name: said.get(name) for name in wanted} == wanted
    assert said["tcp_user_timeout"] == "60000"
