"""Hit policy PRIORITY: the output that stands first among the output values wins."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any


def test_the_most_important_output_wins_whatever_the_order_of_the_rules(decide: Callable[..., Any]) -> None:
    assert decide("Discount", {"amount": 50, "customer": "new"}) == Decimal(0)
    assert decide("Discount", {"amount": 500, "customer": "gold"}) == Decimal(10)
    assert decide("Discount", {"amount": 5000, "customer": "gold"}) == Decimal(15)
