"""Boxed functions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from engine.dmn import DecisionStopped, Evaluation


def test_a_function_sees_the_scope_it_is_defined_in(decide: Callable[..., Any]) -> None:
    assert decide("Scaled", {"base": 3})[:2] == [30, 60]


def test_a_call_with_the_wrong_type_or_number_of_arguments_is_null(decide: Callable[..., Any]) -> None:
    assert decide("Scaled", {"base": 3})[2:] == [None, None]


def test_a_function_may_call_itself(decide: Callable[..., Any]) -> None:
    assert decide("Factorial") == Decimal(3628800)


def test_a_function_that_calls_itself_without_end_is_stopped(decide: Callable[..., Any]) -> None:
    with pytest.raises(DecisionStopped):
        decide("Endless")


def test_a_java_function_is_never_run_and_gives_null_with_a_note(evaluated: Callable[..., Evaluation]) -> None:
    evaluation = evaluated("Java")
    assert evaluation.value is None
    assert "Java" in str(evaluation.notes[0].reason)
