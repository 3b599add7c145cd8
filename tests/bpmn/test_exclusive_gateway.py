import pytest

from engine.bpmn import StepFailed
from tests.bpmn.cases import Run

CHOICE = "start s\nxor g\nuser a\nuser b\nend e\ns -> g\ng -> a : amount > 10\ng -> b : {second}\na -> e\nb -> e"


@pytest.mark.parametrize(("amount", "task"), [(11, "a"), (10, "b")])
def test_the_first_true_flow_is_taken(run: Run, amount: int, task: str) -> None:
    assert run(CHOICE.format(second="amount > 5"), {"amount": amount}).tasks == [task]


def test_the_default_flow_is_taken_when_no_condition_is_true(run: Run) -> None:
    lines = """
        start s
        xor g default=g_default
        user a
        user b
        end e
        s -> g
        g -> a : amount > 10
        g -> b : default
        a -> e
        b -> e
        """
    assert run(lines, {"amount": 1}).tasks == ["b"]
    assert run(lines, {"amount": 11}).tasks == ["a"]


def test_without_a_true_flow_the_step_fails_and_says_what_to_do(run: Run) -> None:
    with pytest.raises(StepFailed, match="make one of them the default flow") as failed:
        run(CHOICE.format(second="amount > 5"), {"amount": 1})
    assert failed.value.element == "g"


def test_a_condition_that_is_neither_true_nor_false_names_the_missing_variable(run: Run) -> None:
    with pytest.raises(
        StepFailed, match=r"condition of sequence flow g_a .*“amount > 10” is neither true nor false: variable amount is missing"
    ):
        run(CHOICE.format(second="true"))


def test_a_condition_that_is_a_number_is_a_failed_step(run: Run) -> None:
    with pytest.raises(StepFailed, match="neither true nor false: it is 3"):
        run(CHOICE.format(second="1 + 2"), {"amount": 0})


def test_it_joins_without_waiting(run: Run) -> None:
    case = run("start s\nand f\nuser a\nuser b\nxor j\nuser c\nend e\ns -> f -> a -> j\nf -> b -> j\nj -> c -> e")
    case.complete("a")
    case.complete("b")
    assert case.tasks == ["c", "c"]


def test_conditions_see_chinese_names(run: Run) -> None:
    lines = """
        start s
        xor g default=g_default
        user a
        user b
        end e
        s -> g
        g -> a : 合同金额 > 100 and 类型 = "销售"
        g -> b : default
        a -> e
        b -> e
        """
    assert run(lines, {"合同金额": 101, "类型": "销售"}).tasks == ["a"]


def test_flows_of_a_task_split_implicitly(run: Run) -> None:
    lines = """
        start s
        task t default=t_default
        user a
        user b
        user c
        end e
        s -> t
        t -> a : x > 1
        t -> b : x > 2
        t -> c : default
        a -> e
        b -> e
        c -> e
        """
    assert run(lines, {"x": 3}).tasks == ["a", "b"]
    assert run(lines, {"x": 0}).tasks == ["c"]


def test_a_gateway_that_nothing_leaves_ends_the_path(run: Run) -> None:
    for kind in ("xor", "or", "and", "complex"):
        assert run(f"start s\n{kind} g\ns -> g").outcome == "completed"
