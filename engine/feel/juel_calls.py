"""Calls in JUEL that FEEL can say: methods of texts, lists and maps, variables by name, and functions of the old engines.

The classes of the values are not known here: where one method means different things (`contains`), the translation asks
at run time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from engine.facts.sentences import Sentence, Spoken
from engine.feel.pieces import COMPARISON, SUM, Piece, emptiness, equals, truth

Method = Callable[..., Piece]


class JuelNotTranslatable(Spoken, ValueError):
    """A `${…}` that has no equivalent in FEEL: the reason and what to write instead."""


#: What to write in FEEL for calls that need a person to choose.
_ADVICE: Final = {
    "add": "append(list, item)",
    "remove": "remove(list, position)",
    "indexOf": "index of(list, item)",
    "split": "split(text, delimiter)",
    "replace": "replace(text, pattern, replacement)",
    "matches": "matches(text, pattern)",
}

#: What stands for the old engine itself; none of it is a variable here.
ENGINE_NAMES: Final = {
    "execution": Sentence("write the name of the variable alone"),
    "authenticatedUserId": Sentence("the person who started the process is in the variable initiator"),
}


# ---------------------------------------------------------------------- methods
def method(receiver: Piece, name: str, arguments: Sequence[Piece]) -> Piece:
    """`receiver.name(arguments)`. Raises JuelNotTranslatable."""
    found = _METHODS.get((name, len(arguments)))
    if found is None:
        advice = _ADVICE.get(name)
        if advice is None:
            raise JuelNotTranslatable(Sentence("it calls the method {name}(), and FEEL calls no methods", name=name))
        raise JuelNotTranslatable(Sentence("it calls the method {name}(); FEEL writes {advice}", name=name, advice=advice))
    return found(receiver, *arguments)


def _same(receiver: Piece) -> Piece:
    return receiver


def _call(name: str) -> Method:
    def called(*pieces: Piece) -> Piece:
        return Piece(f"{name}({', '.join(piece.text for piece in pieces)})")

    return called


def _size(receiver: Piece) -> Piece:
    value = receiver.operand
    return truth(f"if {value} instance of list then count({value}) else count(get entries({value}))")


def _contains(receiver: Piece, part: Piece) -> Piece:
    value = receiver.operand
    return truth(f"if {value} instance of string then contains({value}, {part.text}) else list contains({value}, {part.text})")


def _same_letters(receiver: Piece, other: Piece) -> Piece:
    return Piece(f"lower case({receiver.text}) = lower case({other.text})", COMPARISON)


def _contains_key(receiver: Piece, key: Piece) -> Piece:
    return Piece(f"list contains(get entries({receiver.text}).key, {key.text})")


def item(receiver: Piece, key: Piece) -> Piece:
    """`list.get(0)`, `map.get('key')`: Java counts from 0, FEEL from 1."""
    if key.is_number:
        return Piece(f"{receiver.operand}[{int(key.text) + 1}]")
    if key.literal is not None:
        return Piece(f"get value({receiver.text}, {key.text})")
    raise JuelNotTranslatable(Sentence("an index that is no number or text may mean a list (from 0) or a map"))


def _concatenated(receiver: Piece, other: Piece) -> Piece:
    return Piece(f"{receiver.within(SUM)} + {other.within(SUM + 1)}", SUM)


def _substring(receiver: Piece, start: Piece, end: Piece | None = None) -> Piece:
    """Java counts from 0 and names the end; FEEL counts from 1 and names the length."""
    first = str(int(start.text) + 1) if start.is_number else f"{start.within(SUM)} + 1"
    if end is None:
        return Piece(f"substring({receiver.text}, {first})")
    both = start.is_number and end.is_number
    length = str(int(end.text) - int(start.text)) if both else f"{end.within(SUM)} - {start.within(SUM + 1)}"
    return Piece(f"substring({receiver.text}, {first}, {length})")


def _shifted(sign: str, unit: str, factor: int = 1) -> Method:
    """`plusDays(2)`, `minusHours(n)` of a moment."""

    def shifted(moment: Piece, count: Piece) -> Piece:
        prefix, letter = ("PT", unit[1]) if unit.startswith("T") else ("P", unit)
        if count.is_number:
            span = f'duration("{prefix}{int(count.text) * factor}{letter}")'
        else:
            span = f'{count.operand} * duration("{prefix}{factor}{letter}")'
        return Piece(f"{moment.within(SUM)} {sign} {span}", SUM)

    return shifted


_UNITS: Final = (
    ("Years", "Y", 1), ("Months", "M", 1), ("Weeks", "D", 7), ("Days", "D", 1),
    ("Hours", "TH", 1), ("Minutes", "TM", 1), ("Seconds", "TS", 1),
)  # fmt: skip

#: By name and number of arguments. Typed reading of a JSON value (`stringValue()`) is the value itself.
_METHODS: Final[dict[tuple[str, int], Method]] = {
    ("equals", 1): equals,
    ("equalsIgnoreCase", 1): _same_letters,
    ("size", 0): _size,
    ("length", 0): _call("string length"),
    ("isEmpty", 0): emptiness,
    ("contains", 1): _contains,
    ("containsKey", 1): _contains_key,
    ("startsWith", 1): _call("starts with"),
    ("endsWith", 1): _call("ends with"),
    ("toLowerCase", 0): _call("lower case"),
    ("toUpperCase", 0): _call("upper case"),
    ("toString", 0): _call("string"),
    ("concat", 1): _concatenated,
    ("substring", 1): _substring,
    ("substring", 2): _substring,
    ("get", 1): item,
    ("prop", 1): item,
    **{(f"{kind}Value", 0): _same for kind in ("string", "number", "bool", "boolean", "int", "long", "double")},
    ("value", 0): _same,
    ("toDate", 0): _same,
    **{(f"plus{name}", 1): _shifted("+", unit, factor) for name, unit, factor in _UNITS},
    **{(f"minus{name}", 1): _shifted("-", unit, factor) for name, unit, factor in _UNITS},
}


def variable_read(name: str, arguments: Sequence[Piece]) -> str | None:
    """`execution.getVariable('x')`: the variable it reads. None when it does something else."""
    reads = name in ("getVariable", "getVariableLocal", "hasVariable")
    return arguments[0].literal if reads and len(arguments) == 1 else None


# ---------------------------------------------------------------------- functions
def function(name: str, arguments: Sequence[Piece]) -> Piece:
    """`now()`, `vars:equals(x, 1)`. The first argument of the latter is a variable. Raises JuelNotTranslatable."""
    space, _, plain = name.rpartition(":")
    found = _OF_VARIABLES.get((plain, len(arguments))) if space in _VARIABLE_SPACES else _FUNCTIONS.get((name, len(arguments)))
    if found is None:
        raise JuelNotTranslatable(Sentence("{name}(…) is a function of the old engine", name=name))
    return found(*arguments)


_VARIABLE_SPACES: Final = ("var", "vars", "variables")
#: How an XPath expression reads a data object, which BPMN 2.0 defines itself.
_DATA_OBJECT: Final = "bpmn:getDataObject"
_FUNCTIONS: Final[dict[tuple[str, int], Method]] = {
    ("now", 0): _call("now"),
    ("dateTime", 0): _call("now"),
    (_DATA_OBJECT, 1): _same,
}


def _compared(operator: str) -> Method:
    def compared(left: Piece, right: Piece) -> Piece:
        return Piece(f"{left.within(SUM)} {operator} {right.within(SUM)}", COMPARISON)

    return compared


def _or_default(value: Piece, default: Piece) -> Piece:
    return truth(f"if {value.operand} != null then {value.operand} else {default.text}")


def _is_there(value: Piece) -> Piece:
    return Piece(f"{value.within(COMPARISON)} != null", COMPARISON)


def _is_not_empty(value: Piece) -> Piece:
    return Piece(f"not({emptiness(value).text})")


_NAMES_OF_COMPARISONS: Final = {
    "=": ("equals", "eq"),
    "!=": ("notEquals", "ne"),
    "<": ("lowerThan", "lessThan", "lt"),
    "<=": ("lowerThanOrEquals", "lessThanOrEquals", "lte"),
    ">": ("greaterThan", "gt"),
    ">=": ("greaterThanOrEquals", "gte"),
}
_OF_VARIABLES: Final[dict[tuple[str, int], Method]] = {
    **{(name, 2): _compared(operator) for operator, names in _NAMES_OF_COMPARISONS.items() for name in names},
    ("get", 1): _same,
    ("getOrDefault", 2): _or_default,
    ("exists", 1): _is_there,
    ("empty", 1): emptiness,
    ("isEmpty", 1): emptiness,
    ("notEmpty", 1): _is_not_empty,
    ("isNotEmpty", 1): _is_not_empty,
    ("contains", 2): _contains,
}


def takes_a_variable(name: str) -> bool:
    """Whether the first argument is a variable, written as its name or as a text with its name."""
    return name == _DATA_OBJECT or name.rpartition(":")[0] in _VARIABLE_SPACES
