"""JSON that somebody sent, read within limits that are checked before anything looks inside; each name once in its object."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

from engine.facts.errors import Invalid
from engine.facts.json_text import read_json
from engine.facts.phrasebook import JSON
from engine.facts.sentences import Sentence

LARGEST_JSON = 1_000_000
DEEPEST = 32
MOST_VALUES = 50_000
LONGEST_KEY = 200
_CONTAINERS = (dict, list)
#: The end of a name, or of a text before an escaped quote.
_NAMED = re.compile(rb'"[ \t\r\n]*:')


class NotJson(Invalid):
    """The body is not JSON: {why}."""


class RequestTooLarge(Invalid):
    """The request is too large: {why}."""


class NameRepeated(Invalid):
    """The name '{name}' is given twice in one object of the JSON. Give it once."""


def read(content: bytes) -> Any:
    """The value. Refuses: NotJson, RequestTooLarge, NameRepeated."""
    if len(content) > LARGEST_JSON:
        raise RequestTooLarge(
            why=Sentence("{count:,} bytes of JSON where {limit:,} are allowed.", count=len(content), limit=LARGEST_JSON)
        )
    try:
        value = read_json(content)
    except orjson.JSONDecodeError as error:
        raise NotJson(
            why=Sentence("{why} (line {line}, column {column}).", why=JSON.said(error.msg), line=error.lineno, column=error.colno)
        ) from None
    if isinstance(value, _CONTAINERS):
        _check(content, value)
    return value


def _check(content: bytes, value: dict[str, Any] | list[Any]) -> None:
    """Level by level, so that depth costs no stack."""
    level: list[Any] = [value]
    count = names = 0
    for _ in range(DEEPEST):
        below: list[Any] = []
        for each in level:
            count += len(each)
            values = each
            if isinstance(each, dict):
                names += len(each)
                if max(map(len, each), default=0) > LONGEST_KEY:
                    raise RequestTooLarge(why=Sentence("a name is longer than {limit} characters.", limit=LONGEST_KEY))
                values = each.values()
            below += [inner for inner in values if isinstance(inner, _CONTAINERS)]
        if count > MOST_VALUES:
            raise RequestTooLarge(why=Sentence("there are more than {limit:,} values.", limit=MOST_VALUES))
        if not below:
            return _refuse_repeated(content, names)
        level = below
    raise RequestTooLarge(why=Sentence("it is nested deeper than {limit} levels.", limit=DEEPEST))


def _refuse_repeated(content: bytes, names: int) -> None:
    """Each name stands before a colon: with as many of these as names that were read, none was read over."""
    if content.count(b":") > names and len(_NAMED.findall(content)) > names:
        json.loads(content, object_pairs_hook=_once_each, parse_int=str, parse_float=str)


def _once_each(pairs: list[tuple[str, Any]]) -> None:
    seen = set()
    for name, _ in pairs:
        if name in seen:
            raise NameRepeated(name=name[:LONGEST_KEY])
        seen.add(name)
