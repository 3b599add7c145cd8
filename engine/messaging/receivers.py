"""A message or a signal reaches what waits for it: a process instance goes on, or a start event begins one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.bpmn import Trigger
from engine.definitions.forms import StartReview
from engine.facts.errors import Conflict, NotFound
from engine.facts.sentences import Sentence
from engine.facts.values import checked_variables
from engine.steps.advancing import Deed, advance, attempts
from engine.steps.beginning import Initiator
from engine.steps.commands import Deliver
from engine.steps.event_starts import begin_by_event
from engine.store import process_definitions, subscriptions
from engine.store.process_instances import ProcessInstance
from engine.store.subscriptions import Subscription
from engine.store.unit_of_work import UnitOfWork


class NobodyWaits(Exception):
    """Who waited has received something else meanwhile, or is suspended."""


def deliver(work: UnitOfWork, subscription_id: UUID, variables: Mapping[str, Any]) -> ProcessInstance:
    """To the process instance of the subscription. Raises NobodyWaits, Failed."""

    for locked in attempts(work):
        found = subscriptions.find_with_instance(work, subscription_id, locked=locked)
        if found is None or found[1].row.status != "running":
            raise NobodyWaits
        waiting, stored = found
        instance = advance(work, stored, Deed(_delivery(waiting, variables), element=waiting.element))
        if instance is not None:
            return instance
    raise Conflict(what=Sentence("'{title}'", title=stored.row.title))


def _delivery(waiting: Subscription, variables: Mapping[str, Any]) -> Deliver:
    return Deliver(waiting.token or 0, waiting.subscription or 0, waiting.kind, variables)


def start_by(
    work: UnitOfWork,
    start: Subscription,
    variables: Mapping[str, Any],
    *,
    depth: int | None,
    caused_at: datetime | None = None,
    business_key: str | None = None,
    initiator: Initiator | None = None,
    review: StartReview | None = None,
) -> ProcessInstance:
    """A new process instance by the start event that waits, with the variables that `review` lets through.

    Raises NotStarted, StepFailed.
    """
    definition = process_definitions.find(work, start.definition_id)
    if definition is None:
        raise NotFound(kind=Sentence("process definition"), id=start.definition_id)
    trigger = Trigger(start.kind, name=start.name, element=start.element)
    values = variables if review is None else checked_variables(review(definition, start.element, variables))
    begun = begin_by_event(
        work, definition, values, trigger, depth=depth, caused_at=caused_at, business_key=business_key, initiator=initiator
    )
    return begun.recorded(work)
