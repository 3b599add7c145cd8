"""A small company in a real database, with a clock that only moves when told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from engine.assignment.directory import Department, Person, Role
from engine.facts.actor import SYSTEM
from engine.store import Database, open_database
from engine.store.unit_of_work import unit_of_work
from service.identity.company import Company
from service.identity.importing import import_company
from service.identity.organisation import Member
from service.identity.snapshot import NOBODY, OrganisationSnapshot

PASSWORD = "correct horse"


@dataclass
class Clock:
    """`clock.move(minutes=5)`; called, it is the database's clock."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 2, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


def small_company(**changed: Member) -> Company:
    members = {
        "alice": Member(
            Person("alice", "爱丽丝", "Alice", "sales", "bob"), "alice@example.com", rights=frozenset({"work", "start"})
        ),
        "bob": Member(Person("bob", "鲍勃", "Bob", "sales"), roles=(("manager", "sales"),), rights=frozenset({"administer"})),
        **changed,
    }
    departments = {"sales": Department("sales", "销售部", "Sales", head="bob")}
    return Company(departments, {}, {"manager": Role("manager", "经理")}, members, {"alice": PASSWORD})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(database_url: str, clock: Clock) -> Iterator[Database]:
    database = open_database(database_url, clock=clock)
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        import_company(work, small_company())
    yield database
    database.close()


@pytest.fixture
def snapshot(database: Database) -> OrganisationSnapshot:
    return OrganisationSnapshot(database)
