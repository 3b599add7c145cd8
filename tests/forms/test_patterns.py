"""Patterns mean what they mean in JavaScript, whichever engine matches them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from py_mini_racer import MiniRacer

from service.forms.judging.javascript_patterns import translated
from service.forms.judging.patterns import PatternUnfit, PatternWrong, compile_js
from tests.forms.random_forms import HOSTILE, PATTERNS, TEXTS

MORE = [
    r"^(?=.*[a-z])(?=.*\d).{3,}$", r"^(?!.*admin)\w+$", r"^(?=a|b)\w+$", r"^(?=.*\))(?=.*[)]).+$",
    r"^[\w\s]+$", r"[^\d]", r"^\D+$", r"\S+\s\S+", r"^.$", r"^(?:a|ab)(?:c|bcd)(?:d*)$",
    r"\u4e00", r"^\x41", r"[\u4e00-\u9fa5]+\d*", r"a{2,3}?b", r"^\(\d+\)$", r"^$", r"", r"a|", r"[a-z&&[b]]", r"x{0}", r"}]",
]  # fmt: skip
SAMPLES = [each for each in (*TEXTS, *HOSTILE) if isinstance(each, str)] + [
    "aB1", "admin1", "ab)", "b", "aab", "abcd", "张", "A1", "(12)", "]", "}]", "aaaab", "c\r\n", "\u2028", "\u0661", "ſ", "K",
]  # fmt: skip


@pytest.fixture(scope="module")
def javascript() -> Iterator[Callable[[str, str], bool]]:
    context = MiniRacer()
    context.eval("var found = (pattern, text) => new RegExp(pattern).test(text)")
    yield lambda pattern, text: bool(context.eval(f"found({json.dumps(pattern)}, {json.dumps(text)})"))
    context.close()


@pytest.mark.parametrize("pattern", [*PATTERNS, *MORE])
def test_a_pattern_matches_what_javascript_matches(pattern: str, javascript: Callable[[str, str], bool]) -> None:
    matches = compile_js(pattern)
    assert [text for text in SAMPLES if matches(text) is not javascript(pattern, text)] == []


@pytest.mark.parametrize("pattern", ["(", "[a", "a++", "a**", "(?x)", "a{2}{3}", "b{3,1}", "[b-a]", "\\", "(?<n>a)(?<n>b)", "*"])
def test_a_pattern_that_javascript_refuses_is_wrong_here(pattern: str, javascript: Callable[[str, str], bool]) -> None:
    with pytest.raises(PatternWrong):
        compile_js(pattern)
    with pytest.raises(Exception, match="SyntaxError"):
        javascript(pattern, "a")


@pytest.mark.parametrize(
    "pattern", [r"(a)\1", r"(?<=a+)b", r"x(?=a+)y+", r"[\D]", r"\ca", r"^(?!a+$)(?!b+$)\w+|x$", r"^(?=.*\d)?.+x+$"]
)
def test_a_pattern_that_only_javascript_can_match_is_left_to_it(pattern: str, javascript: Callable[[str, str], bool]) -> None:
    with pytest.raises(PatternUnfit) as raised:
        compile_js(pattern)
    assert not isinstance(raised.value, PatternWrong)
    assert javascript(pattern, "") is False


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", r"\d*\d*x", "a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaa", "(a|a)+b", "a{0,50}a{0,50}b", "a*b*c"]
)
def test_what_python_might_match_slowly_is_not_matched_by_it(pattern: str) -> None:
    assert not translated(pattern).is_tame
    assert compile_js(pattern)("a" * 500) in (True, False)
