"""What the start events of the newest versions wait for, as rows: what `rebuild` writes and `audit` compares with.

When a timer is due next follows from its text and from when it has started a process instance last, which the log says. So one
that is put back starts nothing twice, and what it has missed once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engine.bpmn import ElementFailed, StartTrigger
from engine.definitions.models import model_of
from engine.definitions.start_events import subscription_row, timer_row
from engine.facts.errors import Refusal
from engine.facts.ids import new_id
from engine.store import deployments, process_definitions, start_rows
from engine.store.process_definitions import ProcessDefinition
from engine.store.start_rows import Row, StartRow
from engine.store.subscriptions import Subscription
from engine.store.timers import Timer
from engine.store.unit_of_work import UnitOfWork

#: How long a deployment may have waited for the one before it after it had looked at the clock for its timers.
IN_TURN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that is `found` and should not be, or not like this; one that is `wanted` and is not there."""

    found: StartRow | None
    wanted: StartRow | None
    #: Either of them.
    row: StartRow


def wrong_rows(work: UnitOfWork) -> list[Wrong]:
    """What differs from what the newest versions say. The rows are read before the log and once more after it, because workers
    fire timers meanwhile; where a file cannot be read, nothing is known of the rows of its processes."""
    while True:
        before = _rows(work)
        wrong = list(_compared(work, *before))
        if not wrong or _rows(work) == before:
            return wrong


def put_right(work: UnitOfWork) -> int:
    """Answers how many rows were wrong. Nobody deploys meanwhile."""
    deployments.begin(work)
    return sum(start_rows.change(work, each.found, each.wanted) for each in wrong_rows(work))


def _rows(work: UnitOfWork) -> tuple[tuple[Subscription, ...], tuple[Timer, ...]]:
    return start_rows.all_(work, Subscription), start_rows.all_(work, Timer)


def _compared(work: UnitOfWork, waiting: Sequence[Subscription], due: Sequence[Timer]) -> Iterator[Wrong]:
    subscriptions, timers = _by_place(waiting), _by_place(due)
    for definition in process_definitions.latest(work):
        try:
            starts = model_of(work, definition.id).processes[definition.key].start_triggers
        except (Refusal, KeyError):
            starts = ()
            _forget(subscriptions, definition.key)
            _forget(timers, definition.key)
        for start in starts:
            place = (definition.key, start.element)
            wanted = subscription_row(definition, start, definition.deployed_at)
            if wanted is not None:
                yield from _differences(subscriptions.pop(place, []), wanted)
            if start.kind == "timer":
                yield from _timers(work, definition, start, timers.pop(place, []))
    yield from _left(subscriptions)
    yield from _left(timers)


def _left(rows: dict[tuple[str | None, str], list[Row]]) -> Iterator[Wrong]:
    """Those that no start event wants."""
    for each in rows.values():
        yield from (Wrong(row, None, row) for row in each)


def _forget(rows: dict[tuple[str | None, str], list[Row]], key: str) -> None:
    for place in [place for place in rows if place[0] == key]:
        del rows[place]


def _by_place(rows: Iterable[Row]) -> dict[tuple[str | None, str], list[Row]]:
    found: dict[tuple[str | None, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row.key, row.element].append(row)
    return found


def _differences(found: Sequence[Row], wanted: Row) -> Iterator[Wrong]:
    """One of them is kept, the first that is right."""
    kept = next((row for row in found if replace(wanted, id=row.id) == row), found[0] if found else None)
    if kept is None or replace(wanted, id=kept.id) != kept:
        wanted = wanted if kept is None else replace(wanted, id=kept.id)
        yield Wrong(kept, wanted, wanted)
    yield from (Wrong(row, None, row) for row in found if row is not kept)


def _timers(work: UnitOfWork, definition: ProcessDefinition, start: StartTrigger, found: Sequence[Timer]) -> Iterator[Wrong]:
    """One of them is kept, the first that is right."""
    try:
        wanted = [(row, _wanted(work, definition, start, row)) for row in found]
        kept = next((row for row, each in wanted if row == each), None)
        if kept is None:
            kept, instead = wanted[0] if wanted else (None, _wanted(work, definition, start, None))
            row = instead or kept
            if row is not None:
                yield Wrong(kept, instead, row)
    except (ElementFailed, ValueError):
        # What this release does not compute cannot be compared.
        return
    yield from (Wrong(row, None, row) for row in found if row is not kept)


def _wanted(work: UnitOfWork, definition: ProcessDefinition, start: StartTrigger, found: Timer | None) -> Timer | None:
    """What should be in the place of the row found, the same where it is right; None where the series is over."""
    since = definition.deployed_at
    due_at, fired = _next(work, definition, start, since, found)
    if due_at is None:
        return None
    wanted = timer_row(definition, start, due_at, id=new_id(work.now) if found is None else found.id, since=since, fired=fired)
    if found is None:
        return wanted
    if _is_due_with(start, found, wanted, since.astimezone(work.zone)):
        wanted = replace(wanted, due_at=found.due_at, fired=found.fired)
    # What workers write while they try is not held against anything.
    return replace(wanted, claimed_until=found.claimed_until, attempts=found.attempts, error=found.error)


def _next(
    work: UnitOfWork, definition: ProcessDefinition, start: StartTrigger, since: datetime, found: Timer | None
) -> tuple[datetime | None, int]:
    """The moment after the last start, and how many were before it. Where the log says too little, what is there is right, and
    what is not there waits for the next moment to come."""
    last, is_known = start_rows.last_start(work, definition.id, start.element)
    if not is_known and found is not None:
        return found.due_at, found.fired
    local = since.astimezone(work.zone)
    if last is None and is_known:
        return start.first_due(local), 0
    return start.next_due(local, 0, last or work.now)


def _is_due_with(start: StartTrigger, found: Timer, wanted: Timer, since: datetime) -> bool:
    """At the same moment, and at the same one after it: a cron text counts nothing. The first one may have been computed while
    its deployment waited."""
    is_first = wanted.fired == 0
    if is_first != (found.fired == 0) or not timedelta(0) <= wanted.due_at - found.due_at <= IN_TURN * is_first:
        return False
    try:
        return start.next_due(since, found.fired, wanted.due_at)[0] == start.next_due(since, wanted.fired, wanted.due_at)[0]
    except (OverflowError, ValueError):
        return False
