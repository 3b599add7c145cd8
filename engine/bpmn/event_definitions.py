"""Event definitions: what an event waits for or throws (BPMN §10.5.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from engine.bpmn.errors import ElementFailed
from engine.bpmn.expressions import Environment, Expression, Template, as_text
from engine.bpmn.kinds import kind_said
from engine.bpmn.timing.cron_fields import QUARTZ
from engine.bpmn.timing.moments import NotATime
from engine.bpmn.timing.periods import TooOften, refuse_too_often
from engine.bpmn.timing.schedule import Schedule, parse_schedule
from engine.bpmn.variables import Variables
from engine.facts.sentences import Sentence

EventKind = Literal[
    "message", "signal", "timer", "conditional", "error", "escalation", "cancel", "compensation", "link", "terminate"
]


@dataclass(slots=True)
class Match:
    """By what a waiting event is found: a message or signal by its name and key, a timer by its schedule."""

    name: str | None = None
    correlation_key: str | None = None
    schedule: Schedule | None = None


class EventDefinition:
    """One event definition of an element. `code` is what errors and escalations are matched by, None: any."""

    #: Whether an element subscribes to it; the others are looked up when they are thrown.
    is_awaited = False
    code: str | None = None
    #: Variables that receive the code and the message of a caught error.
    code_variable: str | None = None
    message_variable: str | None = None

    def __init__(self, kind: EventKind) -> None:
        self.kind: EventKind = kind

    def evaluate_match(self, variables: Variables, environment: Environment) -> Match:
        """What somebody who begins to wait now waits for."""
        return Match()

    def is_true(self, variables: Variables, environment: Environment) -> bool:
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

    def resolve(self, variables: Variables, environment: Environment) -> tuple[str, str | None]:
        """The name and the correlation key as they are now. ElementFailed when an expected key is null."""
        name = self.name.text(variables, environment)
        if not name:
            raise ElementFailed(
                Sentence(
                    "the {kind} has no name: “{expression}” is null",
                    kind=kind_said(self.kind),
                    expression=self.name.expression.text if self.name.expression else "",
                )
            )
        if self.correlation is None:
            return name, None
        key = as_text(self.correlation.evaluate(variables, environment))
        if key is None:
            text = self.correlation.expression.text if self.correlation.expression else ""
            raise ElementFailed(
                Sentence(
                    "the correlation key of message {name} is null: “{text}” needs its variables first", name=name, text=text
                )
            )
        return name, key

    def is_same(self, other: EventDefinition) -> bool:
        return isinstance(other, NamedDefinition) and self.kind == other.kind and self.name == other.name

    def evaluate_match(self, variables: Variables, environment: Environment) -> Match:
        name, key = self.resolve(variables, environment)
        return Match(name, key)


class ConditionalDefinition(EventDefinition):
    """Happens when its condition becomes true."""

    is_awaited = True

    def __init__(self, condition: Expression) -> None:
        super().__init__("conditional")
        self.condition = condition

    def is_true(self, variables: Variables, environment: Environment) -> bool:
        """A condition that is null is not yet true: its variables may come later."""
        return self.condition.evaluate(variables, environment) is True


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

    def evaluate_match(self, variables: Variables, environment: Environment) -> Match:
        value = self.text.text(variables, environment)
        try:
            schedule = parse_schedule(value, environment.local_now, sunday=self.sunday)
            refuse_too_often(schedule)
            return Match(schedule=schedule)
        except NotATime as fault:
            raise ElementFailed(
                Sentence("the timer cannot be set: {why}", why=fault.sentence) if value else self._is_null()
            ) from fault

    def _is_null(self) -> Sentence:
        text = self.text.expression.text if self.text.expression else self.text.literal
        return Sentence("the timer cannot be set: “{text}” is null", text=text)

    def schedule(self, now: datetime) -> Schedule | None:
        """When it is due if it is set at `now`, by the clock of its zone, without any variables; None when it needs some.

        ElementFailed when it would be due too often.
        """
        value = self.text.text({}, Environment({}, now, now.tzinfo or UTC))
        try:
            schedule = parse_schedule(value, now, sunday=self.sunday)
            refuse_too_often(schedule)
        except TooOften as fault:
            raise ElementFailed(fault.sentence) from fault
        except NotATime:
            return None
        return schedule
