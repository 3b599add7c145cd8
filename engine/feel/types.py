"""Types of FEEL values (DMN 1.5, §10.3.2.9): what conforms to a type, and what a type makes of a value.

Used by `instance of`, by the parameters of functions, and by the item definitions of DMN: an item definition becomes
one of these types, its allowed values a `Constrained` one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engine.facts.sentences import Sentence
from engine.feel.errors import NotConforming
from engine.feel.feel_type import FeelType
from engine.feel.functions import Function
from engine.feel.ranges import Range
from engine.feel.temporal.values import Date, DateTime
from engine.feel.values import kind_of, kind_said, value_of


class _Coercing(FeelType):
    """What all types have in common."""

    def coerced(self, value: Any) -> Any:
        return coerce(value, self)


@dataclass(frozen=True, slots=True)
class AnyType(_Coercing):
    """Every value."""

    def conforms(self, value: Any) -> bool:
        return True

    def __str__(self) -> str:
        return "Any"


@dataclass(frozen=True, slots=True)
class NullType(_Coercing):
    """Null alone."""

    def conforms(self, value: Any) -> bool:
        return False

    def __str__(self) -> str:
        return "Null"


@dataclass(frozen=True, slots=True)
class SimpleType(_Coercing):
    """number, string, boolean, date, time, date and time, the two durations, context, list, range, function."""

    name: str

    def conforms(self, value: Any) -> bool:
        return kind_of(value) == self.name

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class ListType(_Coercing):
    """`list<item>`."""

    item: FeelType

    def conforms(self, value: Any) -> bool:
        return isinstance(value, list) and all(conforms(value_of(item), self.item) for item in value)

    def __str__(self) -> str:
        return f"list<{self.item}>"


@dataclass(frozen=True, slots=True)
class RangeType(_Coercing):
    """`range<end>`."""

    end: FeelType

    def conforms(self, value: Any) -> bool:
        if not isinstance(value, Range):
            return False
        ends = [end for end in (value.start, value.end) if end is not None]
        return all(self.end.conforms(end) for end in ends)

    def __str__(self) -> str:
        return f"range<{self.end}>"


@dataclass(frozen=True, slots=True)
class ContextType(_Coercing):
    """`context<name: type, …>`: the entries named must be there and conform; more are allowed."""

    entries: Mapping[str, FeelType] = field(hash=False)

    def conforms(self, value: Any) -> bool:
        if not isinstance(value, dict):
            return False
        return all(name in value and conforms(value_of(value[name]), type_) for name, type_ in self.entries.items())

    def __str__(self) -> str:
        return f"context<{', '.join(f'{name}: {type_}' for name, type_ in self.entries.items())}>"


@dataclass(frozen=True, slots=True)
class FunctionType(_Coercing):
    """`function<parameter, …> -> result`: as many parameters, each taking what the type's parameter takes."""

    parameters: tuple[FeelType, ...]
    result: FeelType

    def conforms(self, value: Any) -> bool:
        if not isinstance(value, Function) or len(value.parameters) != len(self.parameters):
            return False
        pairs = zip(self.parameters, value.parameters, strict=True)
        return all(is_subtype(wanted, given.type or ANY) for wanted, given in pairs) and is_subtype(
            value.result or ANY, self.result
        )

    def __str__(self) -> str:
        return f"function<{', '.join(map(str, self.parameters))}> -> {self.result}"


@dataclass(frozen=True, slots=True)
class Constrained(_Coercing):
    """`type` with a rule for its values, such as the allowed values of an item definition; `text` describes the rule."""

    type: FeelType
    allows: Callable[[Any], bool] = field(hash=False, compare=False)
    text: str = ""

    def conforms(self, value: Any) -> bool:
        return self.type.conforms(value) and self.allows(value)

    def __str__(self) -> str:
        return f"{self.type}({self.text})"


@dataclass(frozen=True, slots=True)
class NamedType(_Coercing):
    """A type by its name, found in `known` when it is first asked: item definitions may refer to each other."""

    name: str
    known: Mapping[str, FeelType] = field(default_factory=dict, hash=False, compare=False)

    def conforms(self, value: Any) -> bool:
        found = self.known.get(self.name)
        return found is not None and found.conforms(value)

    def __str__(self) -> str:
        return self.name


ANY: Final = AnyType()
NULL: Final = NullType()

#: The types of the standard by name (DMN 1.5, table 44 and the `feel:` names of typeRef).
SIMPLE_TYPES: Final[Mapping[str, FeelType]] = {
    "Any": ANY,
    "Null": NULL,
    **{
        name: SimpleType(name)
        for name in (
            "number",
            "string",
            "boolean",
            "date",
            "time",
            "date and time",
            "days and time duration",
            "years and months duration",
            "context",
            "list",
            "range",
            "function",
        )
    },
    "dateTime": SimpleType("date and time"),
    "dayTimeDuration": SimpleType("days and time duration"),
    "yearMonthDuration": SimpleType("years and months duration"),
}

_DATE_TIME: Final = SIMPLE_TYPES["date and time"]


def conforms(value: Any, type_: FeelType) -> bool:
    """Whether `value` may stand where `type_` is asked; null may everywhere."""
    return value is None or type_.conforms(value)


def resolved(type_: FeelType) -> FeelType:
    """The type a name stands for, at most 64 names deep; an unknown name stays a name, to which nothing conforms."""
    for _ in range(64):
        if not isinstance(type_, NamedType):
            return type_
        found = type_.known.get(type_.name)
        if found is None:
            return type_
        type_ = found
    return type_


def coerce(value: Any, type_: FeelType) -> Any:
    """`value` as `type_` asks for it (§10.3.2.9.4): itself, its singleton list, the one item of its list, or a date's midnight.

    Raises NotConforming. A caller that follows the standard puts null in its place.
    """
    value = value_of(value)
    if conforms(value, type_):
        return value
    target = resolved(type_)
    bare = resolved(target.type) if isinstance(target, Constrained) else target
    for candidate in _conversions(value, bare):
        if conforms(candidate, type_):
            return candidate
    raise NotConforming(Sentence("{kind} is not of type {type}", kind=kind_said(value), type=type_))


def _conversions(value: Any, target: FeelType) -> Iterable[Any]:
    if isinstance(value, list):
        if len(value) == 1 and not isinstance(target, ListType):
            yield value_of(value[0])
        return
    if isinstance(target, ListType) or target == SIMPLE_TYPES["list"]:
        yield [value]
    if target == _DATE_TIME and isinstance(value, Date):
        yield midnight(value)


def midnight(date: Date) -> DateTime:
    """The start of the date in UTC: what a date becomes where a date and time is asked."""
    return DateTime.at_midnight(date, 0)


def is_subtype(narrow: FeelType, wide: FeelType) -> bool:
    """Whether every value of `narrow` is one of `wide` (§10.3.2.9.2, “conforms to”); what is not known conforms."""
    narrow, wide = resolved(narrow), resolved(wide)
    if isinstance(wide, AnyType) or isinstance(narrow, AnyType | NullType) or narrow == wide:
        return True
    if isinstance(narrow, Constrained):
        return is_subtype(narrow.type, wide)
    return _is_subtype_inside(narrow, wide)


def _is_subtype_inside(narrow: FeelType, wide: FeelType) -> bool:
    if isinstance(narrow, ListType) and isinstance(wide, ListType):
        return is_subtype(narrow.item, wide.item)
    if isinstance(narrow, RangeType) and isinstance(wide, RangeType):
        return is_subtype(narrow.end, wide.end)
    if isinstance(narrow, ContextType) and isinstance(wide, ContextType):
        return all(name in narrow.entries and is_subtype(narrow.entries[name], type_) for name, type_ in wide.entries.items())
    if isinstance(narrow, FunctionType) and isinstance(wide, FunctionType):
        same = len(narrow.parameters) == len(wide.parameters)
        pairs = zip(wide.parameters, narrow.parameters, strict=False)
        return same and all(is_subtype(mine, its) for mine, its in pairs) and is_subtype(narrow.result, wide.result)
    return False
