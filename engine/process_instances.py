"""Running processes: start, get, list, cancel, suspend, resume; their variables, history, tokens and record.

What is told of one takes it as `get` or `get_with_state` have granted it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from engine import access
from engine.access import InstanceVerb
from engine.bpmn import StepFailed, TokenFacts, Trigger
from engine.definitions.forms import StartReview
from engine.facts.errors import Conflict, Invalid, StepRefused
from engine.facts.events import DecisionEvaluated
from engine.facts.sentences import Sentence
from engine.facts.values import attached, checked_text, checked_variables
from engine.people.attachments import require as require_files
from engine.people.records import Entry, Record, record
from engine.steps.advancing import Deed, require_running
from engine.steps.beginning import begin
from engine.steps.by_hand import advance_by_hand
from engine.steps.commands import Cancel, SetVariables
from engine.steps.restoring import restored
from engine.steps.transitions import said, transition
from engine.store import history as transitions
from engine.store import process_instance_lists, process_instances, recording
from engine.store.history import Transition
from engine.store.paging import Page, checked_limit, cut, decode
from engine.store.process_instance_lists import MAX_COUNT, ProcessInstanceFilter
from engine.store.process_instances import ProcessInstance, Status, StoredInstance
from engine.store.unit_of_work import UnitOfWork

__all__ = [
    "MAX_COUNT",
    "AskedDecision",
    "Entry",
    "ProcessInstance",
    "ProcessInstanceFilter",
    "Record",
    "StoredInstance",
    "Transition",
    "asked",
    "cancel",
    "changes",
    "counts",
    "decisions",
    "decisions_in",
    "get",
    "get_with_state",
    "history",
    "hold",
    "list_",
    "record",
    "resume",
    "set_variables",
    "start",
    "suspend",
    "tokens",
    "variables",
]


#: What of an event says values, which a task may hide from its people: only who operates reads it.
_VALUES = frozenset({"values", "variables", "trace", "correlation_key"})


@dataclass(frozen=True, slots=True)
class AskedDecision:
    """A decision that a business rule task asked, with the version its process instance had afterwards.

    `definition` is that of a called process, None where the task is one of the instance's own.
    """

    version: int
    at: datetime
    element: str
    decision: str
    trace: Any
    definition: str | None = None


def start(
    work: UnitOfWork,
    key: str,
    variables: Mapping[str, Any],
    *,
    business_key: str | None = None,
    version: int | None = None,
    trigger: Trigger | None = None,
    attachments: Sequence[UUID] = (),
    review: StartReview | None = None,
) -> ProcessInstance:
    """A new instance of the newest version (or the one asked for), run until every path waits.

    `review` is asked about the variables once the actor is known to be a starter: it answers those to take, or refuses.

    `attachments` are files the actor has added for the start form, beside those that stand in its values; they belong to
    the instance from now on.

    Refuses: NotFound, NotAllowed, Invalid, StepRefused when an element on the way cannot be executed.
    """
    definition = access.process_definition(work, key, version=version, to="start")
    require_files(work, attachments, None)
    values = checked_variables(variables if review is None else review(definition, None, variables))
    if business_key is not None:
        checked_text(business_key, Sentence("the business key"))
    try:
        files = [*attachments, *attached(values)]
        return begin(work, definition, values, business_key=business_key, trigger=trigger, attachments=files)
    except StepFailed as fault:
        raise StepRefused(name=definition.name, why=fault.cause, now=StepRefused.TRY_AGAIN) from fault


def get(work: UnitOfWork, id: UUID) -> ProcessInstance:
    return access.process_instance(work, id, to="see")


def get_with_state(work: UnitOfWork, id: UUID) -> StoredInstance:
    """For `variables`, `asked` and `tokens`."""
    return access.process_instance_with_state(work, id, to="see")


def hold(work: UnitOfWork, id: UUID) -> ProcessInstance:
    """As it is now, and as it stays until this unit of work changes it or ends."""
    return access.process_instance_with_state(work, id, to="see", locked=True).row


def list_(work: UnitOfWork, filter: ProcessInstanceFilter, *, after: str | None = None, limit: int = 20) -> Page[ProcessInstance]:
    """What the actor may see, newest first, a page at a time."""
    return process_instance_lists.list_(work, filter, after=after, limit=limit)


def several(work: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, ProcessInstance]:
    """By id, for who operates: those of a list of something else."""
    access.right(work, "operate", to=Sentence("see all process instances"))
    return process_instances.several(work, ids)


def counts(work: UnitOfWork, filter: ProcessInstanceFilter) -> Mapping[Status, int]:
    """How many of those that the actor may see are of each status, up to MAX_COUNT; what is none is left out."""
    return process_instance_lists.counts(work, filter)


def cancel(work: UnitOfWork, id: UUID, reason: str) -> ProcessInstance:
    """Ends it where it is, by who started it or who operates. Everything open is closed."""
    if not reason.strip():
        raise Invalid(why=Sentence("say in a sentence why the process is cancelled."))

    return advance_by_hand(work, id, Deed(Cancel(), why=reason.strip(), while_suspended=True), to="cancel")


def set_variables(work: UnitOfWork, id: UUID, values: Mapping[str, Any]) -> ProcessInstance:
    """Repairs the variables of the process, by who operates. Conditions that become true go on."""
    return advance_by_hand(work, id, Deed(SetVariables(checked_variables(values))), to="change")


def suspend(work: UnitOfWork, id: UUID, reason: str = "") -> ProcessInstance:
    """Nothing goes on until it is resumed; timers and messages wait. The reason stands in the history."""
    return _turn(work, id, "suspend", "suspended", reason)


def resume(work: UnitOfWork, id: UUID, reason: str = "") -> ProcessInstance:
    return _turn(work, id, "resume", "running", reason)


def variables(work: UnitOfWork, stored: StoredInstance) -> dict[str, Any]:
    """Of the process itself. What a task hides from its people is hidden here too: only who operates sees them."""
    access.right(work, "operate", to=Sentence("see all variables"))
    return dict(restored(work, stored).variables)


def asked(work: UnitOfWork, stored: StoredInstance, names: Collection[str]) -> dict[str, Any]:
    """Variables of the process that its start form has, by their names: for who started it, as they are now."""
    if stored.row.initiator != work.actor.id:
        access.right(work, "operate", to=Sentence("see what somebody else has asked for"))
    return {name: value for name, value in restored(work, stored).variables.items() if name in names}


def history(work: UnitOfWork, instance: ProcessInstance, *, after: int = 0, limit: int = 200) -> tuple[Transition, ...]:
    """Every change in order, those beyond version `after`, with all values: `changes` is for people."""
    return tuple(transitions.of_instance(work, instance.id, after=after, limit=checked_limit(limit)))


def changes(work: UnitOfWork, instance: ProcessInstance, *, after: str | None = None, limit: int = 20) -> Page[Transition]:
    """The history, a page at a time; without the right to operate, without values."""
    version = 0 if after is None else decode(after, (int,))[0]
    found = transitions.of_instance(work, instance.id, after=version, limit=checked_limit(limit) + 1)
    return cut([_shown(work, each) for each in found], limit, lambda each: (each.version,))


def decisions(work: UnitOfWork, instance: ProcessInstance, *, after: str | None = None, limit: int = 20) -> Page[AskedDecision]:
    """What its business rule tasks asked, in order: those of a page of changes, which may be none. For who operates."""
    access.right(work, "operate", to=Sentence("see what decisions were asked"))
    page = changes(work, instance, after=after, limit=limit)
    return Page(decisions_in(page.items), page.next)


def decisions_in(history: Iterable[Transition]) -> tuple[AskedDecision, ...]:
    """In order; of a history with its values."""
    return tuple(
        AskedDecision(each.version, each.at, event["element"], event["decision"], event["trace"], event.get("definition"))
        for each in history
        for event in each.events
        if event["type"] == DecisionEvaluated.__name__
    )


def tokens(work: UnitOfWork, stored: StoredInstance) -> tuple[TokenFacts, ...]:
    """Where it is."""
    return tuple(restored(work, stored).tokens())


def _shown(work: UnitOfWork, change: Transition) -> Transition:
    if work.actor.may("operate"):
        return change
    events = [{name: value for name, value in event.items() if name not in _VALUES} for event in change.events]
    return replace(change, events=events)


def _turn(work: UnitOfWork, id: UUID, verb: InstanceVerb, status: Status, reason: str) -> ProcessInstance:
    stored = access.process_instance_with_state(work, id, to=verb, locked=True)
    instance = stored.row
    require_running(instance, verb, while_suspended=True)
    if instance.status == status:
        return instance
    logged = transition(work, instance, verb, beside=said(work, reason.strip()))
    if not recording.record_beside(work, stored, logged, status=status):
        raise Conflict(what=Sentence("'{title}'", title=instance.title))
    return replace(instance, status=status, version=instance.version + 1)
