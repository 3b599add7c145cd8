from tests.bpmn.cases import Run

ADHOC = "start s\nadhoc x {words} {{\nuser a\nuser b\nuser c\n}}\nuser d\nend e\ns -> x -> d -> e"


def test_every_activity_begins_at_once(run: Run) -> None:
    case = run(ADHOC.format(words=""))
    assert case.tasks == ["a", "b", "c"]
    for task in ("b", "c", "a"):
        case.complete(task)
    assert case.tasks == ["d"]


def test_the_completion_condition_takes_the_others_away(run: Run) -> None:
    case = run(ADHOC.format(words="completion='n >= 2'"), {"n": 0})
    case.complete("b", {"n": 1})
    assert case.tasks == ["a", "c"]
    case.complete("c", {"n": 2})
    assert case.tasks == ["d"]


def test_the_others_may_be_left_to_finish(run: Run) -> None:
    case = run(ADHOC.format(words="completion='n >= 1' cancelRemainingInstances=false"), {"n": 0})
    case.complete("b", {"n": 1})
    assert case.tasks == ["a", "c"]
    case.complete("a")
    case.complete("c")
    assert case.tasks == ["d"]


def test_a_sequential_one_does_one_after_the_other(run: Run) -> None:
    case = run(ADHOC.format(words="ordering=Sequential completion='n >= 2'"), {"n": 0})
    assert case.tasks == ["a"]
    case.complete("a", {"n": 1})
    assert case.tasks == ["b"]
    case.complete("b", {"n": 2})
    assert case.tasks == ["d"]
