"""Event definitions: what an event waits for or throws (BPMN §10.5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from engine.bpmn.elements.events.cron_fields import QUARTZ
from engine.bpmn.elements.events.moments import NotATime
from engine.bpmn.elements.events.schedule import Schedule, parse
from engine.bpmn.errors import ElementFailed
from engine.bpmn.expressions import Environment, Expression, Template, as_text

if TYPE_CHECKING:
    from datetime import datetime

    from engine.bpmn.instance import Instance
    from engine.bpmn.subscriptions import Subscription
    from engine.bpmn.variables import Variables

Kind = Literal["message", "signal", "timer", "conditional", "error", "escalation", "cancel", "compensation", "link", "terminate"]


class EventDefinition:
    """One event definition of an element. `code` is what errors and escalations are matched by, None: any."""

    #: Whether an element subscribes to it; the others are looked up when they are thrown.
    is_awaited = False
    code: str | None = None
    #: Variables that receive the code and the message of a caught error.
    code_variable: str | None = None
    message_variable: str | None = None

    def __init__(self, kind: Kind) -> None:
        self.kind: Kind = kind

    def prepare(self, subscription: Subscription, variables: Variables, instance: Instance) -> None:
        """Evaluates what the subscription is matched by."""

    def is_true(self, variables: Variables, instance: Instance) -> bool:
        """Whether a condition has become true."""
        return False

    def is_same(self, other: EventDefinition) -> bool:
        """Whether what this one throws is what the other waits for."""
        return self.kind == other.kind and self.code == other.code


class CodedDefinition(EventDefinition):
    """An error or an escalation."""

    def __init__(self, kind: Literal["error", "escalation"], code: str | None) -> None:
        super().__init__(kind)
        self.code = code


class NamedDefinition(EventDefinition):
    """A message or a signal; `correlation` is the key of a message, evaluated in who waits and in who throws."""

    is_awaited = True

    def __init__(self, kind: Literal["message", "signal"], name: Template, correlation: Template | None = None) -> None:
        super().__init__(kind)
        self.name = name
        self.correlation = correlation

    def resolve(self, variables: Variables, instance: Instance) -> tuple[str, str | None]:
        """The name and the correlation key as they are now. ElementFailed when an expected key is null."""
        name = self.name.text(variables, instance.environment)
        if not name:
            raise ElementFailed(f"the {self.kind} has no name: “{self.name.expression and self.name.expression.text}” is null")
        if self.correlation is None:
            return name, None
        key = as_text(self.correlation.evaluate(variables, instance.environment))
        if key is None:
            text = self.correlation.expression.text if self.correlation.expression else ""
            raise ElementFailed(f"the correlation key of message {name} is null: “{text}” needs its variables first")
        return name, key

    def is_same(self, other: EventDefinition) -> bool:
        return isinstance(other, NamedDefinition) and self.kind == other.kind and self.name == other.name

    def prepare(self, subscription: Subscription, variables: Variables, instance: Instance) -> None:
        subscription.name, subscription.correlation_key = self.resolve(variables, instance)


class ConditionalDefinition(EventDefinition):
    """Happens when its condition becomes true."""

    is_awaited = True

    def __init__(self, condition: Expression) -> None:
        super().__init__("conditional")
        self.condition = condition

    def is_true(self, variables: Variables, instance: Instance) -> bool:
        """A condition that is null is not yet true: its variables may come later."""
        return instance.evaluate(self.condition, variables) is True


class CompensationDefinition(EventDefinition):
    """Thrown: undoes `activity`, or everything in the scope. Caught: the handler of an activity or of a sub-process."""

    def __init__(self, activity: str | None) -> None:
        super().__init__("compensation")
        self.activity = activity


class LinkDefinition(EventDefinition):
    """Goes on at the catch event of the same name; the reader turns a pair into a sequence flow."""

    def __init__(self, name: str) -> None:
        super().__init__("link")
        self.name = name


class TimerDefinition(EventDefinition):
    """Due at a moment, after a duration or repeatedly. `sunday` is the number of Sunday in cron texts of the model."""

    is_awaited = True

    def __init__(self, text: Template, sunday: int = QUARTZ) -> None:
        super().__init__("timer")
        self.text = text
        self.sunday = sunday

    def prepare(self, subscription: Subscription, variables: Variables, instance: Instance) -> None:
        value = self.text.text(variables, instance.environment)
        try:
            subscription.schedule = parse(value, instance.environment.local_now, sunday=self.sunday)
        except NotATime as fault:
            raise ElementFailed(f"the timer cannot be set: {fault}" if value else self._is_null()) from fault

    def _is_null(self) -> str:
        text = self.text.expression.text if self.text.expression else self.text.literal
        return f"the timer cannot be set: “{text}” is null"

    def schedule(self, now: datetime) -> Schedule | None:
        """When it is due if it is set at `now`, by the clock of its zone, without any variables; None when it needs some."""
        value = self.text.text({}, Environment({}, now))
        try:
            return parse(value, now, sunday=self.sunday)
        except NotATime:
            return None
