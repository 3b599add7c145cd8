"""Events of one process instance → the rows that lists are made of. Asks nobody but the directory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.assignment import Situation, assign
from engine.assignment.directory import Directory
from engine.facts import events as happened
from engine.facts.events import Event
from engine.facts.ids import new_id, uuid_of
from engine.store.changes import Changes

#: What the page of a user task shows beyond its columns, as far as the model says it.
_SHOWN = ("documentation", "documentation_en", "fields", "outcomes", "comment", "outcome_variable", "lane")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rows need to know beyond the events."""

    now: datetime
    directory: Directory
    initiator: str
    initiator_department: str | None
    #: Element id of an earlier user task → who completed it.
    earlier: Callable[[str], str | None]


def derive(events: Iterable[Event], around: Surroundings) -> Changes:
    """The changes that follow from the events; what was opened and closed among them leaves no row."""
    changes = Changes()
    for event in events:
        rule = _RULES.get(type(event))
        if rule is not None:
            rule(event, changes, around)
    return changes


def _user_task_created(event: happened.UserTaskCreated, changes: Changes, around: Surroundings) -> None:
    facts = event.facts
    id = new_id(around.now)
    situation = Situation(
        around.directory, around.initiator, around.initiator_department, facts.get("lane") or None, around.earlier
    )
    assigned = assign(facts.get("assignments") or (), situation)
    shown = {name: facts[name] for name in _SHOWN if facts.get(name)}
    summary = facts.get("summary") or []
    changes.user_tasks.append(
        {
            "id": id,
            "definition_id": uuid_of(event.definition),
            "token": event.token,
            "element": event.element,
            "name": facts.get("name") or event.element,
            "name_en": facts.get("name_en") or "",
            "form": facts.get("form"),
            "priority": facts.get("priority", 50),
            "due_at": facts.get("due"),
            "created_at": around.now,
            "status": "open",
            "assignee": assigned.assignee,
            "candidates": list(assigned.candidates),
            "summary": summary,
            "summary_text": "\n".join(str(item["value"]) for item in summary),
            "facts": {**shown, "why": [reason.as_json() for reason in assigned.trace]},
        }
    )
    changes.candidates.extend({"candidate": key, "user_task_id": id} for key in assigned.candidates)


def _user_task_cancelled(event: happened.UserTaskCancelled, changes: Changes, around: Surroundings) -> None:
    for task in changes.user_tasks:
        if task["token"] == event.token:
            changes.user_tasks.remove(task)
            changes.candidates[:] = [row for row in changes.candidates if row["user_task_id"] != task["id"]]
            return
    changes.cancelled_user_tasks.append(event.token)


def _job_created(event: happened.JobCreated, changes: Changes, around: Surroundings) -> None:
    changes.jobs.append(
        {
            "id": new_id(around.now),
            "definition_id": uuid_of(event.definition),
            "token": event.token,
            "element": event.element,
            "kind": event.kind,
            "connector": event.connector,
            "inputs": dict(event.inputs),
            "created_at": around.now,
            "status": "open",
            "retries": event.retries,
            "attempts": 0,
            "due_at": around.now,
        }
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
        {
            "id": new_id(around.now),
            "definition_id": uuid_of(event.definition),
            "element": event.element,
            "token": event.token,
            "subscription": event.subscription,
            "due_at": event.due_at,
            "since": around.now,
            "fired": 0,
        }
    )


def _subscription_opened(event: happened.SubscriptionOpened, changes: Changes, around: Surroundings) -> None:
    changes.subscriptions.append(
        {
            "id": new_id(around.now),
            "definition_id": uuid_of(event.definition),
            "element": event.element,
            "token": event.token,
            "subscription": event.subscription,
            "kind": event.kind,
            "name": event.name,
            "correlation_key": event.correlation_key,
            "created_at": around.now,
        }
    )


def _subscription_closed(event: happened.SubscriptionClosed, changes: Changes, around: Surroundings) -> None:
    if event.kind == "timer":
        opened, closed = changes.timers, changes.closed_timers
    else:
        opened, closed = changes.subscriptions, changes.closed_subscriptions
    _dropped(opened, "subscription", event.subscription)
    closed.append(event.subscription)


def _message_thrown(event: happened.MessageThrown, changes: Changes, around: Surroundings) -> None:
    _post(changes, around, "message", name=event.name, correlation_key=event.correlation_key, variables=dict(event.variables))


def _signal_thrown(event: happened.SignalThrown, changes: Changes, around: Surroundings) -> None:
    _post(changes, around, "signal", name=event.name, variables=dict(event.variables))


def _post(changes: Changes, around: Surroundings, kind: str, **body: Any) -> None:
    row = {"id": new_id(around.now), "kind": kind, "body": body, "attempts": 0}
    changes.outbox.append({**row, "created_at": around.now, "due_at": around.now})


def _dropped(rows: list[dict[str, Any]], column: str, number: int) -> bool:
    """Whether a row that these same events opened has been taken away again."""
    for row in rows:
        if row[column] == number:
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
