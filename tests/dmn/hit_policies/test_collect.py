"""Hit policy COLLECT without aggregation: a list of all outputs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any


def test_all_outputs_are_collected(decide: Callable[..., Any]) -> None:
    assert sorted(decide("Discount", {"amount": 2000, "customer": "gold"})) == [Decimal(5), Decimal(7), Decimal(10)]


def test_nothing_to_collect_is_an_empty_list(decide: Callable[..., Any]) -> None:
    assert decide("Discount", {"amount": 1, "customer": "new"}) == []
