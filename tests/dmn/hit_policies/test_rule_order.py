"""Hit policy RULE ORDER: a list of the outputs, in the order of the rules."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any


def test_all_matching_rules_count_in_the_order_of_the_table(decide: Callable[..., Any]) -> None:
    assert decide("Discount", {"amount": 2000, "customer": "gold"}) == [Decimal(5), Decimal(10), Decimal(7)]


def test_a_single_match_is_a_list_of_one(decide: Callable[..., Any]) -> None:
    assert decide("Discount", {"amount": 200, "customer": "new"}) == [Decimal(5)]
