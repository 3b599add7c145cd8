"""Hit policy COLLECT with MIN (C<)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any


def test_the_smallest_output_counts(decide: Callable[..., Any]) -> None:
    assert decide("Discount", {"amount": 2000, "customer": "gold"}) == Decimal(5)


def test_nothing_to_collect_is_null(decide: Callable[..., Any]) -> None:
    assert decide("Discount", {"amount": 1, "customer": "new"}) is None
