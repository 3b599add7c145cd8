from datetime import timedelta

from engine.facts.events import SubscriptionClosed, TimerScheduled
from tests.bpmn.cases import NOON, Run


def test_it_waits_for_a_message(run: Run) -> None:
    case = run("start s\ncatch c message=paid\nuser u\nend e\ns -> c -> u -> e")
    assert case.tasks == []
    case.send("paid", {"sum": 1})
    assert case.tasks == ["u"]
    assert case.variables == {"sum": 1}


def test_the_first_of_several_events_is_enough(run: Run) -> None:
    case = run("start s\ncatch c message=paid timer=P1D\nuser u\nend e\ns -> c -> u -> e")
    case.pass_time(days=1)
    assert case.tasks == ["u"]
    assert case.waiting_for == []


def test_a_parallel_multiple_event_waits_for_all_of_them(run: Run) -> None:
    case = run("start s\ncatch c message=paid signal=shipped parallelMultiple=true\nuser u\nend e\ns -> c -> u -> e")
    case.send("shipped", {"by": "rail"})
    assert case.tasks == []
    assert case.waiting_for == ["paid"]
    case.send("paid", {"sum": 2})
    assert case.tasks == ["u"]
    assert case.variables == {"by": "rail", "sum": 2}


def test_a_repeating_timer_lets_one_token_go_each_time(run: Run) -> None:
    case = run("start s\ncatch c timer=R3/PT1H\nuser u\nend e\ns -> c -> u -> e")
    case.pass_time(hours=2)
    assert case.tasks == ["u", "u"]
    assert case.due == [NOON + timedelta(hours=3)]
    case.pass_time(hours=5)
    assert case.tasks == ["u", "u", "u"]
    assert case.due == []
    assert {each.subscription for each in case.of(TimerScheduled)} == {1}
    assert len(case.of(SubscriptionClosed)) == 1


def test_a_token_let_go_by_a_repeating_timer_comes_to_a_join_by_its_sequence_flow(run: Run) -> None:
    lines = "start s\nand f\ncatch c timer=R3/PT1H\nuser u\nor j\nuser v\nend e\ns -> f -> c -> j -> v -> e\nf -> u -> j"
    case = run(lines)
    case.pass_time(hours=1)
    case.complete("u")
    assert case.tasks == ["v"]


def test_a_condition_happens_when_it_becomes_true(run: Run) -> None:
    case = run("start s\ncatch c condition='stock > 10'\nuser u\nend e\ns -> c -> u -> e", {"stock": 1})
    case.set(stock=5)
    assert case.tasks == []
    case.set(stock=11)
    assert case.tasks == ["u"]


def test_a_condition_whose_variable_comes_later_waits(run: Run) -> None:
    case = run("start s\ncatch c condition='stock > 10'\nuser u\nend e\ns -> c -> u -> e")
    assert case.tasks == []
    case.set(stock=11)
    assert case.tasks == ["u"]


def test_a_condition_that_is_true_already_happens_at_once(run: Run) -> None:
    assert run(
        """
        start s
        catch c condition='stock > 10'
        user u
        end e
        s -> c -> u -> e
        """,
        {"stock": 11},
    ).tasks == ["u"]


def test_a_task_elsewhere_makes_the_condition_true(run: Run) -> None:
    case = run("start s\nand f\nuser a\ncatch c condition=ready\nuser b\nend e\ns -> f -> a -> e\nf -> c -> b -> e")
    case.complete("a", {"ready": True})
    assert case.tasks == ["b"]
