"""Functions as values: built-in ones, those an expression defines, and those the host puts into a scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.feel.frames import Evaluation
    from engine.feel.types import FeelType

Body = Callable[[list[Any], "Evaluation"], Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name, and its type or None for any."""

    name: str
    type: FeelType | None = None


class Function:
    """A function with named parameters.

    `body(arguments, evaluation)` gets one argument per parameter, in order and coerced to its type. It may raise
    `Refused(reason)` to make the call null with a note. `evaluation` carries the clock, notes and budget of the caller:
    a host function hands it on when it evaluates further expressions.
    """

    __slots__ = ("body", "name", "parameters", "result")

    def __init__(self, name: str, parameters: tuple[Parameter, ...], body: Body, result: FeelType | None = None) -> None:
        self.name = name
        self.parameters = parameters
        self.body = body
        self.result = result

    def __str__(self) -> str:
        formals = (f"{each.name}: {each.type}" if each.type else each.name for each in self.parameters)
        return f"function({', '.join(formals)})"
