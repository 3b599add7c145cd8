"""Processes of two releases on one database: nothing is written by those that were not made for its tables."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy import text as sql

from engine import process_instances
from engine.definitions import deployments
from engine.definitions.deployments import Deployment, File
from engine.facts.actor import SYSTEM, Actor
from engine.messaging import messages
from engine.operating import audit
from engine.people import user_tasks
from engine.people.user_tasks import UserTask
from engine.store import Database, open_database, release, schema
from engine.store.columns import metadata
from engine.store.release import MigrationsMissing, ReleaseOutdated, Tables
from engine.store.schema import TablesInUse
from engine.store.sqlite_file import DatabaseGone
from engine.store.unit_of_work import UnitOfWork, unit_of_work
from tests.engine.company import ALICE, COMPANY
from tests.engine.conftest import MODELS, Begin, OpenTasks, Working
from tests.faults.test_kills import ROOT
from tests.fixtures.releases import Migrate

MODEL = (MODELS / "review.bpmn").read_bytes()


def rows(database: Database) -> Mapping[str, int]:
    """How many each table has."""
    with database.engine.connect() as connection:
        tables = (table for table in metadata.sorted_tables if not table.name.startswith(release.FENCED))
        return {table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}


def test_a_process_at_work_is_stopped_by_a_migration(
    database_url: str,
    database: Database,
    deploy: Callable[..., Deployment],
    migrate_to_next: Migrate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It finishes what it is at or is refused, says so, and what it had said to be done is done."""
    deploy("two-steps.bpmn")
    command = [sys.executable, "-m", "tests.faults.busy_worker", database_url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None and worker.stderr is not None
        said = [worker.stdout.readline() for _ in range(10)]
        migrate_to_next(database_url)
        before = rows(database)
        said += worker.stdout.readlines()
        why = worker.stderr.read()
    assert worker.returncode == 1
    assert "ReleaseOutdated" in why
    assert rows(database) == before
    assert before["history"] == len(said)
    monkeypatch.setattr(Tables, "judge", lambda tables, noted: None)
    assert audit.audit(database, COMPANY) == []


ACTS: Mapping[str, tuple[Actor, Callable[[UnitOfWork, UserTask], object]]] = {
    "start": (ALICE, lambda work, task: process_instances.start(work, "two-steps", {"customer": "ACME"})),
    "complete": (ALICE, lambda work, task: user_tasks.complete(work, task.id, {})),
    "claim": (ALICE, lambda work, task: user_tasks.claim(work, task.id)),
    "assign": (SYSTEM, lambda work, task: user_tasks.assign(work, task.id, "bob")),
    "correlate": (SYSTEM, lambda work, task: messages.correlate(work, "nobody waits")),
    "deploy": (SYSTEM, lambda work, task: deployments.deploy(work, [File("r.bpmn", MODEL)], name="x")),
    "cancel": (SYSTEM, lambda work, task: process_instances.cancel(work, task.process_instance_id, "No.")),
    "suspend": (SYSTEM, lambda work, task: process_instances.suspend(work, task.process_instance_id)),
}


@pytest.mark.parametrize(("actor", "act"), ACTS.values(), ids=ACTS)
def test_whatever_an_old_process_writes_is_refused_at_once(
    actor: Actor,
    act: Callable[[UnitOfWork, UserTask], object],
    database_url: str,
    database: Database,
    working: Working,
    begin: Begin,
    open_tasks: OpenTasks,
    migrate_to_next: Migrate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also before it has looked at the tables again."""
    (task,) = open_tasks(begin("two-steps", customer="ACME").id)
    migrate_to_next(database_url)
    monkeypatch.setattr(Tables, "are_known", True)
    before = rows(database)
    with pytest.raises(ReleaseOutdated), working(actor) as work:
        act(work, task)
    assert rows(database) == before


def test_an_old_process_stops_reading_at_its_next_look(
    database_url: str, working: Working, begin: Begin, migrate_to_next: Migrate, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance = begin("two-steps", customer="ACME")
    migrate_to_next(database_url)
    monkeypatch.setattr(release, "BELIEVED", 0)
    with pytest.raises(ReleaseOutdated), working(ALICE) as work:
        process_instances.get(work, instance.id)


def test_what_an_old_process_cannot_read_any_more_is_the_release_and_no_fault(
    database_url: str,
    database: Database,
    working: Working,
    begin: Begin,
    migrate_to_next: Migrate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A column that has gone, before the next look."""
    instance = begin("two-steps", customer="ACME")
    migrate_to_next(database_url)
    with database.engine.connect() as connection:
        connection.execute(sql("alter table process_instance rename column outcome to result"))
    monkeypatch.setattr(Tables, "are_known", True)
    with pytest.raises(ReleaseOutdated), working(ALICE) as work:
        process_instances.get(work, instance.id)


def test_a_migration_waits_for_who_writes_and_then_changes_nothing(
    database_url: str,
    working: Working,
    begin: Begin,
    open_tasks: OpenTasks,
    migrate_to_next: Migrate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (task,) = open_tasks(begin("two-steps", customer="ACME").id)
    monkeypatch.setattr(schema, "SECONDS", 0.1)
    with working(ALICE) as work:
        user_tasks.claim(work, task.id)
        with pytest.raises(TablesInUse):
            migrate_to_next(database_url)
    with working(ALICE) as work:
        user_tasks.complete(work, task.id, {})
    migrate_to_next(database_url)


def test_an_old_release_does_not_migrate_back(database_url: str, migrate_to_next: Migrate) -> None:
    migrate_to_next(database_url)
    with pytest.raises(ReleaseOutdated):
        schema.migrate(database_url)


@pytest.fixture(params=["sqlite", "postgresql"])
def old_url(request: pytest.FixtureRequest, tmp_path: Any) -> str:
    """A database of the release before, or of none."""
    return f"sqlite:///{tmp_path}/old.db" if request.param == "sqlite" else request.getfixturevalue("empty_postgres_url")


@pytest.mark.parametrize("before", [None, "0001", "0020"])
def test_a_new_process_waits_for_its_tables(old_url: str, before: str | None) -> None:
    if before:
        schema.migrate(old_url, revision=before)
    database = open_database(old_url)
    working = partial(unit_of_work, database, directory=COMPANY)
    has_no_file = before is None and not database.is_postgresql
    for _ in range(2):
        with pytest.raises(DatabaseGone if has_no_file else MigrationsMissing), working(SYSTEM) as work:
            process_instances.list_(work, process_instances.ProcessInstanceFilter())
    schema.migrate(old_url)
    with working(SYSTEM) as work:
        assert process_instances.list_(work, process_instances.ProcessInstanceFilter()).items == ()
    database.close()


def test_a_migration_names_the_fence_as_it_goes(old_url: str, migrate_to_next: Migrate) -> None:
    for migrate in (schema.migrate, migrate_to_next):
        migrate(old_url)
        database = open_database(old_url)
        with database.engine.connect() as connection:
            last = connection.execute(sql("select version_num from alembic_version")).scalar_one()
            assert connection.execute(sql(f"select count(*) from revision_{last}")).scalar_one() == 0
        database.close()
