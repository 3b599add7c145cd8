"""Boxed iterators: for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_every_item_gives_a_result(decide: Callable[..., Any]) -> None:
    assert decide("Doubled", {"numbers": [1, 2, 3]}) == [2, 4, 6]


def test_a_single_value_is_a_list_of_one(decide: Callable[..., Any]) -> None:
    assert decide("Doubled", {"numbers": 4}) == [8]


def test_the_results_so_far_are_known_as_partial(decide: Callable[..., Any]) -> None:
    assert decide("Running Totals", {"numbers": [1, 2, 3]}) == [1, 3, 6]
