"""Whatever a step says is written, on both databases, in every field; and nothing of it when the step comes too late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Column, Table, select

from engine.facts.actor import SYSTEM
from engine.facts.ids import new_id
from engine.process_instances import ProcessInstance
from engine.store import open_rows, process_instances, recording
from engine.store.changes import Changes, CompletedTask, Step
from engine.store.columns import Shaped, columns_of, kind, metadata
from engine.store.history import Transition, history
from engine.store.step_parts import ADDED, CHANGED, Added
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import user_task
from tests.engine.conftest import Begin, Working
from tests.engine.test_kept_facts import SAMPLES

#: By type of PostgreSQL: the value of a number, each another one.
VALUES: dict[str, Callable[[int], Any]] = {
    "uuid": lambda number: UUID(int=number),
    "text": lambda number: f'"{number}" 值',
    "int": lambda number: number,
    "timestamptz": lambda number: datetime(2026, 11, 20, tzinfo=UTC) + timedelta(microseconds=number),
    "jsonb": lambda number: [{"a": number, "ü": None}],
    "bytea": lambda number: number.to_bytes(4),
}


def value(column: Column[Any], number: int) -> Any:
    return SAMPLES[column.type.shape] if isinstance(column.type, Shaped) else VALUES[kind(column.type)](number)


@pytest.fixture
def numbers() -> Iterator[int]:
    return count(1000)


def made(added: Added, numbers: Iterator[int]) -> Any:
    """A row with a value of its own in every field."""
    return added.row(*(value(column, next(numbers)) for column in columns_of(metadata.tables[added.table], added.row)))


def stored(work: UnitOfWork, table: Table, row: type[Any], id: UUID) -> list[Any]:
    columns = columns_of(table, row)
    return [row(*found) for found in work.rows(select(*columns).where(table.c.process_instance_id == id))]


@pytest.fixture
def instance(begin: Begin) -> ProcessInstance:
    return begin("two-steps", customer="ACME")


def step_of(instance: ProcessInstance, changes: Changes) -> Step:
    at = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    events, command = [{"type": "X", "token": 1}], {"do": "complete"}
    transition = Transition(instance.id, instance.version, at, "alice", "complete", "first", events, command)
    assert all(getattr(transition, each.name) for each in fields(Transition))
    return Step(instance, b"state", b"chain before", transition, changes)


def every_kind(numbers: Iterator[int], rows: int) -> Changes:
    changes = Changes()
    for name, added in ADDED.items():
        getattr(changes, name).extend(made(added, numbers) for _ in range(rows))
    return changes


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("is_first", [True, False], ids=["the first step", "a later step"])
def test_every_field_of_every_row_is_written(
    working: Working, instance: ProcessInstance, numbers: Iterator[int], rows: int, is_first: bool
) -> None:
    changes = every_kind(numbers, rows)
    if is_first:
        begun = replace(instance, id=new_id(datetime.now(UTC)), version=1)
    else:
        begun = replace(
            instance,
            version=instance.version + 1,
            title="T",
            business_key="B",
            status="ended",
            outcome="completed",
            ended_at=instance.started_at + timedelta(days=1),
            steps_done=7,
        )
    step = step_of(begun, changes)
    with working(SYSTEM) as work:
        if is_first:
            recording.record_start(work, step)
        else:
            assert recording.record(work, step)
    with working(SYSTEM) as work:
        for name, added in ADDED.items():
            found = stored(work, metadata.tables[added.table], added.row, begun.id)
            assert [row for row in getattr(changes, name) if row not in found] == [], name
        assert step.transition in stored(work, history, Transition, begun.id)
        after = process_instances.find_with_state(work, begun.id)
        assert after is not None and (after.row, after.state) == (begun, b"state")


def test_a_step_that_comes_too_late_writes_nothing(working: Working, instance: ProcessInstance, numbers: Iterator[int]) -> None:
    everything = {table.name: table for table in metadata.sorted_tables}

    def contents(work: UnitOfWork) -> dict[str, list[str]]:
        return {name: sorted(map(repr, work.rows(select(table)))) for name, table in everything.items()}

    changes = every_kind(numbers, 2)
    with working(SYSTEM) as work:
        (task,) = work.rows(select(user_task.c.id, user_task.c.candidates, user_task.c.token))
        before = contents(work)
    changes.cancelled_user_tasks = [task.token]
    changes.completed_user_task = CompletedTask(task.id, "agree", "Fine.", task.candidates)
    for each in fields(Changes):
        if not getattr(changes, each.name):
            setattr(changes, each.name, [next(numbers)])
    changes.adopted_attachments = [UUID(int=1)]
    assert all(getattr(changes, each.name) for each in fields(Changes))
    with working(SYSTEM) as work:
        assert not recording.record(work, step_of(instance, changes))
    with working(SYSTEM) as work:
        assert contents(work) == before


def test_every_list_of_changes_is_written_by_a_part() -> None:
    assert {each.name for each in fields(Changes)} <= {*ADDED, *CHANGED}


@pytest.mark.parametrize("name", ADDED)
def test_a_new_row_has_every_column_that_must_have_a_value(name: str) -> None:
    added = ADDED[name]
    table = metadata.tables[added.table]
    needed = {column.name for column in table.c if not column.nullable and column.server_default is None}
    assert needed <= {*added.types, "process_instance_id"}


def test_rows_that_have_a_number_in_their_instance_are_kinds_of_open_rows() -> None:
    numbered = {name for name, added in ADDED.items() if {"token", "subscription"} & {*added.types}}
    assert numbered == {*open_rows.KINDS}
    assert {name: ADDED[name].row for name in numbered} == {name: each.row for name, each in open_rows.KINDS.items()}
