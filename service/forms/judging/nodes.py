"""A compiled form's parts: fields, groups and lists, and where their values stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.facts.sentences import Sentence
from service.forms.judging.expressions import Condition, Effort, Scope, Value
from service.forms.judging.options import Accepts
from service.forms.judging.sentences import Texts
from service.forms.sources import Company

#: From the variable inwards: `("customer", "name")`. Of what stands in a list, from its row.
Path = tuple[str, ...]

#: Of a value that is not there; null is one that is there.
ABSENT: Final[Any] = object()


@dataclass(frozen=True, slots=True)
class Around:
    """What is the same for all fields of a submission: every value, those that were there before it, the company, the moment."""

    values: Mapping[str, Any]
    known: Mapping[str, Any]
    company: Company
    now: datetime
    effort: Effort


#: What a field makes of a value that was sent; its empty value when it takes none of it.
Keep = Callable[[Any, Around], Any]
#: Which rule is broken, and what is said of it; where the form says it itself, in Chinese and in English.
Finding = tuple[str, Sentence | tuple[Sentence, Sentence]]
Rule = Callable[[Any, Scope], Finding | None]


@dataclass(frozen=True, slots=True)
class Field:
    """A field with a value."""

    path: Path
    name: str
    #: As people know it; the place stands for it when it has none.
    label: Texts
    keep: Keep | None
    empty: Any
    default: Any
    hides: Condition | None
    #: Only shown.
    locks: Condition | None
    is_disabled: bool
    #: A date that a person chooses now must not have passed.
    refuses_past: bool
    rules: tuple[Rule, ...]
    computes: Value | None
    #: What may be chosen, where that depends on other values.
    accepts: Callable[[Scope], Accepts] | None


@dataclass(frozen=True, slots=True)
class Group:
    """Mere layout when it has no name."""

    path: Path
    name: str
    hides: Condition | None
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of rows; `fixed` when none is added or removed."""

    path: Path
    name: str
    label: Texts
    hides: Condition | None
    children: tuple[Node, ...]
    repetitions: int
    is_fixed: bool
    #: Of a row's fields, outside of inner lists, those that are always only shown.
    locked: tuple[Field, ...]


Node = Field | Group | Rows


def get(values: Any, path: Path, absent: Any = None) -> Any:
    for key in path:
        if type(values) is not dict:
            return absent
        values = values.get(key, absent)
    return values


def put(values: dict[str, Any], path: Path, value: Any) -> None:
    """Objects on the way are copied, for they may be somebody else's; what is no object is replaced."""
    for key in path[:-1]:
        below = values.get(key)
        below = dict(below) if type(below) is dict else {}
        values[key] = below
        values = below
    values[path[-1]] = value


def initial(field: Field, found: Any, around: Around) -> Any:
    """The value that the field has for what stands at its place."""
    if found is ABSENT:
        return field.empty if field.default is ABSENT else field.default
    return found if field.keep is None else field.keep(found, around)


def is_dropped(was: Any, value: Any, empty: Any) -> bool:
    """Something was sent, and the field made nothing, or less, of it, or a text of what is none."""
    if type(empty) is str and type(was) in (int, float, bool):
        return True
    if was is None or was is False or was == "" or was == []:
        return False
    if type(was) is list and type(value) is list:
        return len(value) < len(was)
    return (value is None or value is False or value == "" or value == []) and value == empty and type(value) is type(empty)
