"""How operators bind, how brackets and keywords are read, and what errors say."""

import pytest

from engine.feel import FeelSyntaxError, compile_expression
from tests.feel.evaluating import shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 4 - 3", "3"),
        ("16 / 4 / 2", "2"),
        ("2 ** 3 ** 2", "64"),
        ("-2 ** 2", "4"),
        ("2 ** -1", "0.5"),
        ("--3", "3"),
        ("1 + 2 < 4 and 2 > 1", "true"),
        ("true or false and false", "true"),
        ("1 between 0 and 2 and false", "false"),
        ("1 < 2 = true", "true"),
        ("not(true) or true", "true"),
        ("1 + 2 instance of number", "true"),
        ("1 in [0..2] and 3 in (1, 3)", "true"),
        ("if 1 > 2 then 1 else if 2 > 1 then 2 else 3", "2"),
        ("{a: {b: [1, 2]}}.a.b[2]", "2"),
        ("[[1, 2], [3]][1][2]", "2"),
        ("{f: function(x) x * 2}.f(4)", "8"),
        ("(function(x) function(y) x - y)(5)(3)", "2"),
        ("for x in [1, 2] return x + 1", "[2, 3]"),
        ("some x in [1, 2] satisfies x = 2 and x > 1", "true"),
        ("5 in [1..10[", "true"),
        ("10 in [1..10[", "false"),
        ("1 in ]1..10]", "false"),
        ("[1..10[.end included", "false"),
        ("[[1..3[, ]3..5]][2].start", "3"),
        ("[1..[10, 20][1]]", "[1..10]"),
        ("(1..3).start", "1"),
        ("5 in (< 3, > 4)", "true"),
        ("(< 3).end", "3"),
        ("{a: > 5}.a", "> 5"),
    ],
)
def test_an_expression_is_read_as_the_standard_binds_it(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "position", "part"),
    [
        ("", 0, "An expression is missing before the end"),
        ("1 +", 3, "before the end"),
        ("1 == 2", 3, "Write one = to compare"),
        ("if a then b", 11, "every if has an else"),
        ("(1 + 2", 6, "“)” is missing"),
        ("[1, 2", 5, "A list ends with ]"),
        ("{a: 1", 5, "separated by commas"),
        ("{a 1}", 4, "name: value"),
        ("1 2", 2, "An operator may be missing"),
        ("1)", 1, "no opening bracket"),
        ("f(1, a: 2)", 8, "named arguments"),
        ("for x return 1", 6, "“in” is missing"),
        ("some x in [1] return x", 14, "“satisfies” is missing"),
        ("1 instance of", 13, "A type is missing"),
        ("[1..2", 5, "A range ends with"),
        ("a.", 1, "does not belong here"),
        ("x and and y", 6, "“and” is a keyword"),
    ],
)
def test_an_error_tells_where_and_what(text: str, position: int, part: str) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression(text)
    assert caught.value.position == position
    assert part in str(caught.value)


def test_an_error_shows_the_place_in_the_text() -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression("amount > 100 and ) 5")
    assert caught.value.excerpt == "“amount > 100 and ▸) 5”"


def test_long_sums_and_conditions_need_no_deep_stack() -> None:
    assert shown(" + ".join(["1"] * 5000)) == "5000"
    assert shown(" and ".join(["true"] * 5000)) == "true"
    assert shown("[" + ", ".join(["1"] * 5000) + "][5000]") == "1"


@pytest.mark.parametrize(
    "text",
    ["(" * 200 + "1" + ")" * 200, "[" * 5000, "-" * 5000 + "1", "a" + "[1]" * 500, "a" + ".b" * 500, "{a:" * 100, "1 in (" * 100],
)
def test_deep_nesting_is_refused_or_read_but_never_fails_otherwise(text: str) -> None:
    try:
        compile_expression(text)
    except FeelSyntaxError as error:
        assert error.excerpt
