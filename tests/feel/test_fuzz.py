"""Random texts and random expressions: nothing but FEEL's own refusals ever comes out."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import FeelBudgetExceeded, FeelSyntaxError, Note, compile_expression, compile_unary_tests, to_json
from engine.feel.builtins.registry import BUILT_INS
from engine.feel.juel import JuelNotTranslatable, translate

SCOPE: dict[str, Any] = {
    "a": 1,
    "b": "text",
    "c": [1, None, "x", {"d": 2}],
    "d": {"e": {"f": 0.5}},
    "Full Name": "Li Na",
    "a-b": True,
}

_WORDS = """
    a b c d e Full Name a-b if then else for in return some every satisfies function external instance of between and or not
    true false null list context range number string date time duration item partial ? 1 2.5 1e3 .5 "x" "\\u4e00" @"P1D"
    @"2026-01-01" ( ) [ ] { } , . .. : ; = != < <= > >= + - * / ** -> ' // /* */ 流转
"""
WORDS = st.sampled_from(_WORDS.split())
SOUP = st.lists(WORDS, max_size=25).map(" ".join)

_LEAVES = """
    1 -2.5 0 1e30 "x" "" null true false a b c d d.e.f missing [] {} [1..5) (function(x)x) abs
    @"2026-01-31" @"10:00:00Z" @"2026-01-31T10:00:00@Asia/Shanghai" @"P1DT2H" @"-P1Y"
"""
LEAVES = st.sampled_from(_LEAVES.split())
OPERATORS = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", ">=", "and", "or", "in"])
FUNCTIONS = st.sampled_from(sorted(BUILT_INS))


def _wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, OPERATORS, inner).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.tuples(FUNCTIONS, st.lists(inner, max_size=4)).map(lambda parts: f"{parts[0]}({', '.join(parts[1])})"),
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.tuples(inner, inner).map(lambda parts: f"{{k: {parts[0]}, l: k, m n: {parts[1]}}}"),
        st.tuples(inner, inner, inner).map(lambda parts: f"(if {parts[0]} then {parts[1]} else {parts[2]})"),
        st.tuples(inner, inner).map(lambda parts: f"(for i in {parts[0]} return {parts[1]})"),
        st.tuples(inner, inner).map(lambda parts: f"(some i in {parts[0]} satisfies {parts[1]} = i)"),
        st.tuples(inner, inner).map(lambda parts: f"{parts[0]}[{parts[1]}]"),
        st.tuples(inner, inner, inner).map(lambda parts: f"({parts[0]} between {parts[1]} and {parts[2]})"),
        st.tuples(inner, inner).map(lambda parts: f"[{parts[0]}..{parts[1]}]"),
        st.tuples(inner, inner).map(lambda parts: f"(function(x, y) {parts[0]})({parts[1]}, 1)"),
        inner.map(lambda part: f"({part} instance of list<number>)"),
        inner.map(lambda part: f"({part}).year"),
        inner.map(lambda part: f"-({part})"),
    )


EXPRESSIONS = st.recursive(LEAVES, _wider, max_leaves=12)


@given(st.text(max_size=60) | SOUP)
@settings(max_examples=400, deadline=None)
def test_a_random_text_is_read_or_refused(text: str) -> None:
    try:
        compile_expression(text, SCOPE).evaluate(SCOPE)
    except FeelSyntaxError as error:
        assert 0 <= error.position <= len(text)
    except FeelBudgetExceeded as error:
        assert str(error)


@given(st.text(max_size=60) | SOUP)
@settings(max_examples=200, deadline=None)
def test_a_random_cell_is_read_or_refused(text: str) -> None:
    try:
        assert compile_unary_tests(text, SCOPE).holds(1, SCOPE) in (True, False, None)
    except (FeelSyntaxError, FeelBudgetExceeded) as error:
        assert str(error)


@given(EXPRESSIONS)
@settings(max_examples=600, deadline=None)
def test_a_random_expression_has_a_value_or_runs_out_of_budget(text: str) -> None:
    notes: list[Note] = []
    expression = compile_expression(text, SCOPE)
    try:
        found = expression.evaluate(SCOPE, notes=notes)
        to_json(found)
    except FeelBudgetExceeded:
        return
    assert all(0 <= note.position <= len(text) for note in notes)


@given(EXPRESSIONS)
@settings(max_examples=200, deadline=None)
def test_evaluating_twice_gives_the_same(text: str) -> None:
    expression = compile_expression(text, SCOPE)
    try:
        assert to_json(expression.evaluate(SCOPE)) == to_json(expression.evaluate(SCOPE))
    except FeelBudgetExceeded:
        return


@given(st.text(max_size=60).map(lambda text: f"${{{text}}}") | st.text("${}ab'\"()[]?:.!&|=<> 12", max_size=40))
@settings(max_examples=300, deadline=None)
def test_a_random_juel_is_translated_to_feel_or_refused(text: str) -> None:
    try:
        compile_expression(translate(text))
    except JuelNotTranslatable as error:
        assert str(error)
