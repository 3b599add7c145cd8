"""The row of the history for a change: what followed, and beside it what a person said, added or was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from engine.facts import event_json
from engine.facts.events import Event, UserTaskCreated
from engine.store import attachments
from engine.store.attachments import Attachment
from engine.store.changes import CompletedTask
from engine.store.history import Transition
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import NewUserTask

#: Events that tell of a person, and follow from no command.
EXPLAINED = "Explained"
FILE_ADDED = "FileAdded"
BESIDE = (EXPLAINED, FILE_ADDED, "UserTaskAssigned")
#: What is told at UserTaskCreated of whom it was for: that follows from the organisation of the moment.
ASKED = ("assignee", "candidates")

_CREATED = UserTaskCreated.__name__


def transition(
    work: UnitOfWork,
    instance: ProcessInstance,
    verb: str,
    events: Sequence[Event] = (),
    *,
    element: str | None = None,
    beside: Iterable[Mapping[str, Any]] = (),
    command: Mapping[str, Any] | None = None,
) -> Transition:
    """To the version after `instance`; `beside` is what `said` has found, `command` what was asked of the execution."""
    described: list[dict[str, Any]] = event_json.as_json(events, str(instance.definition_id))
    described.extend(map(dict, beside))
    return Transition(instance.id, instance.version + 1, work.now, work.actor.id, verb, element, described, command)


def said(
    work: UnitOfWork, why: str | None, completes: CompletedTask | None = None, adopts: Sequence[UUID] = ()
) -> list[Mapping[str, Any]]:
    """What a person said about a change - why, or opinion and outcome - and the files that they had added and come with it."""
    outcome, words = (None, why) if completes is None else (completes.outcome, completes.comment)
    told: dict[str, Any] = {"type": EXPLAINED}
    if words:
        told["why"] = words
    if outcome is not None:
        told["outcome"] = outcome
    found: list[Mapping[str, Any]] = [told] if len(told) > 1 else []
    if adopts:
        loose = attachments.among(work, set(adopts))
        mine = (each for each in loose if each.process_instance_id is None and each.added_by == work.actor.id)
        found += [file_added(each) for each in sorted(mine, key=lambda each: each.id)]
    return found


def file_added(file: Attachment) -> dict[str, Any]:
    """The event of a file that belongs to the process instance from then on."""
    return {"type": FILE_ADDED, "id": str(file.id), "name": file.name, "size": file.size, "sha256": file.sha256}


def tell_who_was_asked(events: Iterable[Any], tasks: Sequence[NewUserTask]) -> None:
    """Adds to the event of each new user task whom it was for."""
    if not tasks:
        return
    of_token = {task.token: task for task in tasks}
    for event in events:
        if event["type"] == _CREATED and (task := of_token.get(event["token"])) is not None:
            if task.assignee is not None:
                event["assignee"] = task.assignee
            if task.candidates:
                event["candidates"] = task.candidates
