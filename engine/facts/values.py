"""Variables that come from outside: JSON within limits, under names that can be kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import orjson

from engine.facts.errors import Invalid, Problem, VariablesRefused
from engine.facts.phrasebook import JSON
from engine.facts.sentences import Sentence
from engine.facts.widths import NAME

_SURROGATE = re.compile("[\ud800-\udfff]")

#: How NUL looks in JSON; a text with a backslash before `u0000` looks alike, so what has it is looked at again.
NUL_IN_JSON = b"\\u0000"

#: Bytes of all values of one call as JSON. Larger things are attachments.
MAX_BYTES = 1_000_000

#: Names of variables in one call.
NAMES = 1_000


def checked_variables(variables: Mapping[str, Any]) -> dict[str, Any]:
    """A copy that can be kept as JSON. Raises VariablesRefused and says what is wrong with it."""
    problem = _problem_of_names(variables) or _problem_of_values(variables)
    if problem is not None:
        raise VariablesRefused(count=1, problems=(problem,))
    return dict(variables)


def checked_text(text: str, what: Sentence, *, most: int = NAME) -> str:
    """The text, which a column of that width keeps on every database. Raises Invalid, which names it and the limit."""
    if not 0 < len(text) <= most:
        raise Invalid(why=Sentence("{what} has 1 to {limit} characters.", what=what, limit=most))
    fault = fault_of_text(text, what)
    if fault is not None:
        raise Invalid(why=fault)
    return text


def fault_of_text(text: str, what: Sentence) -> Sentence | None:
    """Characters that no database of ours keeps: NUL, and halves of a pair (surrogates) that JSON can write alone."""
    if "\0" in text:
        return Sentence("{what} contains the character NUL (U+0000). Remove it.", what=what)
    if not text.isascii() and _SURROGATE.search(text):
        return Sentence("{what} contains half a character (a surrogate, U+D800 to U+DFFF). Remove it.", what=what)
    return None


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
    if len(variables) > NAMES:
        return Problem(
            "variable-count",
            Sentence("{count:,} variables were sent; at most {limit:,} are kept.", count=len(variables), limit=NAMES),
        )
    for name in variables:
        if not isinstance(name, str) or not 0 < len(name) <= NAME:
            return Problem(
                "variable-name",
                Sentence("A variable's name has 1 to {limit} characters.", limit=NAME),
                where=str(name)[:NAME],
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
    if NUL_IN_JSON in text and (place := next(places_of_nul(variables), None)) is not None:
        said = Sentence("A text contains the character NUL (U+0000).")
        return Problem("variable-value", said, where=place, fix=Sentence("Remove it."))
    return None


def _place_of_unwritable(value: Any, where: str = "", *, is_deep: bool) -> str:
    """`items[2].price`; of what is too deep only the name."""
    inside = ((place, each) for place, each in _parts(value, where) if not _can_be_written(each))
    place, each = next(inside, (where, None))
    return place if each is None or is_deep else _place_of_unwritable(each, place, is_deep=is_deep)


def texts_of(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a value of JSON with its place, `items[2].name`; a name with its own place."""
    if type(value) is str:
        yield where, value
    for place, each in _parts(value, where):
        yield place, place[len(where) :]
        yield from texts_of(each, place)


def places_of_nul(value: Any) -> Iterator[str]:
    """Of texts in a value of JSON that have the character NUL, which no database of ours keeps: `variables.items[2].name`."""
    return (place for place, text in texts_of(value) if "\0" in text)


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
