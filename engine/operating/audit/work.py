"""User tasks and jobs, held against the log: whom they were for, who did them, when, and what was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.facts.sentences import Sentence
from engine.operating.audit.findings import unlike
from engine.operating.cases import Case
from engine.operating.needed_repairs import reassigned
from engine.steps.transitions import EXPLAINED
from engine.store.history import Transition
from engine.store.user_tasks import UserTask

_Expected = Iterator[tuple[str, Any]]


def user_tasks(case: Case) -> Iterator[Sentence]:
    logged = case.counted("UserTaskCompleted", "token")
    for token, count in logged.items():
        if count > 1:
            yield Sentence("The user task of token {token} was completed {count} times.", token=token, count=count)
    done = sum(task.status == "completed" for task in case.tasks.values())
    if done != case.stored.row.steps_done:
        yield Sentence(
            "{done} user {done:task is|tasks are} completed, but it says {counted} of itself.",
            done=done,
            counted=case.stored.row.steps_done,
        )
    expected = _tasks_by_log(case)
    for token, columns in expected.items():
        task = case.tasks.get(token)
        if task is None:
            yield Sentence("The user task of token {token} is missing.", token=token)
        else:
            yield from _differences(task, columns)
    for token in case.tasks.keys() - expected.keys():
        yield Sentence("Of the user task of token {token} the log does not know.", token=token)


def _differences(task: UserTask, expected: Mapping[str, Any]) -> Iterator[Sentence]:
    for name, value in expected.items():
        found = getattr(task, name)
        if (list(found) if name == "candidates" else found) != value:
            yield unlike(f"user_task.{name}", task.token, found=found, expected=value)


def _tasks_by_log(case: Case) -> dict[int, dict[str, Any]]:
    """By token: the columns of its row, as far as the log tells them."""
    found: dict[int, dict[str, Any]] = {}
    for change, event in case.events("UserTaskCreated", "UserTaskAssigned", "UserTaskCompleted", "UserTaskCancelled"):
        token, kind = event["token"], event["type"]
        if kind == "UserTaskCreated":
            found[token] = dict(_created(case, change, event))
        elif token not in found:
            continue
        elif kind == "UserTaskAssigned":
            found[token] |= reassigned(change.verb, event)
        elif kind == "UserTaskCompleted":
            found[token].update(_completed(case, change))
        elif found[token]["created_at"] == change.at and _is_of_one_step(change, token):
            # What was asked and taken back within one step has no row.
            del found[token]
        else:
            found[token].update(status="cancelled", completed_at=change.at, completed_by=None, outcome=None, comment=None)
    return found


def _created(case: Case, change: Transition, event: Mapping[str, Any]) -> _Expected:
    yield "element", event["element"]
    yield "status", "open"
    yield "created_at", change.at
    if case.says_all(change):
        yield "assignee", event.get("assignee")
        yield "candidates", list(event.get("candidates", ()))


def _completed(case: Case, change: Transition) -> _Expected:
    yield "status", "completed"
    yield "completed_at", change.at
    yield "completed_by", change.actor
    if case.says_all(change):
        said: Mapping[str, Any] = next((event for event in change.events if event["type"] == EXPLAINED), {})
        yield "outcome", said.get("outcome")
        yield "comment", said.get("why")


def _is_of_one_step(change: Transition, token: int) -> bool:
    return any(event["type"] == "UserTaskCreated" and event["token"] == token for event in change.events)


#: What follows for the row of a job: its statuses after the event.
_JOB_STATUSES: Mapping[str, tuple[str, ...]] = {
    "JobCreated": ("open", "failed"),
    "JobCompleted": ("completed",),
    "JobCancelled": ("cancelled",),
}


def jobs_done(case: Case) -> Iterator[Sentence]:
    expected: dict[int, tuple[str, ...]] = {}
    for change, event in case.events(*_JOB_STATUSES):
        token = event["token"]
        is_dropped = event["type"] == "JobCancelled" and any(
            each["type"] == "JobCreated" and each["token"] == token for each in change.events
        )
        if is_dropped:
            expected.pop(token, None)
        else:
            expected[token] = _JOB_STATUSES[event["type"]]
    found = {job.token: job.status for job in case.jobs}
    for token, statuses in expected.items():
        if token not in found:
            yield Sentence("The job of token {token} is missing.", token=token)
        elif found[token] not in statuses:
            yield unlike("job.status", token, found=found[token], expected=statuses[0])
    for token in found.keys() - expected.keys():
        yield Sentence("Of the job of token {token} the log does not know.", token=token)
