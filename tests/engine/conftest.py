"""A database with a set clock, a small company, and the people of every test: alice works, bob leads, mallory has nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import pytest

from engine import process_instances
from engine.definitions import deployments
from engine.definitions.deployments import Deployment, File
from engine.facts.actor import SYSTEM, Actor
from engine.people import user_tasks
from engine.people.user_tasks import UserTask, UserTaskFilter
from engine.process_instances import ProcessInstance
from engine.store import Database, open_database
from engine.store.unit_of_work import UnitOfWork, unit_of_work
from tests.engine.company import ALICE, COMPANY

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
    """Deploys models of the folder beside, by name; `changed` makes them other files."""

    def deployed(*names: str, changed: bool = False) -> Deployment:
        files = [File(name, (MODELS / name).read_bytes() + b"\n" * changed) for name in names]
        with working(SYSTEM) as work:
            return deployments.deploy(work, files, name="test")

    return deployed


class Begin(Protocol):
    def __call__(self, key: str, **variables: Any) -> ProcessInstance: ...


class OpenTasks(Protocol):
    def __call__(self, process_instance_id: UUID) -> list[UserTask]: ...


@pytest.fixture
def begin(working: Working, deploy: Callable[..., Deployment]) -> Begin:
    """Deploys a model of the folder beside and starts it as alice."""

    def begun(key: str, **variables: Any) -> ProcessInstance:
        deploy(f"{key}.bpmn")
        with working(ALICE) as work:
            return process_instances.start(work, key, variables)

    return begun


@pytest.fixture
def open_tasks(working: Working) -> OpenTasks:
    """The open user tasks of a process instance, in the order they were created."""

    def found(process_instance_id: UUID) -> list[UserTask]:
        with working(SYSTEM) as work:
            page = user_tasks.list_(work, UserTaskFilter(process_instance_id=process_instance_id), limit=1000)
            return [user_tasks.get(work, item.id).task for item in reversed(page.items)]

    return found
