"""Events of one process instance → the rows that lists are made of. Asks nobody but the directory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

from engine.assignment import Situation, assign
from engine.assignment.directory import Directory
from engine.facts import events as happened
from engine.facts.events import Event
from engine.facts.ids import new_id, uuid_of
from engine.store.changes import Changes
from engine.store.correlation import digest
from engine.store.jobs import NewJob
from engine.store.outbox import Kind, NewOutboxRow
from engine.store.subscriptions import NewSubscription
from engine.store.timers import NewTimer
from engine.store.user_tasks import NewCandidate, NewUserTask

Row = TypeVar("Row", NewJob, NewTimer, NewSubscription)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rows need to know beyond the events."""

    now: datetime
    directory: Directory
    initiator: str
    initiator_department: str | None
    #: Element id of an earlier user task → who completed it.
    earlier: Callable[[str], str | None]
    #: How many starts by events came before that of this instance in its chain: what it throws is one deeper.
    depth: Callable[[], int]


def derive(events: Iterable[Event], around: Surroundings) -> Changes:
    """The changes that follow from the events; what was opened and closed among them leaves no row."""
    changes = Changes()
    for event in events:
        rule = _RULES.get(type(event))
        if rule is not None:
            rule(event, changes, around)
    return changes


def _user_task_created(event: happened.UserTaskCreated, changes: Changes, around: Surroundings) -> None:
    id = new_id(around.now)
    situation = Situation(
        around.directory, around.initiator, around.initiator_department, event.facts.lane or None, around.earlier
    )
    assigned = assign(event.assignments, situation)
    changes.user_tasks.append(
        NewUserTask(
            id=id,
            definition_id=uuid_of(event.definition),
            token=event.token,
            element=event.element,
            name=event.name or event.element,
            name_en=event.name_en,
            form=event.form,
            priority=event.priority,
            due_at=event.due_at,
            created_at=around.now,
            assignee=assigned.assignee,
            candidates=assigned.candidates,
            facts=event.facts.because(assigned.trace),
            summary=event.summary,
            summary_text="\n".join(str(item["value"]) for item in event.summary),
        )
    )
    changes.candidates.extend(NewCandidate(key, id) for key in assigned.candidates)


def _user_task_cancelled(event: happened.UserTaskCancelled, changes: Changes, around: Surroundings) -> None:
    for task in changes.user_tasks:
        if task.token == event.token:
            changes.user_tasks.remove(task)
            changes.candidates[:] = [row for row in changes.candidates if row.user_task_id != task.id]
            return
    changes.cancelled_user_tasks.append(event.token)


def _job_created(event: happened.JobCreated, changes: Changes, around: Surroundings) -> None:
    changes.jobs.append(
        NewJob(
            id=new_id(around.now),
            definition_id=uuid_of(event.definition),
            token=event.token,
            element=event.element,
            kind=event.kind,
            connector=event.connector,
            inputs=dict(event.inputs),
            created_at=around.now,
            due_at=around.now,
            retries=event.retries + 1,
        )
    )


def _job_completed(event: happened.JobCompleted, changes: Changes, around: Surroundings) -> None:
    changes.completed_jobs.append(event.token)


def _job_cancelled(event: happened.JobCancelled, changes: Changes, around: Surroundings) -> None:
    if not _dropped(changes.jobs, "token", event.token):
        changes.cancelled_jobs.append(event.token)


def _timer_scheduled(event: happened.TimerScheduled, changes: Changes, around: Surroundings) -> None:
    _dropped(changes.timers, "subscription", event.subscription)
    changes.closed_timers[:] = [number for number in changes.closed_timers if number != event.subscription]
    changes.timers.append(
        NewTimer(
            id=new_id(around.now),
            definition_id=uuid_of(event.definition),
            element=event.element,
            token=event.token,
            subscription=event.subscription,
            due_at=event.due_at,
            since=around.now,
        )
    )


def _subscription_opened(event: happened.SubscriptionOpened, changes: Changes, around: Surroundings) -> None:
    changes.subscriptions.append(
        NewSubscription(
            id=new_id(around.now),
            definition_id=uuid_of(event.definition),
            element=event.element,
            token=event.token,
            subscription=event.subscription,
            kind=event.kind,
            name=event.name,
            correlation_key=event.correlation_key,
            correlation_digest=digest(event.correlation_key),
            created_at=around.now,
        )
    )


def _subscription_closed(event: happened.SubscriptionClosed, changes: Changes, around: Surroundings) -> None:
    if event.kind == "timer":
        _dropped(changes.timers, "subscription", event.subscription)
        changes.closed_timers.append(event.subscription)
    else:
        _dropped(changes.subscriptions, "subscription", event.subscription)
        changes.closed_subscriptions.append(event.subscription)


def _message_thrown(event: happened.MessageThrown, changes: Changes, around: Surroundings) -> None:
    _post(changes, around, "message", name=event.name, correlation_key=event.correlation_key, variables=dict(event.variables))


def _signal_thrown(event: happened.SignalThrown, changes: Changes, around: Surroundings) -> None:
    _post(changes, around, "signal", name=event.name, variables=dict(event.variables))


def _post(changes: Changes, around: Surroundings, kind: Kind, **body: Any) -> None:
    changes.outbox.append(
        NewOutboxRow(new_id(around.now), kind, body, created_at=around.now, due_at=around.now, depth=around.depth() + 1)
    )


def _dropped(rows: list[Row], number: Literal["token", "subscription"], value: int) -> bool:
    """Whether a row that these same events opened has been taken away again."""
    for row in rows:
        if getattr(row, number) == value:
            rows.remove(row)
            return True
    return False


_RULES: Mapping[type[Event], Callable[[Any, Changes, Surroundings], None]] = {
    happened.UserTaskCreated: _user_task_created,
    happened.UserTaskCancelled: _user_task_cancelled,
    happened.JobCreated: _job_created,
    happened.JobCompleted: _job_completed,
    happened.JobCancelled: _job_cancelled,
    happened.TimerScheduled: _timer_scheduled,
    happened.SubscriptionOpened: _subscription_opened,
    happened.SubscriptionClosed: _subscription_closed,
    happened.MessageThrown: _message_thrown,
    happened.SignalThrown: _signal_thrown,
}
