import pytest

from engine.bpmn import StepFailed
from tests.bpmn.cases import Run

LOOP = "start s\nuser u {}\nuser v\nend e\ns -> u -> v -> e"


def test_it_goes_round_while_its_condition_is_true(run: Run) -> None:
    case = run(LOOP.format("loop='again'"))
    case.complete("u", {"again": True})
    assert case.tasks == ["u"]
    case.complete("u", {"again": False})
    assert case.tasks == ["v"]


def test_it_goes_round_at_most_so_many_times(run: Run) -> None:
    case = run(LOOP.format("loopMaximum=2"))
    case.complete("u")
    case.complete("u")
    assert case.tasks == ["v"]


def test_a_condition_tested_before_may_leave_it_out(run: Run) -> None:
    assert run(LOOP.format("loop='again' testBefore"), {"again": False}).tasks == ["v"]


def test_the_counter_is_local(run: Run) -> None:
    case = run(
        """
        start s
        script t script='{seen: append(seen, loopCounter)}' loop='loopCounter < 3'
        end e
        s -> t -> e
        """,
        {"seen": []},
    )
    assert case.variables == {"seen": [0, 1, 2]}


def test_ten_thousand_rounds_run_flat(run: Run) -> None:
    case = run("start s\nscript t script='{n: n + 1}' loop='n < 10000'\nend e\ns -> t -> e", {"n": 0})
    assert case.variables == {"n": 10000}


def test_a_condition_that_cannot_be_decided_is_a_failed_step(run: Run) -> None:
    case = run(LOOP.format("loop='again'"))
    with pytest.raises(StepFailed, match="variable again is missing"):
        case.complete("u")
