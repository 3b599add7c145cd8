"""An event happens: what waits for it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.bpmn.interruption import start_handler, take_boundary
from engine.bpmn.variables import merge

if TYPE_CHECKING:
    from engine.bpmn.instance import Instance
    from engine.bpmn.subscriptions import Subscription


def publish(instance: Instance, kind: str, name: str, key: str | None, values: Mapping[str, Any]) -> bool:
    """A message for the first that waits for it, a signal for all; was there one inside this process instance?"""
    matching = instance.all_subscriptions.matching(kind, name, key)
    if kind == "message":
        matching = matching[:1]
    for subscription in matching:
        if subscription.is_open:
            fire(instance, subscription, values)
    return bool(matching)


def fire(instance: Instance, subscription: Subscription, values: Mapping[str, Any] | None = None) -> None:
    """The event of an open subscription has happened and brings `values`."""
    stays = _stays_open(subscription)
    if subscription.kind == "timer" and not (stays and instance.all_subscriptions.renew(subscription)):
        instance.all_subscriptions.close(subscription)
    if not _has_all(instance, subscription, stays, values):
        return
    subject: Any = subscription.subject
    element: Any = subscription.element
    match subscription.action:
        case "boundary":
            take_boundary(subject, element, values)
        case "handler":
            start_handler(subject, element, values)
        case _:
            subject.element.caught(subject, subscription, values)


def _stays_open(subscription: Subscription) -> bool:
    """Whether it may happen again: a repeating catch timer, a non-interrupting boundary event or event sub-process."""
    if subscription.action == "catch":
        return subscription.kind == "timer"
    return subscription.action != "choice" and not subscription.element.is_interrupting


def _has_all(instance: Instance, subscription: Subscription, stays: bool, values: Mapping[str, Any] | None) -> bool:
    """A parallel multiple event needs all of its events; what came early is remembered."""
    element = subscription.element
    if not element.is_parallel_multiple or len(element.definitions) < 2:
        return True
    collected = subscription.subject.collected.setdefault(element.name, [])
    index = element.definitions.index(subscription.definition)
    if index not in collected:
        collected.append(index)
    if len(collected) == len(element.definitions):
        del subscription.subject.collected[element.name]
        return True
    merge(subscription.subject.variables, values or {})
    if not stays:
        instance.all_subscriptions.close(subscription)
    return False
