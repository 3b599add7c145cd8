"""Boxed filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.dmn import Evaluation


def test_the_entries_of_an_item_are_known_by_their_names(decide: Callable[..., Any]) -> None:
    assert decide("Large", {"loans": [{"amount": 50}, {"amount": 500}, {"rate": 1}]}) == [{"amount": 500}]


def test_an_item_without_entries_is_known_as_item(decide: Callable[..., Any]) -> None:
    assert decide("Above Ten", {"loans": [5, 15, 25]}) == [15, 25]


def test_a_match_that_is_neither_is_a_fault(evaluated: Callable[..., Evaluation]) -> None:
    evaluation = evaluated("By Text", {"loans": [5, 15]})
    assert evaluation.value is None
    assert "not a boolean" in str(evaluation.notes[0].reason)


def test_a_match_that_is_a_number_is_an_index(decide: Callable[..., Any]) -> None:
    assert decide("Second", {"loans": [5, 15, 25]}) == 15
