from datetime import timedelta

from engine.facts.events import ElementCancelled, TimerScheduled, UserTaskCancelled
from tests.bpmn.cases import NOON, Run

BOUNDARY = "start s\nuser u\nboundary b on=u {}\nuser v\nend e\ns -> u -> e\nb -> v -> e"


def test_an_interrupting_timer_takes_the_task_away(run: Run) -> None:
    case = run(BOUNDARY.format("timer=PT1H"))
    case.pass_time(hours=1)
    assert case.tasks == ["v"]
    assert case.of(UserTaskCancelled)[0].reason == "interrupted"
    assert [(each.element, each.kind) for each in case.of(ElementCancelled)] == [("u", "userTask")]


def test_a_completed_task_is_not_interrupted_any_more(run: Run) -> None:
    case = run(BOUNDARY.format("timer=PT1H"))
    case.complete("u")
    assert case.outcome == "completed"
    assert case.due == []


def test_a_non_interrupting_timer_leaves_the_task_alone(run: Run) -> None:
    case = run(BOUNDARY.format("timer=PT1H nonInterrupting"))
    case.pass_time(hours=3)
    assert case.tasks == ["u", "v"]
    assert case.due == []


def test_a_non_interrupting_cycle_happens_again_and_again(run: Run) -> None:
    case = run(BOUNDARY.format("timer=R/PT1H nonInterrupting"))
    case.pass_time(hours=3)
    assert case.tasks == ["u", "v", "v", "v"]
    assert case.due == [NOON + timedelta(hours=4)]
    case.complete("u")
    assert case.due == []


def test_an_interrupting_cycle_happens_once(run: Run) -> None:
    case = run(BOUNDARY.format("timer=R/PT1H"))
    case.pass_time(hours=3)
    assert case.tasks == ["v"]
    assert len(case.of(TimerScheduled)) == 1


def test_a_message_brings_its_variables(run: Run) -> None:
    case = run(BOUNDARY.format("message=withdrawn"))
    case.send("withdrawn", {"reason": "price"})
    assert case.tasks == ["v"]
    assert case.variables == {"reason": "price"}


def test_a_non_interrupting_message_may_come_several_times(run: Run) -> None:
    case = run(BOUNDARY.format("message=hint nonInterrupting"))
    case.send("hint")
    case.send("hint")
    assert case.tasks == ["u", "v", "v"]


def test_a_condition_interrupts_when_it_becomes_true(run: Run) -> None:
    case = run(BOUNDARY.format("condition='amount > 5'"), {"amount": 1})
    case.set(amount=6)
    assert case.tasks == ["v"]


def test_a_non_interrupting_condition_happens_each_time_it_becomes_true(run: Run) -> None:
    case = run(BOUNDARY.format("condition='amount > 5' nonInterrupting"), {"amount": 1})
    for amount in (6, 7, 1, 8):
        case.set(amount=amount)
    assert case.tasks == ["u", "v", "v"]


def test_a_parallel_multiple_boundary_needs_all_its_events(run: Run) -> None:
    case = run(BOUNDARY.format("message=a signal=b parallelMultiple=true"))
    case.send("a")
    assert case.tasks == ["u"]
    case.send("b")
    assert case.tasks == ["v"]


def test_it_interrupts_everything_inside_a_sub_process(run: Run) -> None:
    case = run("""
        start s
        sub x {
            start t
            and f
            user a
            user b
            t -> f -> a
            f -> b
        }
        boundary b1 on=x timer=PT1H
        user v
        end e
        s -> x -> e
        b1 -> v -> e
        """)
    assert case.tasks == ["a", "b"]
    case.pass_time(hours=1)
    assert case.tasks == ["v"]
    assert {each.element for each in case.of(ElementCancelled)} == {"a", "b", "x"}


def test_it_interrupts_all_instances_of_a_loop(run: Run) -> None:
    case = run("start s\nuser u times=3\nboundary b on=u timer=PT1H\nuser v\nend e\ns -> u -> e\nb -> v -> e")
    assert case.tasks == ["u", "u", "u"]
    case.pass_time(hours=1)
    assert case.tasks == ["v"]


def test_outputs_of_the_boundary_decide_what_is_taken(run: Run) -> None:
    case = run(BOUNDARY.format("message=withdrawn out.why='=upper case(reason)'"))
    case.send("withdrawn", {"reason": "price"})
    assert case.variables == {"why": "PRICE"}
