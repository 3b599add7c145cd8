"""Variables that come from outside: JSON within limits, under names that can be kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import orjson

from engine.facts.errors import Problem, VariablesRefused
from engine.facts.phrasebook import JSON
from engine.facts.sentences import Sentence

#: Bytes of all values of one call as JSON. Larger things are attachments.
MAX_BYTES = 1_000_000

#: Names of variables in one call.
MAX_NAMES = 1_000

#: Characters of a name.
MAX_NAME = 255


def checked_variables(variables: Mapping[str, Any]) -> dict[str, Any]:
    """A copy that can be kept as JSON. Raises VariablesRefused and says what is wrong with it."""
    problem = _problem_of_names(variables) or _problem_of_values(variables)
    if problem is not None:
        raise VariablesRefused(count=1, problems=(problem,))
    return dict(variables)


def attached(variables: Mapping[str, Any]) -> list[UUID]:
    """Ids of the attachments that stand in the values, however deep: a file field is a list of
    `{"id": …, "name": …, "size": …}`."""
    found: list[UUID] = []
    for value in variables.values():
        if type(value) is list or type(value) is dict:
            _collect(value, found)
    return found


def _collect(value: list[Any] | dict[str, Any], found: list[UUID]) -> None:
    if type(value) is dict and "size" in value and (id := as_id(value.get("id"))) is not None:
        found.append(id)
    for each in value.values() if type(value) is dict else value:
        if type(each) is list or type(each) is dict:
            _collect(each, found)


def as_id(text: Any) -> UUID | None:
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _problem_of_names(variables: Mapping[str, Any]) -> Problem | None:
    if len(variables) > MAX_NAMES:
        return Problem(
            "variable-count",
            Sentence("{count:,} variables were sent; at most {limit:,} are kept.", count=len(variables), limit=MAX_NAMES),
        )
    for name in variables:
        if not isinstance(name, str) or not 0 < len(name) <= MAX_NAME:
            return Problem(
                "variable-name",
                Sentence("A variable's name has 1 to {limit} characters.", limit=MAX_NAME),
                where=str(name)[:MAX_NAME],
            )
    return None


def _problem_of_values(variables: Mapping[str, Any]) -> Problem | None:
    try:
        text = _written(variables)
    except TypeError as fault:
        where = _place_of_unwritable(variables, is_deep="ecursion" in str(fault))
        said = Sentence("A value cannot be kept as JSON: {why}.", why=JSON.said(str(fault)))
        return Problem("variable-value", said, where=where)
    if len(text) > MAX_BYTES:
        return Problem(
            "variable-size",
            Sentence("The values have {count:,} bytes; at most {limit:,} are kept.", count=len(text), limit=MAX_BYTES),
            fix=Sentence("Attach a file."),
        )
    if b"\\u0000" in text and (place := next(_with_nul(variables, ""), None)) is not None:
        said = Sentence("A text contains the character NUL (U+0000).")
        return Problem("variable-value", said, where=place, fix=Sentence("Remove it."))
    return None


def _place_of_unwritable(value: Any, where: str = "", *, is_deep: bool) -> str:
    """`items[2].price`; of what is too deep only the name."""
    inside = ((place, each) for place, each in _parts(value, where) if not _can_be_written(each))
    place, each = next(inside, (where, None))
    return place if each is None or is_deep else _place_of_unwritable(each, place, is_deep=is_deep)


def _with_nul(value: Any, where: str) -> Iterator[str]:
    if type(value) is str and "\0" in value:
        yield where
    for place, each in _parts(value, where):
        if "\0" in place[len(where) :]:
            yield where
        yield from _with_nul(each, place)


def _parts(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    if type(value) is dict:
        yield from ((f"{where}.{name}" if where else str(name), each) for name, each in value.items())
    elif type(value) is list:
        yield from ((f"{where}[{number}]", each) for number, each in enumerate(value))


def _written(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS)


def _can_be_written(value: Any) -> bool:
    try:
        _written(value)
    except TypeError:
        return False
    return True
