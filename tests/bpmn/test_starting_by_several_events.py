"""Processes that begin by one of several events and wait for the others (BPMN §10.5.2, §10.6.6)."""

import pytest

from engine.bpmn import StepFailed, Trigger, read
from tests.bpmn.cases import Run, model_of
from tests.bpmn.writing import bpmn

TOGETHER = """
wait g instantiate=true eventGatewayType=Parallel
catch m message=order/orderNo
catch n message=payment/orderNo
receive r message=address/orderNo
user a
user b
user c
end e
end f
end h
g -> m -> a -> e
g -> n -> b -> f
g -> r -> c -> h
"""


@pytest.mark.parametrize(
    ("first", "others", "tasks"),
    [
        ("order", ["payment", "address"], "abc"),
        ("payment", ["address", "order"], "bca"),
        ("address", ["order", "payment"], "cab"),
    ],
)
def test_the_first_event_of_a_parallel_gateway_starts_it_and_the_others_are_waited_for(
    run: Run, first: str, others: list[str], tasks: str
) -> None:
    case = run(TOGETHER, {"orderNo": "N-1"}, trigger=Trigger("message", first))
    assert case.tasks == list(tasks[0])
    assert sorted(case.waiting_for) == sorted(others)
    for other in others:
        case.send(other, {"from": other}, key="N-1")
    assert case.tasks == list(tasks)
    assert case.variables["from"] == others[-1]


def test_it_ends_when_every_event_has_come_and_every_path_is_done(run: Run) -> None:
    case = run(TOGETHER, {"orderNo": "N-1"}, trigger=Trigger("message", "order"))
    case.complete("a")
    assert case.outcome is None
    for message, task in (("payment", "b"), ("address", "c")):
        case.send(message, key="N-1")
        case.complete(task)
    assert case.outcome == "completed"


def test_without_the_key_that_the_others_are_found_by_it_does_not_start(run: Run) -> None:
    with pytest.raises(StepFailed, match="the correlation key of message payment is null"):
        run(TOGETHER, trigger=Trigger("message", "order"))


def test_an_exclusive_gateway_waits_for_no_other_event(run: Run) -> None:
    case = run(TOGETHER.replace("Parallel", "Exclusive"), {"orderNo": 1}, trigger=Trigger("message", "payment"))
    assert (case.tasks, case.waiting_for) == (["b"], [])


def test_every_event_of_the_gateway_is_a_start_trigger() -> None:
    process = model_of(TOGETHER).processes["p"]
    assert [(each.element, each.kind, each.name) for each in process.start_triggers] == [
        ("m", "message", "order"),
        ("n", "message", "payment"),
        ("r", "message", "address"),
    ]
    assert read(bpmn(TOGETHER)).problems == ()


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (TOGETHER.replace("instantiate=true ", "") + "start s\ns -> g", "only where it starts a process"),
        (TOGETHER + "start s\ns -> g", "has no incoming sequence flow"),
    ],
)
def test_a_gateway_that_neither_starts_nor_chooses_is_refused(lines: str, sentence: str) -> None:
    problems = [each for each in read(bpmn(lines)).errors if each.rule == "event-based-gateway"]
    assert [problem.where for problem in problems] == ["g"]
    assert sentence in str(problems[0].sentence)


# ---------------------------------------------------------------------- parallel multiple start events
ALL = "start s message=order/orderNo message2=payment/orderNo signal=opened parallelMultiple=true\nuser a\nend e\ns -> a -> e"


@pytest.mark.parametrize("first", [Trigger("message", "order"), Trigger("message", "payment"), Trigger("signal", "opened")])
def test_a_parallel_multiple_start_event_is_begun_by_one_and_passed_when_all_have_come(run: Run, first: Trigger) -> None:
    case = run(ALL, {"orderNo": 7}, trigger=first)
    assert case.tasks == []
    others = [("order", "7"), ("payment", "7"), ("opened", None)]
    for name, key in others:
        if name != first.name:
            assert case.tasks == []
            case.send(name, {name: True}, key=key)
    assert case.tasks == ["a"]
    assert {name for name, _ in others} - {first.name} <= case.variables.keys()
    assert case.waiting_for == []


def test_a_trigger_that_names_the_start_event_counts_as_the_event_of_its_kind(run: Run) -> None:
    case = run(ALL, {"orderNo": 7}, trigger=Trigger("signal", "opened", "s"))
    assert sorted(case.waiting_for) == ["order", "payment"]


def test_a_multiple_start_event_needs_one_of_its_events(run: Run) -> None:
    case = run(ALL.replace("parallelMultiple=true", ""), {"orderNo": 7}, trigger=Trigger("message", "payment"))
    assert (case.tasks, case.waiting_for) == (["a"], [])


def test_a_timer_may_be_the_last_of_several_events(run: Run) -> None:
    case = run("start s message=m timer=P1D parallelMultiple=true\nuser a\ns -> a", trigger=Trigger("message", "m"))
    case.pass_time(days=2)
    assert (case.tasks, case.due) == (["a"], [])


# ---------------------------------------------------------------------- instantiating receive tasks
def test_a_receive_task_that_starts_the_process_has_its_message_already(run: Run) -> None:
    case = run("receive r message=order instantiate=true\nuser a\nr -> a", {"n": 1}, trigger=Trigger("message", "order"))
    assert (case.tasks, case.waiting_for) == (["a"], [])
