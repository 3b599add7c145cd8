"""Decision requirements: what a decision sees, and in which order decisions are evaluated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.dmn import Evaluation, Model, evaluate, read
from engine.facts.errors import NotFound
from engine.feel import compile_expression


def test_required_decisions_are_evaluated_first_and_once(evaluated: Callable[..., Evaluation]) -> None:
    evaluation = evaluated("Affordable", {"income": 1000, "other costs": 100})
    assert evaluation.value is True
    assert [decision.name for decision in evaluation.trace] == ["Spare", "Spare again", "Affordable"]


def test_the_trace_names_what_each_decision_required(evaluated: Callable[..., Evaluation]) -> None:
    last = evaluated("Affordable", {"income": 1000, "other costs": 100}).trace[-1]
    assert last.inputs == {"Spare": 900, "Spare again": 900}
    assert last.value is True


def test_a_missing_input_is_null_with_a_note(evaluated: Callable[..., Evaluation]) -> None:
    evaluation = evaluated("Spare", {"income": 1000})
    assert evaluation.value is None
    assert "No value was given for 'other costs'; it is null." in [str(note.reason) for note in evaluation.notes]


def test_a_name_without_requirement_is_read_from_the_values_given(decide: Callable[..., Any]) -> None:
    assert decide("Season Dish", {"season": "winter"}) == "stew"


def test_a_name_without_requirement_is_a_warning(request: pytest.FixtureRequest) -> None:
    problems = read(request.path.with_name("requirements.dmn").read_bytes()).problems
    assert ("name-undeclared", "Season_Dish") in [(problem.rule, problem.where) for problem in problems if problem.is_warning]


def test_a_decision_without_logic_is_null_and_a_warning(model: Model, decide: Callable[..., Any]) -> None:
    assert decide("Without Logic") is None
    assert decide("After Without Logic") is True


def test_the_clock_is_the_one_given(model: Model) -> None:
    moment = datetime(2026, 2, 28, 23, 0, tzinfo=UTC)
    assert evaluate(model, "The Time", {}, now=moment).value == compile_expression('date("2026-02-28")').evaluate({})


def test_a_decision_is_found_by_its_id_and_by_its_name(model: Model) -> None:
    assert (
        evaluate(model, "Season_Dish", {"season": "winter"}).value == evaluate(model, "Season Dish", {"season": "winter"}).value
    )


def test_an_unknown_decision_is_refused(model: Model) -> None:
    with pytest.raises(NotFound, match="no decision Nothing"):
        evaluate(model, "Nothing", {})
