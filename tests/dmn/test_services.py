"""Decision services, invoked from outside and as functions (DMN 1.5, clause 10.4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.dmn import Model, evaluate_service
from engine.facts.errors import NotFound


def test_input_decisions_are_given_not_evaluated(model: Model) -> None:
    evaluation = evaluate_service(model, "Greeting Service", {"name": "Li", "Title": "Ms."})
    assert evaluation.value == "Dear Ms. Li"
    assert [decision.name for decision in evaluation.trace] == ["Polite", "Greeting"]


def test_an_input_decision_that_is_not_given_is_null(model: Model) -> None:
    assert evaluate_service(model, "Greeting Service", {"name": "Li"}).value is None


def test_an_argument_of_the_wrong_type_is_null(model: Model) -> None:
    assert evaluate_service(model, "Greeting Service", {"name": "Li", "Title": 7}).value is None


def test_several_output_decisions_give_a_context(model: Model) -> None:
    assert evaluate_service(model, "Both", {"name": "Li"}).value == {"Greeting": "Dear Dr. Li", "Title": "Dr."}


def test_arguments_by_position_are_the_input_data_before_the_input_decisions(decide: Callable[..., Any]) -> None:
    assert decide("By Position") == "Dear Ms. Li"
    assert decide("By Name") == "Dear Ms. Li"


@pytest.mark.parametrize("name", ["Wrong Type", "Too Few"])
def test_a_call_with_wrong_arguments_is_null(decide: Callable[..., Any], name: str) -> None:
    assert decide(name) is None


def test_what_is_given_to_a_service_does_not_leave_it(decide: Callable[..., Any]) -> None:
    assert decide("Apart") == {"inside": "Dear Ms. Li", "outside": "Dr."}


def test_an_unknown_service_is_refused(model: Model) -> None:
    with pytest.raises(NotFound, match="no decision service Nothing"):
        evaluate_service(model, "Nothing", {})
