"""Hit policy ANY: rules that match together agree."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.dmn import Evaluation


def test_rules_that_agree_give_their_common_output(decide: Callable[..., Any]) -> None:
    assert decide("Discount", {"amount": 200, "customer": "gold"}) == Decimal(5)


def test_rules_that_disagree_give_null_with_a_note(evaluated: Callable[..., Evaluation]) -> None:
    evaluation = evaluated("Discount", {"amount": 2000, "customer": "gold"})
    assert evaluation.value is None
    assert "ANY" in str(evaluation.notes[0].reason)
