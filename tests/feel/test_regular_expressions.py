"""matches, replace and split with the patterns of XPath 3.1."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import FeelBudgetExceeded
from tests.feel.evaluating import reasons, value


def matches(text: str, pattern: str, flags: str = "") -> bool | None:
    found = value("matches(text, pattern, flags)", text=text, pattern=pattern, flags=flags)
    assert found is None or isinstance(found, bool)
    return found


@pytest.mark.parametrize(
    ("text", "pattern", "flags", "expected"),
    [
        ("abracadabra", "bra", "", True),
        ("abracadabra", "^a.*a$", "", True),
        ("abracadabra", "^bra", "", False),
        ("a\nb", "a.b", "", False),
        ("a\nb", "a.b", "s", True),
        ("a\nb", "^b$", "m", True),
        ("a\nb", "^b$", "", False),
        ("abcd\n", "^$", "m", False),
        ("HELLO", "hello", "i", True),
        ("K", "k", "i", True),
        ("x", "[A-Z-[OI]]", "i", True),
        ("i", "[A-Z-[OI]]", "i", False),
        ("q", "[^Q]", "i", False),
        ("hello world", "hello\\ sworld", "x", True),
        ("hello world", "hello[ ]world", "x", True),
        ("a.b", "a.b", "q", True),
        ("axb", "a.b", "q", False),
        ("aXb", "A.B", "qi", False),
        ("aa", "(a)\\1", "", True),
        ("ab", "(a)\\1", "", False),
        ("aA", "(a)\\1", "i", True),
        ("流转", "\\p{IsCJKUnifiedIdeographs}+", "", True),
        ("Ab1", "^\\p{Lu}\\p{Ll}\\p{Nd}$", "", True),
        ("a-b", "^\\i\\c*$", "", True),
        ("1a", "^\\i\\c*$", "", False),
        ("ab12", "^\\w+$", "", True),
        ("a b", "^\\S\\s\\S$", "", True),
        ("aaa", "^a{2,3}$", "", True),
        ("aaaa", "^a{2,3}$", "", False),
        ("aaaa", "^a{2,}$", "", True),
        ("", "^$", "", True),
        ("", "", "", True),
        ("ab", "^(?:a|ab)(?:c|bcd|)$", "", True),
        ("[]", "^\\[\\]$", "", True),
        ("-", "^[a\\-z]$", "", True),
        ("é", "^[à-ü]$", "", True),
    ],
)
def test_a_pattern_matches_as_xpath_says(text: str, pattern: str, flags: str, expected: bool) -> None:
    assert matches(text, pattern, flags) is expected


@pytest.mark.parametrize(
    "pattern",
    [
        "(", ")", "[", "[]", "[a", "a**", "+", "a{2,1}", "a{,2}", "a{", "a{99999}", "\\", "\\y", "\\b", "\\p{Xx}",
        "\\p{IsNowhere}",
        "\\pL", "(?=a)", "(?<n>a)", "\\1", "(a)\\2", "[a\\1]", "[b-a]", "^*", "]", "}", "(" * 100 + ")" * 100, "[a-[b]c]",
        "(a{5000}){5000}", "(?:(?:(?:){5000}){5000}){5000}", "a" * 20_000,
    ],
)  # fmt: skip
def test_what_the_standard_does_not_allow_is_null_with_a_reason(pattern: str) -> None:
    assert value("matches(text, pattern)", text="a", pattern=pattern) is None
    assert reasons("matches(text, pattern)", text="a", pattern=pattern)


def test_unknown_flags_are_null() -> None:
    assert matches("a", "a", "g") is None


@pytest.mark.parametrize(
    ("text", "pattern", "replacement", "expected"),
    [
        ("abracadabra", "bra", "*", "a*cada*"),
        ("abracadabra", "a.*?a", "*", "*c*bra"),
        ("AAAA", "A+?", "b", "bbbb"),
        ("darted", "^(.*?)d(.*)$", "$1c$2", "carted"),
        ("abc", "b", "[$0]", "a[b]c"),
        ("abc", "(b)", "$12", "ab2c"),
        ("abc", "b", "\\$\\\\", "a$\\c"),
        ("abc", "b", "$", None),
        ("abc", "b", "\\n", None),
        ("abc", "b*", "x", None),
        ("abc", "(b)|(x)", "$2", "ac"),
        ("abab", "(a)(b)", "$2$1", "baba"),
    ],
)
def test_a_replacement_may_name_groups(text: str, pattern: str, replacement: str, expected: str | None) -> None:
    assert value("replace(t, p, r)", t=text, p=pattern, r=replacement) == expected


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(a+)+$", "a" * 5000 + "!"),
        ("(a|aa)+$", "a" * 5000 + "!"),
        ("(a*)*b", "a" * 5000),
        ("(.*)(.*)(.*)(.*)(.*)x", "a" * 2000),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 3000),
        ("(x+x+)+y", "x" * 3000),
        ("(a?){50}a{50}", "a" * 50),
    ],
)
def test_no_pattern_explodes(pattern: str, text: str) -> None:
    """A matcher that tries every way would need longer than the universe lasts."""
    assert matches(text, pattern) in (True, False)


def test_a_back_reference_that_explodes_is_stopped_by_the_budget() -> None:
    with pytest.raises(FeelBudgetExceeded):
        matches("a" * 3000 + "!", "^(a*)*(a*)*\\1\\2$")


ATOMS = st.sampled_from(
    ["a", "b", ".", "[ab]", "[^a]", "(a)", "(b|ab)", "(?:a|b)", "\\w", "a*", "b+?", "a?", "(ab)*", "(a|b){1,2}"]
)


@given(st.lists(ATOMS, min_size=1, max_size=6).map("".join), st.text("abc", max_size=8))
def test_where_python_has_the_same_patterns_it_gives_the_same_answers(pattern: str, text: str) -> None:
    assert matches(text, pattern) is (re.search(pattern, text) is not None)
    if re.search(pattern, "") is None:
        assert value("replace(t, p, r)", t=text, p=pattern, r="<$0>") == re.sub(pattern, r"<\g<0>>", text)
