from tests.bpmn.cases import Run

LINES = """
start s
and f
user a
user b
user c
complex j activation='activationCount >= 2'
user d
end e
s -> f
f -> a -> j
f -> b -> j
f -> c -> j
j -> d -> e
"""


def test_it_goes_on_when_its_activation_condition_is_true(run: Run) -> None:
    case = run(LINES)
    case.complete("c")
    assert case.tasks == ["a", "b"]
    case.complete("a")
    assert case.tasks == ["b", "d"]


def test_a_late_token_is_used_up(run: Run) -> None:
    case = run(LINES)
    for task in ("c", "a", "b"):
        case.complete(task)
    assert case.tasks == ["d"]
    case.complete("d")
    assert case.outcome == "completed"


def test_an_instance_ends_although_the_late_token_comes_last(run: Run) -> None:
    case = run(LINES)
    for task in ("c", "a", "d", "b"):
        case.complete(task)
    assert case.outcome == "completed"


def test_without_a_condition_it_joins_like_an_inclusive_gateway(run: Run) -> None:
    case = run("start s\nand f\nuser a\nuser b\ncomplex j\nuser d\nend e\ns -> f -> a -> j\nf -> b -> j\nj -> d -> e")
    case.complete("a")
    assert case.tasks == ["b"]
    case.complete("b")
    assert case.tasks == ["d"]


def test_in_a_loop_every_round_waits_for_tokens_of_its_own(run: Run) -> None:
    case = run(
        """
        start s
        xor m
        and f
        user a
        script b script='{n: n + 1}'
        complex j activation='activationCount >= 2'
        xor g default=g_default
        end e
        s -> m -> f
        f -> a -> j
        f -> b -> j
        j -> g
        g -> m : n < 3
        g -> e : default
        """,
        {"n": 0},
    )
    for _ in range(3):
        assert case.tasks == ["a"]
        case.complete("a")
    assert case.outcome == "completed"
