"""Hit policy FIRST: the first rule that matches, in the order of the table."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.dmn import Evaluation


def test_the_first_matching_rule_decides(decide: Callable[..., Any]) -> None:
    assert decide("Discount", {"amount": 2000, "customer": "gold"}) == Decimal(10)
    assert decide("Discount", {"amount": 200, "customer": "gold"}) == Decimal(7)


def test_rules_after_the_first_match_are_not_looked_at(evaluated: Callable[..., Evaluation]) -> None:
    (decision,) = evaluated("Discount", {"amount": 2000, "customer": "gold"}).trace
    assert [match.index for match in decision.tables[0].matched] == [1]
