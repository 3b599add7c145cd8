from datetime import timedelta

import pytest

from engine.bpmn import StepFailed, Trigger
from tests.bpmn.cases import NOON, Run, model_of

SEVERAL = """
start byPerson liuzhuan:form=sales/lead
start byMessage message=order
start bySignal signal=alarm
start byTimer timer=R3/PT1H
user a
user b
user c
user d
end e
byPerson -> a -> e
byMessage -> b -> e
bySignal -> c -> e
byTimer -> d -> e
"""


def test_without_a_trigger_it_begins_at_the_none_start_event(run: Run) -> None:
    case = run(SEVERAL, {"x": 1})
    assert case.tasks == ["a"]
    assert case.waiting_for == []


@pytest.mark.parametrize(
    ("trigger", "task"),
    [
        (Trigger("message", "order"), "b"),
        (Trigger("signal", "alarm"), "c"),
        (Trigger("timer", element="byTimer"), "d"),
        (Trigger("message", element="byMessage"), "b"),
        (Trigger("none"), "a"),
    ],
)
def test_a_trigger_begins_at_its_start_event(run: Run, trigger: Trigger, task: str) -> None:
    assert run(SEVERAL, trigger=trigger).tasks == [task]


def test_a_trigger_without_its_start_event_is_a_failed_step(run: Run) -> None:
    with pytest.raises(StepFailed, match="no start event for message invoice"):
        run(SEVERAL, trigger=Trigger("message", "invoice"))


def test_a_process_that_does_not_start_by_itself_says_how_it_starts(run: Run) -> None:
    with pytest.raises(StepFailed, match="does not start by itself, only by byMessage"):
        run("start byMessage message=order\nend e\nbyMessage -> e")


def test_the_start_triggers_are_known_without_running() -> None:
    process = model_of(SEVERAL).processes["p"]
    assert [(each.element, each.kind, each.name) for each in process.start_triggers] == [
        ("byPerson", "none", None),
        ("byMessage", "message", "order"),
        ("bySignal", "signal", "alarm"),
        ("byTimer", "timer", "R3/PT1H"),
    ]
    assert process.start_form == "sales/lead"
    timer = process.start_triggers[-1]
    hours = [NOON + timedelta(hours=number) for number in range(4)]
    assert timer.first_due(NOON) == hours[1]
    assert [timer.next_due(NOON, fired, hours[fired + 1]) for fired in range(3)] == [(hours[2], 1), (hours[3], 2), (None, 3)]
    assert timer.next_due(NOON, 0, hours[2]) == (hours[3], 2)


def test_two_none_start_events_both_begin(run: Run) -> None:
    assert run("start s\nstart t\nuser a\nuser b\nend e\ns -> a -> e\nt -> b -> e").tasks == ["a", "b"]


def test_an_element_without_incoming_flow_begins_too(run: Run) -> None:
    assert run("user a\nend e\na -> e").tasks == ["a"]


def test_a_timer_start_may_be_an_expression_without_variables() -> None:
    process = model_of("start s timer='=duration(\"PT2H\")'\nend e\ns -> e").processes["p"]
    assert process.start_triggers[0].first_due(NOON) == NOON + timedelta(hours=2)
