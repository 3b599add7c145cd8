"""Texts that try to reach Python, the machine or its time: each ends as null, a refusal or a plain value, within the budget."""

import time
from typing import Any

import pytest

from engine.feel import FeelBudgetExceeded, FeelSyntaxError, Function, Parameter, compile_expression, compile_unary_tests, to_json
from engine.feel.juel import JuelNotTranslatable, translate


class Account:
    """An object of the host that must stay closed."""

    password = "hunter2"

    def __init__(self) -> None:
        self.balance = 10

    def drain(self) -> str:
        raise AssertionError("a method was called")

    def __getitem__(self, key: str) -> str:
        raise AssertionError("an item was read")

    def __eq__(self, other: object) -> bool:
        raise AssertionError("an object was compared")

    def __hash__(self) -> int:
        return 1

    def __str__(self) -> str:
        raise AssertionError("an object was written")


def _host(_arguments: list[Any], _evaluation: Any) -> str:
    return "called"


SCOPE: dict[str, Any] = {
    "account": Account(),
    "cls": Account,
    "module": time,
    "lambda": lambda: "called",
    "text": "a" * 100_000,
    "list": list(range(100_000)),
    "host": Function("host", (Parameter("a"),), _host),
}

WALKS = [
    "account.__class__",
    "account.password",
    "account.drain()",
    "account.balance",
    'account["password"]',
    "account = account",
    "string(account)",
    "[account] = [account]",
    'get value(account, "password")',
    "get entries(account)",
    "cls()",
    "cls.__subclasses__()",
    "module.sleep(10)",
    "lambda()",
    '"".__class__.__mro__',
    '"".join',
    '"{0.__class__}".format(account)',
    '"%s" + account',
    "(1).__class__",
    "[].__class__.__base__.__subclasses__()",
    "{}.keys()",
    "{}.__class__",
    "host.__globals__",
    "host.body",
    "host.body.__globals__",
    "(function(a) a).body",
    "(function(a) a).__closure__",
    "abs.__init__",
    "abs.overloads",
    "__import__",
    '__import__("os").system("id")',
    'eval("1")',
    'exec("1")',
    'open("/etc/passwd")',
    "globals()",
    "locals()",
    "frame",
    "frame.host",
    "evaluation.steps",
    '{"__class__": 1}.__class__',
    '@"../../etc/passwd"',
    'time("10:00:00@../../../../etc/passwd")',
    'date and time("2026-01-01T00:00:00@/etc/localtime")',
    'function(a) external {java: {class: "java.lang.Runtime", method signature: "exec(java.lang.String)"}}',
    '(function(a) external {java: {class: "java.lang.Runtime", method signature: "exec(java.lang.String)"}})("id")',
    '(function(a) external {pmml: {document: "http://localhost/x", model: "m"}})(1)',
]

BURDENS = [
    "9 ** 9 ** 9 ** 9 ** 9",
    "10 ** 6144 * 10",
    "2 ** 99999999999999999999",
    "1e999999999999",
    "decimal(1, 999999999)",
    "round up(1e6144, -6111)",
    "modulo(1e6144, 1e-6143)",
    "exp(1e30)",
    "sqrt(1e6144)",
    "for i in 1..999999999 return i",
    "for i in 1..99999999999999999999 return i",
    "for i in 1..10000, j in 1..10000 return 1",
    "some i in 1..999999999 satisfies false",
    "every i in 1..10000, j in 1..10000 satisfies true",
    "for i in 1..100000 return partial",
    "{f: function(n) f(n + 1), r: f(1)}.r",
    "{f: function(n) f(n - 1) + f(n - 2), r: f(90)}.r",
    "{f: function(g) g(g), r: f(f)}.r",
    "(function(f) f(f))(function(f) f(f))",
    "sort(list, function(a, b) true)",
    "for i in list return list = list",
    "for i in list return contains(text, string(i))",
    "for i in list return text + text",
    "for i in 1..1000 return for j in list return j",
    "count(for i in 1..100000 return upper case(text))",
    'string join(for i in 1..1000 return text, ",")',
    'replace(text, "a", text)',
    'split(text, "a")',
    'matches(text, "(a+)+b")',
    'matches(text, "(a|a|a)*b")',
    'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a*)*(a*)*\\2$")',
    'matches("a", "((((((a{100}){100}){100}){100}){100}){100})")',
    'matches("a", "(?:(?:(?:(?:){5000}){5000}){5000}){5000}")',
    "flatten(" + "[" * 60 + "1" + "]" * 60 + ")",
    "{a: [1, 1], b: [a, a], c: [b, b], d: [c, c], e: [d, d], f: [e, e], g: [f, f], h: [g, g], i: [h, h], j: [i, i], "
    "k: [j, j], l: [k, k], m: [l, l], n: [m, m], o: [n, n], p: [o, o], q: [p, p], r: [q, q], s: [r, r], t: [s, s], "
    "u: [t, t], v: [u, u], w: [v, v], x: string(w)}.x",
    "distinct values(for i in 1..5000 return [i, list])",
    "union(list, list, list, list, list, list, list, list)",
    "concatenate(list, list, list, list, list, list, list, list)",
    'duration("P99999999999999999999D")',
    'date("999999999-12-31") + duration("P999999999Y")',
    '@"P2147483647Y" * 1e30',
    "(" * 5000,
    "[" * 5000 + "]" * 5000,
    "{a:" * 5000,
    "[1..[" * 500,
    "1 in (" * 500,
    "-" * 100_000 + "1",
    "not(" * 5000,
    "if true then " * 500,
    "a" + ".b" * 5000,
    "a" + "[1]" * 5000,
    "a instance of " + "list<" * 5000,
    '"' + "\\" * 100_001,
    "/*" * 50_000,
    " + ".join(["1"] * 20_000),
    "a " * 50_000,
    "1" * 100_000,
    "x" * 300_000,
]


def _run(text: str) -> Any:
    """The JSON of a text's value, or the refusal."""
    try:
        return to_json(compile_expression(text, SCOPE).evaluate(SCOPE))
    except (FeelSyntaxError, FeelBudgetExceeded) as refusal:
        return refusal


def test_there_are_at_least_65_attacks() -> None:
    assert len(set(WALKS + BURDENS)) >= 65


@pytest.mark.parametrize("text", WALKS)
def test_no_text_reaches_an_object_of_the_host(text: str) -> None:
    found = _run(text)
    harmless = found is None or isinstance(found, bool | FeelSyntaxError | list) or found in ("function(a)", 1)
    assert harmless, found
    assert "hunter2" not in str(found)


@pytest.mark.parametrize("text", BURDENS, ids=lambda text: text[:40])
def test_no_text_takes_the_machine(text: str) -> None:
    """Without its budget each of these would run for hours or fill the memory."""
    found = _run(text)
    assert isinstance(found, FeelSyntaxError | FeelBudgetExceeded | bool | int | float | str | None | list)


@pytest.mark.parametrize(
    "text", [*WALKS[:10], "? .__class__", "for i in 1..999999999 return i", "(" * 5000, "> 9 ** 9 ** 9 ** 9"]
)
def test_no_cell_of_a_decision_table_does_either(text: str) -> None:
    try:
        assert compile_unary_tests(text).holds(Account(), SCOPE) in (True, False, None)
    except (FeelSyntaxError, FeelBudgetExceeded) as refusal:
        assert str(refusal)


@pytest.mark.parametrize(
    "text",
    [
        "${''.class.forName('java.lang.Runtime')}",
        "${account.getClass()}",
        "${execution.engine.shutdown()}",
        "${" + "(" * 5000 + "1}",
        "${" + "a?" * 5000 + "1}",
        "${" * 5000,
    ],
)
def test_no_juel_becomes_more_than_feel(text: str) -> None:
    with pytest.raises(JuelNotTranslatable):
        translate(text)


def test_a_budget_error_says_what_was_too_much() -> None:
    with pytest.raises(FeelBudgetExceeded, match="too many steps"):
        compile_expression("for i in 1..999999999 return i").evaluate({})


def test_a_recursion_of_the_host_is_stopped_by_the_same_depth() -> None:
    expression = compile_expression("again(1)")

    def again(_arguments: list[Any], evaluation: Any) -> Any:
        return expression.evaluate(scope, evaluation=evaluation)

    scope = {"again": Function("again", (Parameter("n"),), again)}
    with pytest.raises(FeelBudgetExceeded):
        expression.evaluate(scope)


@pytest.mark.parametrize(
    ("text", "position"), [("1 + count(for i in 1..999999999 return i)", 10), ("{f: function(n) f(n), r: f(1)}.r", 17)]
)
def test_a_budget_error_says_where(text: str, position: int) -> None:
    with pytest.raises(FeelBudgetExceeded, match=f"at position {position + 1}:") as stopped:
        compile_expression(text).evaluate({})
    assert stopped.value.position == position


def test_notes_do_not_grow_without_end() -> None:
    notes: list[Any] = []
    compile_expression("for i in 1..10000 return i.x").evaluate({}, notes=notes)
    assert 0 < len(notes) <= 200
