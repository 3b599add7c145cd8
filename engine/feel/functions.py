"""Functions as values: built-in ones, those an expression defines, and those the host puts into a scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.facts.sentences import Sentence
from engine.feel.errors import NotConforming, Refused
from engine.feel.feel_type import FeelType

if TYPE_CHECKING:
    from engine.feel.frames import Evaluation

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

    def call(self, arguments: list[Any], names: tuple[str, ...] | None, evaluation: Evaluation) -> Any:
        """The result for arguments by place, or with `names` by name (DMN 1.5, §10.3.2.13.1). Raises Refused."""
        evaluation.enter()
        try:
            if names is not None:
                arguments = self._by_name(arguments, names)
            elif len(arguments) != len(self.parameters):
                raise Refused(
                    Sentence(
                        "{function} takes {count} {count:argument|arguments}, not {given}",
                        function=self.name,
                        count=len(self.parameters),
                        given=len(arguments),
                    )
                )
            return self.body(self._coerced(arguments, evaluation), evaluation)
        finally:
            evaluation.leave()

    def _by_name(self, arguments: list[Any], names: tuple[str, ...]) -> list[Any]:
        """The arguments in the order of the parameters; every parameter needs one."""
        given = dict(zip(names, arguments, strict=True))
        wanted = [parameter.name for parameter in self.parameters]
        for name in names:
            if name not in wanted:
                raise Refused(
                    Sentence(
                        "{function} has no parameter “{wrong}”, it has: {wanted}",
                        function=self.name,
                        wrong=name,
                        wanted=", ".join(wanted) or Sentence("none"),
                    )
                )
        for name in wanted:
            if name not in given:
                raise Refused(Sentence("{function} lacks the argument “{name}”", function=self.name, name=name))
        return [given[name] for name in wanted]

    def _coerced(self, arguments: list[Any], evaluation: Evaluation) -> list[Any]:
        """The arguments as the parameters' types ask for them."""
        pairs = zip(self.parameters, arguments, strict=True)
        return [self._fitted(parameter, argument, evaluation) for parameter, argument in pairs]

    def _fitted(self, parameter: Parameter, argument: Any, evaluation: Evaluation) -> Any:
        if parameter.type is None:
            return argument
        evaluation.spend_on(argument)
        try:
            return parameter.type.coerced(argument)
        except NotConforming as problem:
            raise Refused(
                Sentence("“{name}” of {function}: {why}", name=parameter.name, function=self.name, why=problem.sentence)
            ) from None

    def __str__(self) -> str:
        formals = (f"{each.name}: {each.type}" if each.type else each.name for each in self.parameters)
        return f"function({', '.join(formals)})"
