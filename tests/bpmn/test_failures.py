from collections.abc import Callable

import pytest

from engine.bpmn import Execution, NotWaiting, StepFailed, start
from tests.bpmn.cases import NOON, Case, Surroundings, model_of

LINES = """
    start s
    user u
    script t script='{n: m + 1}' in.m='=missing'
    xor g
    end a
    end b
    s -> u -> t -> g
    g -> a : ok
    g -> b : not(ok)
    """


def test_a_failed_step_names_element_token_definition_and_cause() -> None:
    case = Case(LINES)
    with pytest.raises(StepFailed) as failed:
        case.complete("u")
    fault = failed.value
    assert (fault.element, fault.token, fault.definition) == ("g", 4, "main")
    assert "variable ok is missing" in str(fault.cause)


def test_the_state_before_a_failed_step_can_be_tried_again() -> None:
    case = Case(LINES)
    with pytest.raises(StepFailed):
        case.complete("u")
    case = Case(LINES)
    case.complete("u", {"ok": True})
    assert case.outcome == "completed"


def test_an_execution_that_failed_is_dead() -> None:
    case = Case(LINES, is_restored=False)
    with pytest.raises(StepFailed):
        case.complete("u")
    with pytest.raises(RuntimeError, match="restore the saved state"):
        case.execution.set_variables({"ok": True}, NOON)


def test_whatever_the_host_raises_is_a_failed_step() -> None:
    with pytest.raises(StepFailed, match="There is no process gone") as failed:
        Case("start s\ncall c calledElement=gone\nend e\ns -> c -> e")
    assert failed.value.element == "c"
    assert isinstance(failed.value.__cause__, LookupError)


def test_an_unknown_process_is_a_failed_step() -> None:
    with pytest.raises(StepFailed, match="no process nobody"):
        start(model_of(LINES), "nobody", "main", {}, now=NOON, host=Surroundings())


@pytest.mark.parametrize(
    "ask",
    [
        lambda each: each.complete(99, {}, NOON),
        lambda each: each.finish_job(2, {}, NOON),
        lambda each: each.fire(1, NOON),
        lambda each: each.deliver(1, {}, NOON),
        lambda each: each.raise_error(99, "E", "", {}, NOON),
        lambda each: each.set_variables({"a": 1}, NOON, token=99),
        lambda each: each.variables_of(99),
    ],
)
def test_asking_for_what_does_not_wait_is_refused_and_changes_nothing(ask: Callable[[Execution], object]) -> None:
    case = Case(LINES, is_restored=False)
    before = case.execution.save()
    with pytest.raises(NotWaiting):
        ask(case.execution)
    assert case.execution.save() == before
    case.complete("u", {"ok": True})
    assert case.outcome == "completed"


def test_an_ended_instance_is_neither_cancelled_nor_changed() -> None:
    case = Case("start s\nend e\ns -> e")
    with pytest.raises(NotWaiting):
        case.cancel()
    with pytest.raises(NotWaiting):
        case.set(x=1)


def test_an_expression_that_never_ends_is_a_failed_step() -> None:
    with pytest.raises(StepFailed) as failed:
        Case("""
            start s
            script t script='{n: count(for a in 1..10000, b in 1..10000 return a * b)}'
            end e
            s -> t -> e
            """)
    assert failed.value.element == "t"
