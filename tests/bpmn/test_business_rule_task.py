from collections.abc import Callable, Mapping
from typing import Any

import pytest

from engine.bpmn import StepFailed
from engine.facts.events import DecisionEvaluated
from tests.bpmn.cases import Run, Surroundings

RULE = "start s\nrule r liuzhuan:decision=tier {more}\nend e\ns -> r -> e"


def deciding(result: Callable[[Mapping[str, Any]], Any]) -> Surroundings:
    host = Surroundings()
    host.decisions["tier"] = lambda variables: result(variables)
    return host


def test_the_result_goes_into_the_result_variable(run: Run) -> None:
    host = deciding(lambda v: "high" if v["amount"] > 10 else "low")
    case = run(RULE.format(more="liuzhuan:resultVariable=level"), {"amount": 20}, host=host)
    assert case.variables["level"] == "high"
    evaluated = case.of(DecisionEvaluated)[0]
    assert (evaluated.decision, evaluated.trace) == ("tier", {"decision": "tier"})


def test_the_entries_of_a_context_become_variables_without_a_result_variable(run: Run) -> None:
    case = run(RULE.format(more=""), host=deciding(lambda v: {"approver": "cfo", "days": 3}))
    assert case.variables == {"approver": "cfo", "days": 3}


def test_a_plain_result_without_result_variable_is_a_failed_step(run: Run) -> None:
    with pytest.raises(StepFailed, match="give the element a result variable"):
        run(RULE.format(more=""), host=deciding(lambda v: 3))


def test_the_binding_and_version_reach_the_host(run: Run) -> None:
    host = deciding(lambda v: None)
    run(RULE.format(more="liuzhuan:binding=version liuzhuan:version=4"), host=host)
    assert host.asked == [("tier", "version", 4)]


def test_a_decision_that_fails_is_a_failed_step_at_its_element(run: Run) -> None:
    with pytest.raises(StepFailed, match="tier") as failed:
        run(RULE.format(more=""), host=Surroundings())
    assert failed.value.element == "r"
