"""Numbers, texts, temporals, comments: what stands for itself."""

import pytest

from engine.feel import FeelSyntaxError, compile_expression
from tests.feel.evaluating import shown, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", "1"),
        (".872", "0.872"),
        ("1.50", "1.50"),
        ("1.23e4", "12300"),
        ("1.23E-4", "0.000123"),
        ("true", "true"),
        ("null", "null"),
        ('"a"', '"a"'),
        ('"a\\"b"', '"a\\"b"'),
        ('@"2026-01-31"', "2026-01-31"),
        ('@"12:00:00Z"', "12:00:00Z"),
        ('@"2026-01-31T12:00:00@Asia/Shanghai"', "2026-01-31T12:00:00@Asia/Shanghai"),
        ('@"P1Y6M"', "P1Y6M"),
        ('@"PT36H"', "P1DT12H"),
        ('@"no date"', "null"),
        ("[1, [2, []]]", "[1, [2, []]]"),
        ('{a: 1, "b c": {d: 2}}', "{a: 1, b c: {d: 2}}"),
        ("1 // the rest is a comment", "1"),
        ("1 /* inside */ + /* \n */ 2", "3"),
    ],
)
def test_a_literal_is_its_value(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"\n\r\t\\"', "\n\r\t\\"),
        (r'"\u6D41\u8F6C"', "流转"),
        (r'"\U01F40E"', "🐎"),
        (r'"\uD83D\uDC0E"', "🐎"),
        (r'"\uD83D"', "\ufffd"),
        (r'"\d+"', r"\d+"),
        (r'"\U110000"', r"\U110000"),
    ],
)
def test_escapes_become_characters_and_other_backslashes_stay(text: str, expected: str) -> None:
    assert value(text) == expected


def test_a_number_keeps_34_digits_and_rounds_half_even() -> None:
    assert shown("12345678901234567890123456789012345") == "12345678901234567890123456789012340"
    assert shown("0.1 + 0.2") == "0.3"
    assert shown("1 / 3") == "0.3333333333333333333333333333333333"


def test_a_number_beyond_decimal128_is_null() -> None:
    assert value("1e6145") is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('"open', 'End it with "'),
        ("/* open", "End it with */"),
        ("a && b", "Write “and”"),
        ("a || b", "Write “or”"),
        ("!a", "Write != "),
        ("a % b", "modulo"),
        ("${a}", "FEEL needs no ${…}"),
        ("1 ＋ 2", "1 ▸＋ 2"),
    ],
)
def test_what_is_no_symbol_of_feel_is_refused_with_a_hint(text: str, hint: str) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression(text)
    assert hint in str(caught.value)
