"""What a process instance waits for: timers, messages, signals and conditions, numbered in the order they began to wait.

The number never changes and is never used twice, so that a restored instance serves its subscriptions in the same order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from engine.bpmn.elements.events.schedule import Schedule
from engine.bpmn.errors import LimitPassed
from engine.bpmn.limits import MAX_SUBSCRIPTIONS
from engine.facts.events import SubscriptionClosed, SubscriptionOpened, TimerScheduled

if TYPE_CHECKING:
    from engine.bpmn.elements.events.definitions import EventDefinition
    from engine.bpmn.elements.flow_node import FlowNode
    from engine.bpmn.instance import Instance
    from engine.bpmn.scopes import Scope
    from engine.bpmn.tokens import Token

#: What happens when it fires: the waiting element itself goes on; a boundary event of the token begins; an event sub-process of
#: the scope begins; the event-based gateway has its answer.
Action = Literal["catch", "boundary", "handler", "choice"]


@dataclass(slots=True, eq=False)
class Subscription:
    """`subject` waits: a token, or a scope for its event sub-processes. `element` takes the event."""

    number: int
    action: Action
    subject: Token | Scope
    element: FlowNode
    definition: EventDefinition
    name: str | None = None
    correlation_key: str | None = None
    schedule: Schedule | None = None
    was_true: bool = False
    is_open: bool = True

    @property
    def kind(self) -> str:
        return self.definition.kind

    @property
    def origin(self) -> tuple[int, str, str]:
        """The token that waits (0: a scope of its own accord), the element with the event, the definition."""
        subject = self.subject
        token = subject.id if self.action != "handler" else subject.owner_id
        scope = subject.scope
        return token, self.element.name, scope.definition

    def opened(self) -> TimerScheduled | SubscriptionOpened | None:
        """The event of having begun to wait; None for a condition, which nobody outside has to know."""
        token, element, definition = self.origin
        if self.schedule is not None:
            return TimerScheduled(token, element, definition, self.number, self.schedule.due_at)
        if self.kind == "message":
            return SubscriptionOpened(token, element, definition, self.number, "message", self.name or "", self.correlation_key)
        if self.kind == "signal":
            return SubscriptionOpened(token, element, definition, self.number, "signal", self.name or "")
        return None


class Subscriptions:
    """Everything open in one process instance, in the order of the numbers."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self.serial = 0
        self.open: dict[int, Subscription] = {}
        self.conditions: dict[int, Subscription] = {}

    def subscribe(self, action: Action, subject: Token | Scope, element: FlowNode, definition: EventDefinition) -> None:
        """Begins to wait. Errors, escalations, cancels and compensations are looked up when thrown instead."""
        if not definition.is_awaited:
            return
        self.serial += 1
        subscription = Subscription(self.serial, action, subject, element, definition)
        definition.prepare(subscription, subject.variables, self._instance)
        self.add(subscription)
        event = subscription.opened()
        if event is not None:
            self._instance.events.append(event)

    def add(self, subscription: Subscription) -> None:
        if len(self.open) >= MAX_SUBSCRIPTIONS:
            raise LimitPassed("MAX_SUBSCRIPTIONS", MAX_SUBSCRIPTIONS, "The process instance waits for too many events at once")
        self.open[subscription.number] = subscription
        subscription.subject.subscriptions.append(subscription)
        if subscription.kind == "conditional":
            self.conditions[subscription.number] = subscription

    def close(self, subscription: Subscription) -> None:
        """Waits no longer; twice is no harm."""
        if not subscription.is_open:
            return
        subscription.is_open = False
        del self.open[subscription.number]
        self.conditions.pop(subscription.number, None)
        subscription.subject.subscriptions.remove(subscription)
        if subscription.kind != "conditional":
            token, element, definition = subscription.origin
            kind: Any = subscription.kind
            self._instance.events.append(SubscriptionClosed(token, element, definition, subscription.number, kind))

    def close_all(self, subject: Token | Scope) -> None:
        for subscription in list(subject.subscriptions):
            self.close(subscription)

    def matching(self, kind: str, name: str, correlation_key: str | None = None) -> list[Subscription]:
        """What waits for this message or signal, the longest waiting first."""
        return [
            subscription
            for subscription in self.open.values()
            if subscription.kind == kind
            and subscription.name == name
            and (kind == "signal" or subscription.correlation_key == correlation_key)
        ]

    def renew(self, subscription: Subscription) -> bool:
        """A timer has fired: is it due again, under the same number?"""
        following = None if subscription.schedule is None else subscription.schedule.following()
        if following is None:
            return False
        subscription.schedule = following
        token, element, definition = subscription.origin
        self._instance.events.append(TimerScheduled(token, element, definition, subscription.number, following.due_at))
        return True
