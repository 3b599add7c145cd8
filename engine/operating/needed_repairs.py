"""What a saved state and the log say is open, as rows: what `rebuild` writes and `audit` compares with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.steps.derived_rows import derive
from engine.steps.restoring import restored
from engine.steps.surroundings import surroundings_of
from engine.store import anchors, history, open_rows
from engine.store.changes import Changes
from engine.store.history import Transition
from engine.store.open_rows import OpenRows, Repair
from engine.store.process_instances import StoredInstance
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import NewCandidate, NewUserTask


def needed_repair(work: UnitOfWork, stored: StoredInstance) -> Repair:
    """The difference between the rows of a process instance and what they follow from; nothing is open in one that has ended."""
    log = (change for change, _, _ in history.as_written(work, stored.id))
    return repair_by_log(work, stored, log, anchors.chained_since(work))


def repair_by_log(work: UnitOfWork, stored: StoredInstance, log: Iterable[Transition], since: datetime | None) -> Repair:
    """As `needed_repair`, for who has read the log, and the moment `since` when there are chains."""
    instance = stored.row
    found = open_rows.of_instance(work, instance.id)
    wanted = Changes()
    if not instance.is_ended:
        wanted = derive(restored(work, stored).waiting(), surroundings_of(work, instance))
        wanted.user_tasks[:] = _as_logged(wanted.user_tasks, found, _told(log), since)
        wanted.candidates[:] = [NewCandidate(key, task.id) for task in wanted.user_tasks for key in task.candidates]
    return open_rows.difference(wanted, found, candidates=open_rows.wrong_candidates(work, instance.id))


def _as_logged(
    tasks: list[NewUserTask], found: OpenRows, told: Mapping[int, dict[str, Any]], since: datetime | None
) -> list[NewUserTask]:
    """The tasks for whom the log says, who has them and since when. Of those that were created before the log told it, what is
    there is right."""
    made = []
    for task in tasks:
        columns, there = told.get(task.token), found["user_tasks"].get(task.token)
        is_told = columns is not None and since is not None and columns["created_at"] >= since
        if is_told and columns is not None:
            made.append(replace(task, **columns))
        elif there is not None:
            made.append(replace(task, **{name: getattr(there, name) for name in open_rows.KINDS["user_tasks"].following}))
        else:
            made.append(task)
    return made


def _told(log: Iterable[Transition]) -> Mapping[int, dict[str, Any]]:
    """By token."""
    found: dict[int, dict[str, Any]] = {}
    for change in log:
        for event in change.events:
            if event["type"] == "UserTaskCreated":
                found[event["token"]] = _created(change.at, event)
            elif event["type"] == "UserTaskAssigned" and event["token"] in found:
                found[event["token"]] |= reassigned(change.verb, event)
    return found


def reassigned(verb: str, event: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a user task after an event UserTaskAssigned. Handed on, it is for others than before."""
    others = {"candidates": list(event.get("candidates", ()))} if verb == "hand on" else {}
    return {"assignee": event.get("assignee"), **others}


def _created(at: datetime, event: Mapping[str, Any]) -> dict[str, Any]:
    return {"created_at": at, "assignee": event.get("assignee"), "candidates": list(event.get("candidates", ()))}
