import pytest

from engine.bpmn import StepFailed
from engine.facts.events import ElementEntered
from tests.bpmn.cases import Run

SPLIT = "start s\nand f\nuser a\nuser b\nand j\nuser c\nend e\ns -> f -> a -> j\nf -> b -> j\nj -> c -> e"


def test_every_path_is_taken_and_joined(run: Run) -> None:
    case = run(SPLIT)
    assert case.tasks == ["a", "b"]
    case.complete("b")
    assert case.tasks == ["a"]
    case.complete("a")
    assert case.tasks == ["c"]


def test_the_join_is_entered_once(run: Run) -> None:
    case = run(SPLIT)
    case.complete("a")
    case.complete("b")
    assert [each.element for each in case.of(ElementEntered)].count("j") == 1


def test_a_token_kept_at_the_join_is_shown(run: Run) -> None:
    case = run(SPLIT)
    case.complete("a")
    assert [(each.element, each.state) for each in case.execution.tokens()] == [("b", "waiting"), ("j", "joining")]


def test_two_tokens_of_one_flow_do_not_stand_for_two_flows(run: Run) -> None:
    case = run(
        """
        start s
        and f
        user a
        user b
        xor x
        user c
        and j
        user d
        end e
        s -> f -> a -> x
        f -> b -> x
        x -> j
        f -> c -> j
        j -> d -> e
        """
    )
    case.complete("a")
    case.complete("b")
    assert case.tasks == ["c"]
    case.complete("c")
    assert case.tasks == ["d"]


def test_a_join_that_can_never_be_reached_again_is_a_failed_step_not_silence(run: Run) -> None:
    lines = """
        start s
        xor x default=x_default
        user a
        user b
        and j
        end e
        s -> x
        x -> a : true
        x -> b : default
        a -> j
        b -> j
        j -> e
        """
    case = run(lines)
    with pytest.raises(
        StepFailed, match="parallelGateway j waits for ever: a token came by a_j, but none can come any more by b_j"
    ):
        case.complete("a")


def test_many_paths_are_split_and_joined_at_once(run: Run) -> None:
    branches = "\n".join(f"task t{i}\nf -> t{i} -> j" for i in range(800))
    case = run(f"start s\nand f\nand j\nend e\ns -> f\nj -> e\n{branches}")
    assert case.outcome == "completed"
