"""Hit policy COLLECT with COUNT (C#)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any


def test_the_matches_are_counted(decide: Callable[..., Any]) -> None:
    assert decide("Discount", {"amount": 2000, "customer": "gold"}) == Decimal(3)


def test_nothing_to_collect_is_zero(decide: Callable[..., Any]) -> None:
    assert decide("Discount", {"amount": 1, "customer": "new"}) == 0
