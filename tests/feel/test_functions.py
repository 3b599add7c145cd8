"""Calls, function definitions, and functions of the host."""

from typing import Any

import pytest

from engine.facts.sentences import Sentence
from engine.feel import Evaluation, Function, Parameter, Refused, compile_expression
from engine.feel.types import SIMPLE_TYPES
from tests.feel.evaluating import reasons, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(function(a, b) a - b)(5, 2)", "3"),
        ("(function(a, b) a - b)(b: 5, a: 2)", "-3"),
        ("(function(a) a)()", "null"),
        ("(function(a) a)(1, 2)", "null"),
        ("(function(a) a)(b: 1)", "null"),
        ("(function(a, b) a)(a: 1)", "null"),
        ("(function() 1)()", "1"),
        ('(function(a: number) a)("x")', "null"),
        ("(function(a: number) a)([5])", "5"),
        ("(function(a: list<number>) a)(5)", "[5]"),
        ("(function(a: number) a)(null)", "null"),
        ('(function(a: date and time) a)(@"2026-01-01")', "2026-01-01T00:00:00Z"),
        ("{f: function(n) if n <= 1 then 1 else n * f(n - 1), r: f(20)}.r", "2432902008176640000"),
        ("{x: 1, f: function(y) x + y, r: f(2)}.r", "3"),
        ("{make: function(x) function(y) x + y, add: make(10), r: add(5)}.r", "15"),
        ("[abs, sqrt][2](9)", "3"),
        ("for f in [floor, ceiling] return f(1.5)", "[1, 2]"),
        ("sort([3, 1, 2], function(a, b) a > b)", "[3, 2, 1]"),
        ("abs(n: -1)", "1"),
        ("abs(number: -1)", "null"),
        ('substring(start position: 2, string: "abc")', '"bc"'),
        ("max([5])", "5"),
        ('string length(["abc"])', "3"),
        ("unknown(1)", "null"),
        ("5(1)", "null"),
        ("string(function(a: number, b) a)", '"function(a: number, b)"'),
        ('(function(a) external {java: {class: "java.lang.Math", method signature: "abs(int)"}})(1)', "null"),
    ],
)
def test_calls_bind_their_arguments(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_a_call_that_fails_says_what_the_function_takes() -> None:
    assert reasons("substring(1, 2)") == ["substring: “string” is number, not string"]
    assert "substring(string: string, start position: number, length: number)" in reasons("substring()")[0]
    assert reasons("(function(a) a)(1, 2)") == ["function takes 1 argument, not 2"]
    assert "are not run here" in reasons('(function(a) external {java: {class: "x", method signature: "y"}})(1)')[0]


def _discount(arguments: list[Any], _evaluation: Evaluation) -> Any:
    amount, percent = arguments
    if percent > 100:
        raise Refused(Sentence("more than everything"))
    return amount * (100 - percent) / 100


DISCOUNT = Function("discount", (Parameter("amount", SIMPLE_TYPES["number"]), Parameter("percent")), _discount)


def test_a_function_of_the_host_is_called_by_place_and_by_name() -> None:
    assert shown("discount(200, 10)", discount=DISCOUNT) == "180"
    assert shown("discount(percent: 10, amount: 200)", discount=DISCOUNT) == "180"
    assert shown("discount([200], 10)", discount=DISCOUNT) == "180"
    assert reasons('discount("a", 10)', discount=DISCOUNT) == ["“amount” of discount: string is not of type number"]
    assert reasons("discount(1, 101)", discount=DISCOUNT) == ["more than everything"]


def test_a_function_of_the_host_hides_the_built_in_of_its_name_and_a_value_does_not() -> None:
    assert shown("abs(200, 10)", abs=DISCOUNT) == "180"
    assert shown("abs(-1)", abs=5) == "1"
    assert shown('date("2026-01-01")', date="x") == "2026-01-01"


def test_a_function_of_the_host_shares_the_budget_of_its_caller() -> None:
    expression = compile_expression("again(1)")
    depths: list[int] = []

    def again(_arguments: list[Any], evaluation: Evaluation) -> Any:
        depths.append(evaluation.depth)
        return expression.evaluate(scope, evaluation=evaluation) if len(depths) < 5 else "done"

    scope = {"again": Function("again", (Parameter("n"),), again)}
    assert expression.evaluate(scope) == "done"
    assert depths == [1, 2, 3, 4, 5]
