"""An event happens: what waits for it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn.running.subscriptions import OpenSubscription, SubscriptionRegistry
from engine.bpmn.variables import merge


def publish(registry: SubscriptionRegistry, kind: str, name: str, key: str | None, values: Mapping[str, Any]) -> bool:
    """A message for the first that waits for it, a signal for all; was there one inside this process instance?"""
    matching = registry.find_matching(kind, name, key)
    if kind == "message":
        matching = matching[:1]
    for subscription in matching:
        if subscription.is_open:
            fire(registry, subscription, values)
    return bool(matching)


def fire(registry: SubscriptionRegistry, subscription: OpenSubscription, values: Mapping[str, Any] | None = None) -> None:
    """The event of an open subscription has happened and brings `values`."""
    stays = _stays_open(subscription)
    is_over = not (subscription.kind == "timer" and stays and registry.renew(subscription))
    if subscription.kind == "timer" and is_over:
        registry.close(subscription)
    if _has_all(registry, subscription, stays, values):
        subscription.subject.on_event(subscription, values, is_over=is_over)


def _stays_open(subscription: OpenSubscription) -> bool:
    """Whether it may happen again: a repeating catch timer, a non-interrupting boundary event or event sub-process."""
    if subscription.catching == "catch":
        return subscription.kind == "timer"
    return subscription.catching != "choice" and not subscription.event.is_interrupting


def _has_all(
    registry: SubscriptionRegistry, subscription: OpenSubscription, stays: bool, values: Mapping[str, Any] | None
) -> bool:
    """A parallel multiple event needs all of its events; what came early is remembered."""
    event = subscription.event
    if not event.is_parallel_multiple or len(event.definitions) < 2:
        return True
    collected = subscription.subject.collected.setdefault(event.name, [])
    index = event.definitions.index(subscription.definition)
    if index not in collected:
        collected.append(index)
    if len(collected) == len(event.definitions):
        del subscription.subject.collected[event.name]
        return True
    merge(subscription.subject.variables, values or {})
    if not stays:
        registry.close(subscription)
    return False
