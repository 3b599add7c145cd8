"""The one gate: this thing, for this actor, to do this - or a refusal. What may not even be seen is not found.

An actor sees a process instance who started it, has or had a task in it, is a candidate of an open one, or may operate.
An actor with the right to work works on a user task as its assignee or, while nobody has it, as one of its candidates.
Which processes there are and how they are drawn everybody may see; what they are made of - files, forms, decisions - tells the
rules of the company and is for those who design or operate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from engine.facts.actor import Actor, Right
from engine.facts.errors import NotAllowed, NotFound, UserTaskAlreadyClaimed
from engine.facts.sentences import Sentence
from engine.facts.verbs import asked
from engine.store import decision_definitions, form_definitions, process_definitions, process_instances, user_tasks, visibility
from engine.store.decision_definitions import DecisionDefinition
from engine.store.form_definitions import FormDefinition
from engine.store.process_definitions import ProcessDefinition
from engine.store.process_instances import ProcessInstance, StoredInstance
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import UserTask

TaskVerb = Literal["see", "complete", "claim", "unclaim", "save a draft of", "attach a file to", "assign"]
InstanceVerb = Literal["see", "attach a file to", "cancel", "suspend", "resume", "change"]

#: What the person may do who has the task, beside those who operate.
_OWN: frozenset[str] = frozenset({"assign", "unclaim"})

#: Who reads what is deployed: one of these rights is enough.
READERS: tuple[Right, ...] = ("design", "operate")


def right(work: UnitOfWork, *needed: Right, to: Sentence) -> None:
    """Refuses an actor who holds none of the rights."""
    if any(work.actor.may(each) for each in needed):
        return
    if len(needed) == 1:
        why = Sentence("it needs the right '{right}'. Ask an administrator for it.", right=needed[0])
    else:
        why = Sentence("it needs one of the rights {rights}. Ask an administrator for it.", rights=", ".join(needed))
    raise NotAllowed(to=to, why=why)


def deployed(work: UnitOfWork, *, to: Sentence) -> None:
    """What processes are made of: their files, forms and decisions."""
    right(work, *READERS, to=to)


def may_read_deployed(actor: Actor) -> bool:
    return any(actor.may(each) for each in READERS)


def decision_definition(
    work: UnitOfWork, key: str, *, version: int | None = None, to: Literal["see", "evaluate"]
) -> DecisionDefinition:
    """The version asked for, or the newest. Who asks often enough has read the table, so asking needs what seeing needs."""
    deployed(work, to=Sentence("see decisions") if to == "see" else Sentence("ask decisions"))
    found = decision_definitions.find_by_key(work, key, version)
    if found is None:
        raise NotFound(kind=Sentence("decision"), id=_versioned(key, version))
    return found


def form_definition(work: UnitOfWork, key: str, *, version: int | None = None) -> FormDefinition:
    """The version asked for, or the newest. What a task or a start shows of its form is for whoever may do that."""
    deployed(work, to=Sentence("see forms"))
    found = form_definitions.find_by_key(work, key, version)
    if found is None:
        raise NotFound(kind=Sentence("form"), id=_versioned(key, version))
    return found


def _versioned(key: str, version: int | None) -> str | Sentence:
    return key if version is None else Sentence("{key} version {version}", key=key, version=version)


def process_definition(
    work: UnitOfWork, key: str, *, version: int | None = None, to: Literal["see", "start"]
) -> ProcessDefinition:
    """The version asked for, or the newest. Everybody may see what there is; starting needs the right and a starter's group."""
    if version is None:
        definition = process_definitions.find_latest(work, key)
    else:
        definition = process_definitions.find_version(work, key, version)
    if definition is None:
        raise NotFound(kind=Sentence("process definition"), id=_versioned(key, version))
    if to == "start":
        right(work, "start", to=Sentence("start a process"))
        if not may_start(work.actor, definition):
            raise NotAllowed(
                to=asked("start", definition.name),
                why=Sentence("the process names who may start it, and you are not among them."),
            )
    return definition


def may_start(actor: Actor, definition: ProcessDefinition) -> bool:
    starters = definition.facts.starters
    return not starters or actor.may("administer") or not actor.groups.isdisjoint(starters)


def process_instance(work: UnitOfWork, id: UUID, *, to: InstanceVerb) -> ProcessInstance:
    instance = process_instances.find(work, id)
    if instance is None:
        raise NotFound(kind=Sentence("process instance"), id=id)
    check_process_instance(work, instance, to=to)
    return instance


def process_instance_with_state(work: UnitOfWork, id: UUID, *, to: InstanceVerb, locked: bool = False) -> StoredInstance:
    stored = process_instances.find_locked(work, id) if locked else process_instances.find_with_state(work, id)
    if stored is None:
        raise NotFound(kind=Sentence("process instance"), id=id)
    check_process_instance(work, stored.row, to=to)
    return stored


def check_process_instance(work: UnitOfWork, instance: ProcessInstance, *, to: InstanceVerb) -> None:
    """Everything but looking needs the right to operate; who started it may also cancel it."""
    if not _sees_instance(work, instance):
        raise NotFound(kind=Sentence("process instance"), id=instance.id)
    if to in ("see", "attach a file to") or work.actor.may("operate"):
        return
    if to == "cancel" and instance.initiator == work.actor.id:
        return
    raise NotAllowed(to=asked(to, instance.title), why=Sentence("it needs the right 'operate'."))


def _sees_instance(work: UnitOfWork, instance: ProcessInstance) -> bool:
    actor = work.actor
    return actor.may("operate") or instance.initiator == actor.id or visibility.takes_part(work, instance.id, actor)


def has_tasks(actor: Actor) -> bool:
    """Whether there are user tasks for the actor at all: their own, or everybody's."""
    return actor.may("work") or actor.may("operate")


@dataclass(frozen=True, slots=True)
class GrantedTask:
    """A user task that the actor may have for what they asked, with its process instance. Who is handed it asks no gate again."""

    task: UserTask
    instance: StoredInstance


def user_task(work: UnitOfWork, id: UUID, *, to: TaskVerb, locked: bool = False) -> GrantedTask:
    """Both are read by one statement; locked, nobody else changes them until this unit of work ends."""
    found = user_tasks.find_with_instance(work, id, locked=locked)
    if found is None:
        raise NotFound(kind=Sentence("user task"), id=id)
    check_user_task(work.actor, found[0], to=to)
    return GrantedTask(*found)


def case_of(work: UnitOfWork, granted: GrantedTask) -> ProcessInstance:
    """The process instance of the task, for who sees that too: a candidate sees a task that somebody else has, its case not."""
    task, actor = granted.task, work.actor
    has_it = actor.id in (task.assignee, task.completed_by)
    could_take_it = task.is_open and task.assignee is None and not actor.groups.isdisjoint(task.candidates)
    if not (has_it or could_take_it):
        check_process_instance(work, granted.instance.row, to="see")
    return granted.instance.row


def works_on(actor: Actor, task: UserTask) -> bool:
    """Whether the actor may fill in the task now: what is written of it so far is theirs alone to read."""
    if not task.is_open or not actor.may("work"):
        return False
    return task.assignee == actor.id or (task.assignee is None and not actor.groups.isdisjoint(task.candidates))


def check_user_task(actor: Actor, task: UserTask, *, to: TaskVerb) -> None:
    """Who has seen a task may hear that it is closed; so a closed one is not refused here."""
    is_mine = task.assignee == actor.id or task.completed_by == actor.id
    is_candidate = not actor.groups.isdisjoint(task.candidates)
    if not (actor.may("operate") or (actor.may("work") and (is_mine or is_candidate))):
        raise NotFound(kind=Sentence("user task"), id=task.id)
    if to == "see" or not task.is_open or (is_mine and actor.may("work")):
        return
    if to in _OWN:
        _require_operate(actor, task, to)
    elif not actor.may("work"):
        raise NotAllowed(to=asked(to, task.name), why=Sentence("it needs the right 'work'."))
    elif task.assignee is not None:
        raise UserTaskAlreadyClaimed(name=task.name, by=task.assignee)
    elif not is_candidate:
        raise NotAllowed(
            to=asked(to, task.name),
            why=Sentence("you are neither its assignee nor a candidate. Have it assigned to you first."),
        )


def _require_operate(actor: Actor, task: UserTask, to: str) -> None:
    if not actor.may("operate"):
        raise NotAllowed(
            to=asked(to, task.name), why=Sentence("only the person who has it may, or somebody with the right 'operate'.")
        )
