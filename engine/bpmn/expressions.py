"""FEEL in a model: expressions, and texts that are FEEL only after an equals sign. Values come out as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from engine import feel
from engine.bpmn.errors import ElementFailed
from engine.bpmn.variables import Variables, flatten
from engine.facts.local_time import by_clock_of
from engine.facts.sentences import Sentence

#: Characters of an expression that a sentence shows.
_SHOWN = 80
_NOTHING: Mapping[str, Any] = {}


@dataclass(slots=True)
class Environment:
    """What every expression of an execution sees besides variables: the host's functions, and the moment of the call.

    `zone` is that of times that name none, and of what `now()` and `today()` answer.
    """

    functions: Mapping[str, Any]
    now: datetime
    zone: tzinfo = UTC

    @property
    def local_now(self) -> datetime:
        """The moment by the clock of the zone, whose name it keeps: days that are counted from it may have another offset."""
        return self.now.astimezone(self.zone)

    def clock(self) -> datetime:
        """What `now()` answers: with the offset that the zone has at this moment."""
        return by_clock_of(self.zone, self.now)

    def names(self, variables: Variables, more: Mapping[str, Any]) -> Mapping[str, Any]:
        """Variables go before functions, `more` before variables."""
        if self.functions or more:
            return {**self.functions, **flatten(variables), **more}
        return flatten(variables)


class Expression:
    """Compiled once, when the model is read; it keeps no state."""

    __slots__ = ("_compiled", "text")

    def __init__(self, text: str, compiled: feel.Expression) -> None:
        self.text = text
        self._compiled = compiled

    @property
    def names(self) -> frozenset[str]:
        """The variables and functions it reads."""
        return self._compiled.names

    def fault(self, functions: tuple[str, ...]) -> Sentence | None:
        """What it calls although it is no function, and can be none: neither of the standard nor of the host."""
        return feel.fault_of(self._compiled.calls, functions)

    def evaluate(self, variables: Variables, environment: Environment, more: Mapping[str, Any] = _NOTHING) -> Any:
        """The value as JSON; null when a variable is missing. ElementFailed when it takes too much."""
        try:
            return feel.to_json(self._compiled.evaluate(environment.names(variables, more), now=environment.clock))
        except feel.FeelBudgetExceeded as fault:
            raise self._stopped(fault) from None

    def holds(self, variables: Variables, environment: Environment, more: Mapping[str, Any] = _NOTHING) -> bool:
        """Whether a condition is true. ElementFailed, with the reason, when it is neither true nor false."""
        names = environment.names(variables, more)
        try:
            value = self._compiled.evaluate(names, now=environment.clock)
        except feel.FeelBudgetExceeded as fault:
            raise self._stopped(fault) from None
        if value is True or value is False:
            return bool(value)
        raise ElementFailed(Sentence("“{text}” is neither true nor false: {why}", text=self.text, why=self._why(names, value)))

    def _stopped(self, fault: feel.FeelBudgetExceeded) -> ElementFailed:
        text = self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]}…"
        return ElementFailed(Sentence("“{text}” cannot be computed. {why}", text=text, why=fault.sentence))

    def _why(self, names: Mapping[str, Any], value: Any) -> Sentence:
        missing = sorted(name for name in self.names if names.get(name) is None)
        if value is not None:
            return Sentence("it is {value}", value=repr(feel.to_json(value)))
        if missing:
            return Sentence("variable {names} is missing", names=", ".join(missing))
        notes: list[feel.Note] = []
        self._compiled.evaluate(names, now=None, notes=notes)
        return notes[0].reason if notes else Sentence("it is null")


@dataclass(frozen=True, slots=True)
class Template:
    """A text of the model: FEEL when it was written with an equals sign, otherwise itself."""

    literal: Any
    expression: Expression | None = None

    @property
    def is_fixed(self) -> bool:
        return self.expression is None

    @property
    def names(self) -> frozenset[str]:
        return frozenset() if self.expression is None else self.expression.names

    def evaluate(self, variables: Variables, environment: Environment) -> Any:
        """The value as JSON."""
        return self.literal if self.expression is None else self.expression.evaluate(variables, environment)

    def text(self, variables: Variables, environment: Environment) -> str:
        """The value as a text; empty for null."""
        return as_text(self.evaluate(variables, environment)) or ""


def evaluate_all(templates: Mapping[str, Template], variables: Variables, environment: Environment) -> dict[str, Any]:
    """Each value as JSON, by its name."""
    return {name: template.evaluate(variables, environment) for name, template in templates.items()}


def as_text(value: Any) -> str | None:
    """How a value is written where a text is needed: a correlation key, a name, a code. None stays None."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def compile_expression(text: str, names: tuple[str, ...] = ()) -> Expression:
    """Raises engine.feel.FeelSyntaxError. `names` are the functions of the host, whose names may hold operators."""
    return Expression(text, feel.compile_expression(text, names))
