"""Moving tokens by hand, and what is refused."""

from collections.abc import Sequence

import pytest

from engine.bpmn import MoveRefused, MoveTarget, StepFailed
from engine.facts.events import ElementCancelled, ElementCompleted, UserTaskCancelled
from tests.bpmn.cases import Run, Surroundings, model_of
from tests.bpmn.writing import bpmn

LINE = "start s\nuser a\nuser b\nuser c\nend e\ns -> a -> b -> c -> e"
FORK = """
start s
and f
user a
user b
and j
user c
end e
s -> f
f -> a -> j
f -> b -> j
j -> c -> e
"""
NESTED = """
start s
user a
sub x {
start xs
user b
sub y {
start ys
user c
ys -> c
}
xs -> b -> y
on h {
start hs nonInterrupting message=news
user hu
hs -> hu
}
}
boundary late on=x timer=PT1H
user d
user after
end e
s -> a -> x -> after -> e
late -> d
"""


def refused(why: str) -> pytest.RaisesExc[MoveRefused]:
    return pytest.raises(MoveRefused, match=why)


# ---------------------------------------------------------------------- along a line
@pytest.mark.parametrize(("to", "tasks"), [("c", ["c"]), ("after b", ["c"]), ("after s", ["a"]), ("on a_b", ["b"]), ("s", ["a"])])
def test_a_token_goes_forward_or_back(run: Run, to: str, tasks: list[str]) -> None:
    case = run(LINE)
    case.complete("a")
    case.move("b", to=[to])
    assert case.tasks == tasks
    assert [each.element for each in case.of(UserTaskCancelled)] == ["b"]


def test_what_is_moved_goes_on_to_the_end(run: Run) -> None:
    case = run(LINE)
    case.move("a", to=["c"])
    case.complete("c")
    assert case.outcome == "completed"
    assert "b" not in case.path


def test_an_element_that_is_passed_by_after_it_was_not_completed(run: Run) -> None:
    case = run(LINE)
    case.move("a", to=["after b"])
    assert [each.element for each in case.of(ElementCompleted)] == ["s"]


def test_after_a_gateway_the_path_is_chosen_by_the_variables(run: Run) -> None:
    case = run(
        "start s\nuser a\nxor g\nuser b\nuser c\ns -> a -> g\ng -> b : big\ng -> c : not(big)",
        {"big": False},
    )
    case.move("a", to=["after g"])
    assert case.tasks == ["c"]


def test_a_choice_that_cannot_be_made_is_a_failed_step(run: Run) -> None:
    case = run("start s\nuser a\nxor g\nuser b\nuser c\ns -> a -> g\ng -> b : big\ng -> c : not(big)")
    with pytest.raises(StepFailed, match="variable big is missing") as failed:
        case.move("a", to=["after g"])
    assert failed.value.element == "g"


def test_several_tokens_can_begin_at_once(run: Run) -> None:
    case = run(FORK)
    case.move("a", "b", to=["c", "a", "b"])
    assert case.tasks == ["c", "a", "b"]


# ---------------------------------------------------------------------- branches and joins
def test_a_parallel_branch_stays_where_it_is(run: Run) -> None:
    case = run(FORK)
    case.move("a", to=["on a_j"])
    assert case.tasks == ["b"]
    case.complete("b")
    assert case.tasks == ["c"]


def test_a_token_that_waits_at_a_join_can_be_taken_away(run: Run) -> None:
    case = run(FORK)
    case.complete("a")
    case.move("j", to=["a"])
    assert case.tasks == ["b", "a"]
    case.complete("a")
    case.complete("b")
    assert case.tasks == ["c"]


def test_before_a_join_the_sequence_flow_has_to_be_named(run: Run) -> None:
    case = run(FORK)
    with refused("j joins several sequence flows. Start on one of them: a_j, b_j."):
        case.move("a", to=["j"])


def test_a_move_that_lets_a_join_wait_for_ever_fails(run: Run) -> None:
    case = run(FORK)
    case.complete("a")
    with pytest.raises(StepFailed, match="waits for ever"):
        case.move("b", to=["e"])


def test_an_inclusive_join_does_not_wait_for_what_was_taken_away(run: Run) -> None:
    case = run(FORK.replace("and ", "or "))
    case.complete("a")
    case.move("b", to=["c"])
    assert case.tasks == ["c", "c"]


# ---------------------------------------------------------------------- scopes
def test_sub_processes_around_the_target_are_opened(run: Run) -> None:
    case = run(NESTED)
    case.move("a", to=["c"])
    assert case.tasks == ["c"]
    assert [(each.element, each.state) for each in case.execution.tokens()] == [
        ("x", "active"),
        ("y", "active"),
        ("c", "waiting"),
    ]
    assert case.waiting_for == ["news"]
    case.complete("c")
    assert case.tasks == ["after"]


def test_boundary_events_of_an_opened_sub_process_work(run: Run) -> None:
    case = run(NESTED)
    case.move("a", to=["c"])
    case.pass_time(hours=2)
    assert case.tasks == ["d"]


def test_inside_an_open_sub_process_nothing_is_opened_twice(run: Run) -> None:
    case = run(NESTED)
    case.complete("a")
    case.move("b", to=["c"])
    assert [each.element for each in case.execution.tokens()] == ["x", "y", "c"]


def test_a_sub_process_that_is_left_by_all_is_cancelled_not_completed(run: Run) -> None:
    case = run(NESTED)
    case.complete("a")
    case.complete("b")
    case.move("c", to=["a"])
    assert case.tasks == ["a"]
    assert [each.element for each in case.of(ElementCancelled)] == ["c", "y", "x"]
    assert (case.due, case.waiting_for) == ([], [])


def test_a_sub_process_is_cancelled_with_everything_inside(run: Run) -> None:
    case = run(NESTED)
    case.complete("a")
    case.send("news")
    case.move("x", to=["after x"])
    assert case.tasks == ["after"]


def test_an_event_sub_process_begins_by_its_event_only(run: Run) -> None:
    case = run(NESTED)
    case.complete("a")
    state = case.execution.save()
    for target in ("hu", "hs", "h"):
        with refused("its event"):
            case.move(to=[target])
        case.reload(state)
    case.send("news")
    case.move("hu", to=["hu"])
    assert case.tasks == ["b", "hu"]


def test_what_an_event_sub_process_has_interrupted_goes_on_only_without_it(run: Run) -> None:
    case = run(NESTED.replace("nonInterrupting message", "message"))
    case.complete("a")
    case.send("news")
    state = case.execution.save()
    with refused("event sub-process h has interrupted"):
        case.move(to=["b"])
    case.reload(state)
    case.move("h", to=["b"])
    assert (case.tasks, case.waiting_for) == (["b"], ["news"])


def test_data_objects_and_inputs_of_an_opened_sub_process_are_there(run: Run) -> None:
    case = run("start s\nuser a\nsub x in.room='=wish' {\nstart xs\nuser b\nxs -> b\n}\ns -> a -> x", {"wish": 7})
    case.move("a", to=["b"])
    assert case.execution.variables_of(case.execution.waiting()[0].token)["room"] == 7


# ---------------------------------------------------------------------- multi-instance
ROOMS = """
start s
user a
sub x each="=rooms" as=room {
start xs
user b
user c
xs -> b -> c
}
user d
s -> a -> x -> d
"""


def test_a_multi_instance_is_moved_as_a_whole(run: Run) -> None:
    case = run(ROOMS, {"rooms": [1, 2]})
    case.complete("a")
    case.move("x", to=["d"])
    assert case.tasks == ["d"]
    case.move("d", to=["x"])
    assert case.tasks == ["b", "b"]


def test_inside_of_one_instance_a_token_moves_by_the_number_of_its_scope(run: Run) -> None:
    case = run(ROOMS, {"rooms": [1, 2]})
    case.complete("a")
    first = next(each for each in case.execution.tokens() if each.element == "b")
    state = case.execution.save()
    with refused("c lies in 2 open scopes. Name one by its token"):
        case.move(first.token, to=["c"])
    case.reload(state)
    case.move(first.token, to=[MoveTarget("c", scope=first.scope)])
    assert sorted(case.tasks) == ["b", "c"]


@pytest.mark.parametrize(("cancel", "to"), [("instance", "d"), ("inside", "d")])
def test_one_instance_is_not_taken_out_of_a_multi_instance(run: Run, cancel: str, to: str) -> None:
    case = run(ROOMS, {"rooms": [1, 2]})
    case.complete("a")
    first = next(each for each in case.execution.tokens() if each.element == "b")
    with refused("Cancel x as a whole"):
        case.move(first.scope if cancel == "instance" else first.token, to=[to])


def test_into_a_multi_instance_that_is_not_active_nobody_gets(run: Run) -> None:
    case = run(ROOMS, {"rooms": [1, 2]})
    with refused("x is a multi-instance or loop that is not active. Start before x."):
        case.move("a", to=["c"])


# ---------------------------------------------------------------------- refused
@pytest.mark.parametrize(
    ("cancel", "to", "why"),
    [
        ([], [], "neither what to cancel nor where to start"),
        (["a"], [], "nothing would be left to do"),
        (["zzz"], ["b"], "nothing is at zzz"),
        ([99], ["b"], "nothing is at 99"),
        (["b"], ["c"], "nothing is at b"),
        (["a"], ["zzz"], "has no element zzz"),
        (["a"], ["on zzz"], "has no sequence flow zzz"),
        (["a"], ["after e"], "nothing follows e"),
        (["a"], [MoveTarget("b", scope=77)], "Name one by its token: 0"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(
    run: Run, cancel: Sequence[int | str], to: Sequence[str | MoveTarget], why: str
) -> None:
    case = run(LINE)
    with refused(why):
        case.move(*cancel, to=to)


def test_boundary_events_compensations_and_choices_are_not_begun_by_hand(run: Run) -> None:
    lines = """
    start s
    user a
    boundary late on=a timer=PT1H
    user d
    boundary ca on=a compensate
    user undo isForCompensation=true
    wait g
    catch m message=m
    catch n message=n
    throw t compensate
    end e
    s -> a -> g
    g -> m -> t -> e
    g -> n -> e
    late -> d
    ca ~> undo
    """
    for target, why in (("late", "happens to its activity"), ("undo", "undoes another activity"), ("after g", "is not known")):
        with refused(why):
            run(lines).move("a", to=[target])
    case = run(lines)
    case.move("a", to=["after late", "m"])
    assert (case.tasks, case.waiting_for) == (["d"], ["m"])


def test_a_compensation_comes_to_its_end_first(run: Run) -> None:
    lines = """
    start s
    user a
    boundary ca on=a compensate
    user undo isForCompensation=true
    throw t compensate
    end e
    s -> a -> t -> e
    ca ~> undo
    """
    for what in ("undo", "t"):
        case = run(lines)
        case.complete("a")
        with refused("takes part in a compensation"):
            case.move(what, to=["a"])


def test_an_ended_instance_is_not_moved(run: Run) -> None:
    case = run("start s\nend e\ns -> e")
    with pytest.raises(Exception, match="the process instance of the process instance is not open"):
        case.move(to=["s"])


def test_inside_a_called_process_only_while_it_is_called(run: Run) -> None:
    host = Surroundings(called=model_of(bpmn("start ks\nuser k1\nuser k2\nks -> k1 -> k2", id="k")))
    lines = "start s\nuser a\ncall k0 calledElement=k\nuser b\ns -> a -> k0 -> b"
    with refused("has no element k2, or it is not open now"):
        run(lines, host=host).move("a", to=["k2"])
    case = run(lines, host=host)
    case.complete("a")
    case.move("k1", to=["k2"])
    assert case.tasks == ["k2"]
    case.move("k2", to=["b"])
    assert case.tasks == ["b"]
