"""How a built-in function is declared: by its signature as the standard writes it.

`@built_in("substring(string: string, start position: number, length: number=)")` declares one overload. A parameter's type is
a FEEL type or one of the words below, alternatives are separated by `|`; `=` after it: may be left out; `?`: may be null;
`...`: the last parameter takes every further argument.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, TypeVar

from engine.facts.sentences import Sentence, either
from engine.feel.errors import Refused
from engine.feel.frames import Evaluation
from engine.feel.functions import Function, Parameter
from engine.feel.types import SIMPLE_TYPES
from engine.feel.values import KINDS_SAID, items_of, kind_of, value_of

Implementation = Callable[..., Any]
_Declared = TypeVar("_Declared", bound=Implementation)


@dataclass(frozen=True, slots=True)
class Slot:
    """A parameter of one overload."""

    name: str
    kinds: frozenset[str]
    is_optional: bool
    is_nullable: bool
    is_rest: bool
    #: The Python type that fits as it is, None when the argument has to be looked at.
    exact: type | None = None

    def fit(self, value: Any) -> Any:
        """The argument as this parameter takes it (singleton lists both ways). Raises Refused."""
        if type(value) is self.exact:
            return value
        value = value_of(value)
        if value is None:
            if self.is_nullable:
                return None
            raise Refused(Sentence("“{name}” is null", name=self.name))
        if "any" in self.kinds:
            return value
        kind = kind_of(value)
        if kind in self.kinds:
            return items_of(value) if kind == "list" else value
        return self._converted(value, kind)

    def _converted(self, value: Any, kind: str) -> Any:
        if "list" in self.kinds:
            return [value]
        if kind == "list" and len(value) == 1:
            only = value_of(value[0])
            if kind_of(only) in self.kinds:
                return only
        raise Refused(
            Sentence(
                "“{name}” is {kind}, not {kinds}",
                name=self.name,
                kind=KINDS_SAID[kind],
                kinds=_kinds_said(self.kinds),
            )
        )


@lru_cache
def _kinds_said(kinds: frozenset[str]) -> Sentence:
    return either(KINDS_SAID[each] for each in sorted(kinds))


@dataclass(frozen=True, slots=True)
class Overload:
    """One signature and what it does."""

    slots: tuple[Slot, ...]
    implementation: Implementation
    #: How many arguments it takes by place; a list given as its items needs two of them.
    least: int
    most: float

    def by_place(self, arguments: list[Any]) -> list[Any]:
        """The arguments fitted; the rest as one list. Raises Refused."""
        if len(arguments) == len(self.slots) == self.most:
            return [slot.fit(argument) for slot, argument in zip(self.slots, arguments, strict=True)]
        fitted: list[Any] = []
        for at, slot in enumerate(self.slots):
            if slot.is_rest:
                fitted.append([slot.fit(argument) for argument in arguments[at:]])
            elif at < len(arguments):
                fitted.append(slot.fit(arguments[at]))
            else:
                fitted.append(None)
        return fitted

    def by_name(self, given: dict[str, Any]) -> list[Any]:
        """The arguments fitted; one left out counts as null. Raises Refused."""
        fitted: list[Any] = []
        for slot in self.slots:
            if slot.name not in given and slot.is_optional:
                fitted.append(None)
            elif slot.is_rest:
                fitted.append([slot.fit(item) for item in Slot(slot.name, _LIST, False, False, False).fit(given.get(slot.name))])
            else:
                fitted.append(slot.fit(given.get(slot.name)))
        return fitted


_BULKY: Final = frozenset({str, list, dict})
_EXACT: Final[dict[str, type]] = {"string": str, "number": Decimal, "boolean": bool, "context": dict}
_LIST: Final = frozenset({"list"})


def _never_run(_arguments: list[Any], _evaluation: Evaluation) -> Any:
    """A built-in has overloads in place of one body."""
    raise Refused(Sentence("A built-in function is called through its overloads"))


class BuiltIn(Function):
    """A function of the standard with all its overloads."""

    __slots__ = ("overloads", "signatures")

    def __init__(self, name: str) -> None:
        super().__init__(name, (), _never_run)
        self.overloads: list[Overload] = []
        self.signatures: list[str] = []

    def call(self, arguments: list[Any], names: tuple[str, ...] | None, evaluation: Evaluation) -> Any:
        """Call the first overload that takes the arguments. Raises Refused with the reason of the last that did not."""
        for argument in arguments:
            if type(argument) in _BULKY:
                evaluation.spend(len(argument) >> 5)
        refusal: Refused | None = None
        for overload in self.overloads:
            try:
                fitted = self._fitted_to(overload, arguments, names)
            except Refused as problem:
                refusal = problem
                continue
            if fitted is not None:
                result = overload.implementation(evaluation, *fitted)
                if type(result) is str:
                    evaluation.spend(len(result) >> 4)
                return result
        why = refusal.sentence if refusal else self._how_many(len(arguments), names)
        raise Refused(Sentence("{function}: {why}", function=self.name, why=why))

    def _fitted_to(self, overload: Overload, arguments: list[Any], names: tuple[str, ...] | None) -> list[Any] | None:
        if names is None:
            return overload.by_place(arguments) if overload.least <= len(arguments) <= overload.most else None
        if not set(names) <= {slot.name for slot in overload.slots} or len(set(names)) != len(names):
            return None
        return overload.by_name(dict(zip(names, arguments, strict=True)))

    def _how_many(self, count: int, names: tuple[str, ...] | None) -> Sentence:
        if names is None:
            return Sentence(
                "it does not take {count} {count:argument|arguments}, but {signatures}",
                count=count,
                signatures=either(self.signatures),
            )
        return Sentence(
            "it has no parameters {names}, but {signatures}", names=", ".join(names), signatures=either(self.signatures)
        )


#: Every function of the standard by name.
BUILT_INS: Final[dict[str, BuiltIn]] = {}

_PARAMETER: Final = re.compile(r"(?P<name>[^:]+): (?P<kinds>[a-z |]+)(?P<marks>[=?.]*)")


def built_in(signature: str) -> Callable[[_Declared], _Declared]:
    """Register an implementation `(evaluation, *arguments)` under a signature."""
    name, _, rest = signature.partition("(")
    slots = tuple(_slot(text) for text in rest.removesuffix(")").split(", ") if text)
    function = BUILT_INS.setdefault(name, BuiltIn(name))

    def register(implementation: _Declared) -> _Declared:
        function.overloads.append(Overload(slots, implementation, *_counts(slots)))
        function.signatures.append(re.sub(r"[=?]|\.{3}", "", signature))
        if not function.parameters:
            function.parameters = tuple(Parameter(slot.name, _type_of(slot)) for slot in slots)
        return implementation

    return register


def _counts(slots: tuple[Slot, ...]) -> tuple[int, float]:
    if slots and slots[-1].is_rest:
        return max(len(slots), 2 if "any" in slots[-1].kinds else 1), math.inf
    return sum(not slot.is_optional for slot in slots), len(slots)


def _slot(text: str) -> Slot:
    match = _PARAMETER.fullmatch(text)
    if match is None:
        raise ValueError(f"No parameter: {text!r}")
    marks = match["marks"]
    kinds = frozenset(match["kinds"].split("|"))
    exact = _EXACT.get(match["kinds"])
    return Slot(match["name"], kinds, "=" in marks, "?" in marks, "..." in marks, exact)


def _type_of(slot: Slot) -> Any:
    return SIMPLE_TYPES.get(next(iter(slot.kinds))) if len(slot.kinds) == 1 else None
