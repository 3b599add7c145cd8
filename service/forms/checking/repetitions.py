"""How many rows a form begins with: lists within lists multiply, and every submission would make them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.facts.errors import Problem
from engine.facts.sentences import Sentence
from service.forms.judging.components import place_of
from service.forms.judging.shape import MAX_ROWS

Schema = Mapping[str, Any]


def too_many_rows(schema: Schema) -> Iterator[tuple[Schema, Problem]]:
    """The list with which the form begins with more rows than a submission may have."""
    count = 0
    for list_ in _lists(schema):
        count += _rows(list_)
        if count > MAX_ROWS:
            sentence = Sentence("With this list the form begins with more than {most:,} rows.", most=MAX_ROWS)
            fix = Sentence("Let it and the lists in it begin with fewer rows (defaultRepetitions).")
            yield list_, Problem("form-rows", sentence, place_of(list_), fix=fix)
            return


def _rows(list_: Schema) -> int:
    """Of the list and of those in it."""
    each = 1 + sum(map(_rows, _lists(list_)))
    repetitions: int = list_.get("defaultRepetitions", 1)
    return max(repetitions, 0) * each


def _lists(around: Schema) -> Iterator[Schema]:
    """The lists that stand in no other one below this."""
    for component in around.get("components") or ():
        if component.get("type") == "dynamiclist" and component.get("isRepeating"):
            yield component
        else:
            yield from _lists(component)
