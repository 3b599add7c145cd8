"""Conditional start events: what holds starts a process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import process_instances
from engine.facts.errors import Invalid, NotAllowed, NotFound, StepRefused
from engine.messaging import conditions
from engine.process_instances import ProcessInstanceFilter
from tests.engine.company import ALICE, OTTO
from tests.engine.conftest import Working
from tests.engine.reading import variables_of

Deploy = Callable[..., Any]


def test_every_process_whose_condition_holds_is_started_with_the_variables(working: Working, deploy: Deploy) -> None:
    deploy("frost.bpmn", "heat.bpmn", "review.bpmn")
    with working(OTTO) as work:
        (started,) = conditions.evaluate(work, {"temperature": -5, "place": "Harbin"}, business_key="W-1")
    assert (started.key, started.business_key, started.initiator) == ("frost", "W-1", OTTO.id)
    with working(OTTO) as work:
        variables = variables_of(work, started.id)
        assert (variables["temperature"], variables["place"]) == (-5, "Harbin")


def test_several_begin_together(working: Working, deploy: Deploy) -> None:
    deploy("frost.bpmn", "heat.bpmn")
    with working(OTTO) as work:
        assert [each.key for each in conditions.evaluate(work, {"temperature": -60})] == ["frost", "heat"]
    with working(OTTO) as work:
        assert len(process_instances.list_(work, ProcessInstanceFilter()).items) == 2


@pytest.mark.parametrize("variables", [{"temperature": 20}, {}, {"temperature": None}, {"temperature": "cold"}])
def test_nothing_begins_when_no_condition_is_true(working: Working, deploy: Deploy, variables: dict[str, Any]) -> None:
    deploy("frost.bpmn")
    with working(OTTO) as work:
        assert conditions.evaluate(work, variables) == ()


def test_one_process_can_be_asked_alone(working: Working, deploy: Deploy) -> None:
    deploy("frost.bpmn", "heat.bpmn")
    with working(OTTO) as work:
        assert [each.key for each in conditions.evaluate(work, {"temperature": -60}, key="heat")] == ["heat"]
    with pytest.raises(NotFound), working(OTTO) as work:
        conditions.evaluate(work, {}, key="rain")


def test_evaluating_needs_the_right_to_operate(working: Working, deploy: Deploy) -> None:
    deploy("frost.bpmn")
    with pytest.raises(NotAllowed), working(ALICE) as work:
        conditions.evaluate(work, {"temperature": -5})


def test_a_business_key_has_a_length(working: Working) -> None:
    with pytest.raises(Invalid, match="business key"), working(OTTO) as work:
        conditions.evaluate(work, {}, business_key="")


def test_one_that_cannot_be_started_starts_none(working: Working, deploy: Deploy) -> None:
    deploy("frost.bpmn", "storm.bpmn")
    with pytest.raises(StepRefused), working(OTTO) as work:
        conditions.evaluate(work, {"temperature": -5})
    with working(OTTO) as work:
        assert process_instances.list_(work, ProcessInstanceFilter()).items == ()


def test_such_a_process_does_not_start_by_hand(working: Working, deploy: Deploy) -> None:
    deploy("frost.bpmn")
    with pytest.raises(StepRefused, match="does not start by itself, only by start"), working(OTTO) as work:
        process_instances.start(work, "frost", {"temperature": -5})
