import pytest

from engine.bpmn import StepFailed
from tests.bpmn.cases import Run

CHOICE = """
start s
or g default=g_default
user a
user b
user c
or j
user d
end e
s -> g
g -> a : x > 1
g -> b : x > 2
g -> c : default
a -> j
b -> j
c -> j
j -> d -> e
"""


@pytest.mark.parametrize(("x", "tasks"), [(3, ["a", "b"]), (2, ["a"]), (0, ["c"])])
def test_every_true_flow_is_taken_and_the_join_waits_for_just_these(run: Run, x: int, tasks: list[str]) -> None:
    case = run(CHOICE, {"x": x})
    assert case.tasks == tasks
    for task in tasks:
        assert case.tasks != ["d"]
        case.complete(task)
    assert case.tasks == ["d"]


def test_no_true_flow_is_a_failed_step(run: Run) -> None:
    lines = "start s\nor g\nuser a\nuser b\nend e\ns -> g\ng -> a : x > 1\ng -> b : x > 2\na -> e\nb -> e"
    with pytest.raises(StepFailed, match="none is the default"):
        run(lines, {"x": 0})


def test_it_waits_for_a_token_that_is_still_on_its_way_through_a_loop(run: Run) -> None:
    case = run(
        """
        start s
        and f
        user a
        xor again default=again_default
        user b
        or j
        user d
        end e
        s -> f -> a -> again
        again -> a : redo
        again -> j : default
        f -> b -> j
        j -> d -> e
        """,
        {"redo": True},
    )
    case.complete("b")
    case.complete("a")
    assert case.tasks == ["a"]
    case.complete("a", {"redo": False})
    assert case.tasks == ["d"]


def test_a_token_that_dies_elsewhere_lets_the_join_go_on(run: Run) -> None:
    case = run("""
        start s
        and f
        user a
        user b
        xor x default=x_default
        or j
        user d
        end e
        end out
        s -> f -> a -> j
        f -> b -> x
        x -> j : join
        x -> out : default
        j -> d -> e
        """)
    case.complete("a")
    assert case.tasks == ["b"]
    case.complete("b", {"join": False})
    assert case.tasks == ["d"]


def test_a_boundary_event_counts_as_a_way_to_the_join(run: Run) -> None:
    case = run("""
        start s
        and f
        user a
        user b
        boundary t on=b timer=PT1H
        or j
        user d
        end e
        end out
        s -> f -> a -> j
        f -> b -> out
        t -> j
        j -> d -> e
        """)
    case.complete("a")
    assert case.tasks == ["b"]
    case.pass_time(hours=1)
    assert case.tasks == ["d"]
