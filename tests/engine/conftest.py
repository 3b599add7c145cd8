"""A database with a set clock, a small company, and the people of every test: alice works, bob leads, mallory has nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from engine import deployments
from engine.actor import SYSTEM, Actor
from engine.deployments import Deployment, File
from engine.store import Database, open_database
from engine.store.unit_of_work import UnitOfWork, unit_of_work
from tests.engine.company import COMPANY

MODELS = Path(__file__).parent / "models"

Working = Callable[[Actor], AbstractContextManager[UnitOfWork]]


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(database_url: str, clock: Clock) -> Iterator[Database]:
    database = open_database(database_url, clock=clock)
    yield database
    database.close()


@pytest.fixture
def working(database: Database) -> Working:
    """`with working(ALICE) as work:` one unit of work."""
    return partial(unit_of_work, database, directory=COMPANY)


@pytest.fixture
def deploy(working: Working) -> Callable[..., Deployment]:
    """Deploys models of the folder beside, by name."""

    def deployed(*names: str) -> Deployment:
        files = [File(name, (MODELS / name).read_bytes()) for name in names]
        with working(SYSTEM) as work:
            return deployments.deploy(work, files, name="test")

    return deployed
