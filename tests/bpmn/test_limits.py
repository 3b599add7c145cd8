"""A model that explodes or never ends is stopped; the sentence names the limit."""

from itertools import count

import pytest

from engine.bpmn import StepFailed, limits
from engine.facts import computing
from tests.bpmn.cases import Case


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("MAX_STEPS", "start s\nxor a\nxor b\ntask t\ns -> a -> b -> t -> a"),
        ("MAX_INSTANCES", "start s\nuser u times=10000000\nend e\ns -> u -> e"),
        ("MAX_INSTANCES", "start s\nuser u times=10000000 sequential\nend e\ns -> u -> e"),
        ("MAX_CALL_DEPTH", "start s\ncall c calledElement=p\nend e\ns -> c -> e"),
        ("MAX_TOKENS", "start s\nxor m\nand f\ntask a\ntask b\ns -> m -> f -> a -> m\nf -> b -> m"),
    ],
)
def test_passing_a_limit_is_a_failed_step_that_names_it(name: str, lines: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # On a slow machine the time would be used up first.
    monkeypatch.setattr(computing._Limit, "seconds", 600.0)
    with pytest.raises(StepFailed, match=f"the limit {name} is [0-9,]+[.]$"):
        Case(lines)


def test_a_standard_loop_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.bpmn.elements.loops.standard.MAX_LOOP_ROUNDS", 50)
    with pytest.raises(StepFailed, match="MAX_LOOP_ROUNDS"):
        Case("start s\ntask t loop=true\nend e\ns -> t -> e")


def test_scopes_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.bpmn.running.scopes.MAX_SCOPE_DEPTH", 3)
    lines = (
        "start s\n"
        + "".join(
            f"""
        sub x{i} {{
            start s{i}
            s{i} -> x{i + 1}

        """
            for i in range(5)
        )
        + "user x5\n"
        + "}\n" * 5
        + "s -> x0"
    )
    with pytest.raises(StepFailed, match="MAX_SCOPE_DEPTH"):
        Case(lines)


def test_subscriptions_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.bpmn.running.subscriptions.MAX_SUBSCRIPTIONS", 10)
    with pytest.raises(StepFailed, match="MAX_SUBSCRIPTIONS"):
        Case("start s\nreceive r message=m times=11\nend e\ns -> r -> e")


LONG = "count(for i in 1..900000 return i)"


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param("start s\nxor a\nxor b\ntask t\ns -> a -> b -> t -> a", id="a circle"),
        pytest.param("start s\ntask t times=9999\nend e\ns -> t -> e", id="many instances"),
        pytest.param("start s\ntask t loop=true\nend e\ns -> t -> e", id="a loop"),
        pytest.param(f"start s\nscript t scriptFormat=feel script='{LONG}'\ns -> t", id="a script"),
        pytest.param(f"start s\nxor g default=g_default\nend e\ns -> g\ng -> e : {LONG} > 1\ng -> e : default", id="a condition"),
        pytest.param(f"start s\ncatch c condition='{LONG} > 1'\ns -> c", id="a conditional event"),
        pytest.param(f"start s\ncatch c timer='=string({LONG})'\ns -> c", id="a timer"),
        pytest.param(f"start s\nuser u name=u times='={LONG}'\ns -> u", id="a cardinality"),
        pytest.param(f"start s\ntask t in.n='={LONG}'\ns -> t", id="an input"),
        pytest.param(f"start s\ntask t out.n='={LONG}'\ns -> t", id="an output"),
    ],
)
def test_a_step_that_computes_too_long_is_a_failed_step(monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    times = count(0, 0.05)
    monkeypatch.setattr(computing, "thread_time", lambda: next(times))
    with pytest.raises(StepFailed, match="longer than 2 s") as failed:
        Case(lines)
    assert failed.value.element


def test_each_step_has_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    times = count(0, 0.05)
    monkeypatch.setattr(computing, "thread_time", lambda: next(times))
    half = "count(for i in 1..20000 return i)"
    case = Case(f"start s\nuser u in.n='={half}'\nuser v in.n='={half}'\nuser w in.n='={half}'\ns -> u -> v -> w")
    case.complete("u")
    case.complete("v")
    assert case.tasks == ["w"]


def test_every_limit_is_explained() -> None:
    with open(limits.__file__, encoding="utf-8") as file:
        lines = file.read().splitlines()
    for index, line in enumerate(lines):
        if line.startswith("MAX_"):
            assert lines[index - 1].startswith("#: ")


def test_a_chain_of_two_thousand_tasks_runs() -> None:
    lines = (
        "start s\n"
        + "".join(f"task t{i}\n" for i in range(2000))
        + "end e\n"
        + "s -> "
        + " -> ".join(f"t{i}" for i in range(2000))
        + " -> e"
    )
    case = Case(lines)
    assert case.outcome == "completed"


def test_the_deepest_instance_allowed_is_saved_and_restored() -> None:
    lines = """
        start s
        xor g default=g_default
        sub x {
            start t
            sub y {
                start u
                call c calledElement=p in.n='=n + 1'
                u -> c
            }
            t -> y
        }
        user deep
        end e
        s -> g
        g -> x : n < 30
        g -> deep : default
        x -> e
        deep -> e
        """
    case = Case(lines, {"n": 0})
    assert case.tasks == ["deep"]
    case.complete("deep")
    assert case.outcome == "completed"
