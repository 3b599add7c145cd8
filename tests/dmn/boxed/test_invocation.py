"""Boxed invocations of business knowledge models."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.dmn import Evaluation


def test_arguments_are_bound_by_name(decide: Callable[..., Any]) -> None:
    assert decide("Monthly", {"loan": 1200}) == Decimal(100)


def test_an_unknown_parameter_gives_null_with_a_note(evaluated: Callable[..., Evaluation]) -> None:
    evaluation = evaluated("Unknown Parameter", {"loan": 1200})
    assert evaluation.value is None
    assert "years" in str(evaluation.notes[0].reason)


def test_an_argument_of_the_wrong_type_gives_null_with_a_note(evaluated: Callable[..., Evaluation]) -> None:
    evaluation = evaluated("Wrong Argument", {"loan": 1200})
    assert evaluation.value is None
    assert "number of months" in str(evaluation.notes[0].reason)


def test_invoking_what_is_no_function_gives_null_with_a_note(evaluated: Callable[..., Evaluation]) -> None:
    evaluation = evaluated("Not a Function", {"loan": 1200})
    assert evaluation.value is None
    assert "not a function" in str(evaluation.notes[0].reason)
