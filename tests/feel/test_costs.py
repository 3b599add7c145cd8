"""What computes long counts as many steps, so that the clock is looked at in between: built-ins, operators, the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import count, product
from time import thread_time
from typing import Any

import pytest

from engine.calendars import CHINA
from engine.calendars.functions import functions_of
from engine.facts import computing
from engine.feel import FeelBudgetExceeded, compile_expression
from engine.feel.builtins.registry import BUILT_INS, Overload
from engine.feel.errors import Refused
from engine.feel.expression import Expression
from engine.feel.frames import MAX_STEPS, Evaluation
from tests.feel.evaluating import NOW
from tests.feel.largest import arguments_for, of_kind

#: Seconds of CPU time that a step may take at most, and what a call may take that counts none: ten times what is usual.
OF_A_STEP, OF_A_CALL = 50e-6, 2e-3
#: Seconds that any one call may take without looking at the clock: the rest of a step waits for it.
OF_ANY_CALL = 1.5
#: Seconds for the sum by which a slow machine is known.
USUAL = 1e-3


def _cost(call: Callable[[Evaluation], Any]) -> tuple[float, int]:
    """Seconds and steps of one call, whatever becomes of it."""
    evaluation = Evaluation(NOW)
    began = thread_time()
    with suppress(Refused, FeelBudgetExceeded):
        call(evaluation)
    return thread_time() - began, MAX_STEPS - evaluation.steps - evaluation.reserve


def _slowness() -> float:
    """How many times longer than usual this machine computes now: it may be busy with other things."""
    began = thread_time()
    sum(number * number for number in range(20_000))
    return max(1.0, (thread_time() - began) / USUAL)


def _assert_counted(call: Callable[[Evaluation], Any], what: str) -> None:
    """The best of some tries."""
    for left in (3, 2, 1, 0):
        slowness = _slowness()
        seconds, steps = _cost(call)
        if seconds <= slowness * min(OF_ANY_CALL, OF_A_CALL + steps * OF_A_STEP):
            return
        assert left, f"{what}: {seconds * 1000:.1f} ms for {steps} steps"


def _overloads() -> Iterator[Any]:
    for name, function in sorted(BUILT_INS.items()):
        for signature, overload in zip(function.signatures, function.overloads, strict=True):
            yield pytest.param(name, overload, id=signature)


def _named(values: Iterable[Any]) -> str:
    return ", ".join(f"{type(each).__name__} {len(each) if isinstance(each, str | list | dict) else each}" for each in values)


@pytest.mark.parametrize(("name", "overload"), tuple(_overloads()))
def test_no_built_in_computes_for_longer_than_it_counts(name: str, overload: Overload) -> None:
    for arguments in arguments_for(overload):
        _assert_counted(partial(BUILT_INS[name].call, arguments, None), f"{name}({_named(arguments)})")


@pytest.mark.parametrize("name", sorted(functions_of(CHINA)))
def test_no_function_of_the_calendar_computes_for_longer_than_it_counts(name: str) -> None:
    function = functions_of(CHINA)[name]
    moments = (*of_kind("date"), *of_kind("date and time"))
    for arguments in product(moments, *[of_kind("number")] * (len(function.parameters) - 1)):
        _assert_counted(partial(function.call, list(arguments), None), f"{name}({_named(arguments)})")


KINDS = ("numbers", "texts", "temporals", "durations", "lists", "contexts")
OPERATORS = ("a + b", "a - b", "a * b", "a / b", "a ** b", "a = b", "a < b", "a in (b)", "a in b", "a between b and a", "[a..b]")


def _values(kind: str) -> tuple[Any, ...]:
    match kind:
        case "texts":
            return tuple(of_kind("string")[:3])
        case "temporals":
            return (*of_kind("date"), *of_kind("date and time"), *of_kind("time"))
        case "durations":
            return (*of_kind("days and time duration"), *of_kind("years and months duration"))
        case "lists":
            return (*of_kind("list")[::3], *of_kind("string")[:1])
    return tuple(of_kind(kind.removesuffix("s")))


@pytest.mark.parametrize("text", OPERATORS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_operator_computes_for_longer_than_it_counts(kind: str, text: str) -> None:
    expression = compile_expression(text, ("a", "b"))
    for a, b in product(_values(kind), _values(kind)):
        _assert_counted(partial(_evaluate, expression, {"a": a, "b": b}), f"{text} {_named([a, b])}")


def _evaluate(expression: Expression, names: dict[str, Any], evaluation: Evaluation) -> Any:
    evaluation.host = names
    return expression.evaluate(names, evaluation=evaluation)


@pytest.mark.parametrize(
    "text",
    [
        "count(for i in 1..100000000000 return i)",
        "count(for i in 1..100000000000, j in [] return j)",
        "some i in 1..100000000000, j in [] satisfies j",
        'count(for i in 1..3000 return add working days(date("2026-01-01"), 9999))',
        "count(for i in 1..300000 return i ** 2.5)",
        "count(for i in 1..300000 return log(i))",
        "count(sort(for i in 1..100000 return 100000 - i, function(a, b) a < b))",
        "count(distinct values(for i in 1..300000 return [i]))",
        "count((for i in 1..300000 return i)[count((for j in 1..1000 return j)[item > 5]) = 1])",
        f"count(for i in 1..1000000 return {'+'.join('i' * 5000)})",
    ],
)
def test_an_expression_is_stopped_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    clock = count(0, 0.1)
    monkeypatch.setattr(computing, "thread_time", lambda: next(clock))
    names = functions_of(CHINA)
    with pytest.raises(FeelBudgetExceeded, match="longer than 2 s"):
        compile_expression(text, names).evaluate(names)


def test_a_short_expression_does_not_look_at_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(computing, "thread_time", lambda: pytest.fail("the clock was asked"))
    assert compile_expression("count(for i in 1..300 return i * 2)").evaluate({}) == 300
