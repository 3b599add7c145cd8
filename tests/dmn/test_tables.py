"""Decision tables: defaults, allowed values, orientations, several outputs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.dmn import Evaluation


def test_without_a_match_the_default_outputs_count(decide: Callable[..., Any]) -> None:
    assert decide("Defaulted", {"age": 3}) == {"fee": 0, "text": "child"}
    assert decide("Defaulted", {"age": 30}) == {"fee": 99, "text": None}


def test_an_input_that_is_not_allowed_gives_null_with_a_note(evaluated: Callable[..., Evaluation]) -> None:
    assert evaluated("Allowed Input", {"status": "old"}).value == Decimal(1)
    refused = evaluated("Allowed Input", {"status": "lost"})
    assert refused.value is None
    assert "not among the allowed" in str(refused.notes[0].reason)


def test_an_output_that_is_not_allowed_is_null_with_a_note(evaluated: Callable[..., Evaluation]) -> None:
    assert evaluated("Allowed Output", {"status": "new"}).value == "yes"
    refused = evaluated("Allowed Output", {"status": "old"})
    assert refused.value is None
    assert "not among the allowed" in str(refused.notes[0].reason)


def test_the_orientation_of_a_table_changes_nothing(decide: Callable[..., Any]) -> None:
    assert decide("Rule as Column", {"age": 20}) == "adult"
    assert decide("Cross Table", {"age": 10, "status": "old"}) == "b"


def test_priority_compares_clause_by_clause(decide: Callable[..., Any]) -> None:
    assert decide("Ranked", {"age": 30}) == {"risk": "high", "fee": 2}


def test_cells_may_use_the_value_under_test_and_the_other_inputs(decide: Callable[..., Any]) -> None:
    assert decide("Cell Sees Inputs", {"age": 12, "status": "new"}) == "new12"
    assert decide("Cell Sees Inputs", {"age": 9, "status": "new"}) == "small"


def test_matches_with_several_outputs_can_be_counted(decide: Callable[..., Any]) -> None:
    assert decide("Counted", {"age": 5}) == Decimal(2)
