"""Hit policy OUTPUT ORDER: a list of the outputs, the most important first."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any


def test_all_matching_rules_count_in_the_order_of_the_output_values(decide: Callable[..., Any]) -> None:
    assert decide("Discount", {"amount": 2000, "customer": "gold"}) == [Decimal(10), Decimal(7), Decimal(5)]
