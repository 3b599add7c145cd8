"""Hit policy COLLECT with SUM (C+)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any


def test_the_outputs_are_added_up(decide: Callable[..., Any]) -> None:
    assert decide("Discount", {"amount": 2000, "customer": "gold"}) == Decimal(22)


def test_nothing_to_collect_is_null(decide: Callable[..., Any]) -> None:
    assert decide("Discount", {"amount": 1, "customer": "new"}) is None
