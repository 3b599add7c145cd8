"""What a process instance waits for: timers, messages, signals and conditions, numbered in the order they began to wait.

The number never changes and is never used twice, so that a restored instance serves its subscriptions in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from engine.bpmn.contract import FlowNode
from engine.bpmn.errors import LimitPassed
from engine.bpmn.event_definitions import EventDefinition, Match
from engine.bpmn.expressions import Environment
from engine.bpmn.limits import MAX_SUBSCRIPTIONS
from engine.bpmn.scope_kinds import Catching
from engine.bpmn.variables import Variables
from engine.facts.events import Event, SubscriptionClosed, SubscriptionOpened, TimerScheduled
from engine.facts.sentences import Sentence


class Waiting(Protocol):
    """Who waits: a token, or a scope for its event sub-processes."""

    subscriptions: list[OpenSubscription]

    @property
    def definition(self) -> str:
        """Whose model the event is of."""

    @property
    def origin(self) -> tuple[int, str, str]: ...
    @property
    def waiting_id(self) -> int:
        """The token that waits: itself, or the one that opened the scope; 0 for the process instance."""

    @property
    def variables(self) -> Variables: ...
    @property
    def collected(self) -> dict[str, list[int]]:
        """The events that parallel multiple events have so far, by element id."""

    def on_event(self, subscription: OpenSubscription, submitted: Mapping[str, Any] | None, *, is_over: bool) -> None:
        """What it waited for has happened; not over: it may again."""


@dataclass(slots=True, eq=False)
class OpenSubscription:
    """`subject` waits for an event of the element `event`. `was_true` is of a condition."""

    number: int
    subject: Waiting
    definition: EventDefinition
    event: FlowNode
    catching: Catching
    match: Match
    was_true: bool = False
    is_open: bool = True

    @property
    def kind(self) -> str:
        return self.definition.kind

    @property
    def origin(self) -> tuple[int, str, str]:
        """The token that waits (0: a scope of its own accord), the element with the event, the definition."""
        return self.subject.waiting_id, self.event.name, self.subject.definition

    def opening_event(self) -> TimerScheduled | SubscriptionOpened | None:
        """The event of having begun to wait; None for a condition, which nobody outside has to know."""
        match = self.match
        if match.schedule is not None:
            return TimerScheduled(*self.origin, self.number, match.schedule.due_at)
        if self.kind == "message":
            return SubscriptionOpened(*self.origin, self.number, "message", match.name or "", match.correlation_key)
        if self.kind == "signal":
            return SubscriptionOpened(*self.origin, self.number, "signal", match.name or "")
        return None


class SubscriptionRegistry:
    """Everything open in one process instance, in the order of the numbers."""

    def __init__(self, environment: Environment, announce: Callable[[Event], None]) -> None:
        self._environment = environment
        self._announce = announce
        self.serial = 0
        self.open: dict[int, OpenSubscription] = {}
        self.conditions: dict[int, OpenSubscription] = {}

    def subscribe(self, subject: Waiting, definition: EventDefinition, event: FlowNode, catching: Catching) -> None:
        """Begins to wait. Errors, escalations, cancels and compensations are looked up when thrown instead."""
        if not definition.is_awaited:
            return
        self.serial += 1
        match = definition.evaluate_match(subject.variables, self._environment)
        subscription = OpenSubscription(self.serial, subject, definition, event, catching, match)
        self.add(subscription)
        opening = subscription.opening_event()
        if opening is not None:
            self._announce(opening)

    def add(self, subscription: OpenSubscription) -> None:
        if len(self.open) >= MAX_SUBSCRIPTIONS:
            raise LimitPassed(
                "MAX_SUBSCRIPTIONS", MAX_SUBSCRIPTIONS, Sentence("The process instance waits for too many events at once")
            )
        self.open[subscription.number] = subscription
        subscription.subject.subscriptions.append(subscription)
        if subscription.kind == "conditional":
            self.conditions[subscription.number] = subscription

    def close(self, subscription: OpenSubscription) -> None:
        """Waits no longer; twice is no harm."""
        if not subscription.is_open:
            return
        subscription.is_open = False
        del self.open[subscription.number]
        self.conditions.pop(subscription.number, None)
        subscription.subject.subscriptions.remove(subscription)
        if subscription.kind != "conditional":
            kind: Any = subscription.kind
            self._announce(SubscriptionClosed(*subscription.origin, subscription.number, kind))

    def close_all(self, subject: Waiting) -> None:
        for subscription in list(subject.subscriptions):
            self.close(subscription)

    def find_matching(self, kind: str, name: str, correlation_key: str | None = None) -> list[OpenSubscription]:
        """What waits for this message or signal, the longest waiting first."""
        return [
            subscription
            for subscription in self.open.values()
            if subscription.kind == kind
            and subscription.match.name == name
            and (kind == "signal" or subscription.match.correlation_key == correlation_key)
        ]

    def renew(self, subscription: OpenSubscription) -> bool:
        """A timer has fired: is it due again, under the same number?"""
        schedule = subscription.match.schedule
        following = None if schedule is None else schedule.following()
        if following is None:
            return False
        subscription.match.schedule = following
        self._announce(TimerScheduled(*subscription.origin, subscription.number, following.due_at))
        return True
