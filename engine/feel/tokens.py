"""Text to tokens (DMN 1.5, §10.3.1.2, rules 22-36): words, numbers, strings, symbols; comments are dropped."""

import re
from decimal import Decimal
from typing import Any, NamedTuple

from engine.facts.sentences import Sentence
from engine.feel.errors import FeelSyntaxError
from engine.feel.numbers import number_from_text

WORD, NUMBER, STRING, AT, SYMBOL, END = "word", "number", "string", "at", "symbol", "end"

MAX_TEXT = 200_000

_START = (
    r"?A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_PART = _START + r"0-9\u00B7\u0300-\u036F\u203F-\u2040"
_TOKEN = re.compile(
    rf"""(?P<space>[\s\uFEFF\u180E\u200B]+|//[^\n]*|/\*.*?\*/)
    |(?P<number>(?:[0-9]+(?:\.(?!\.)[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<word>[{_START}][{_PART}]*)
    |(?P<at>@\s*(?="))
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<symbol>\.\.|\*\*|<=|>=|!=|->|/(?!\*)|[-+*=<>()\[\]{{}},.:;'’])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"""\\(?:(["'\\nrt])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6}))""")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_LONE = re.compile("[\ud800-\udfff]")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_FULL_WIDTH = dict(zip("（），：＋－＊／＝＜＞“”‘’［］｛｝＂", '(),:+-*/=<>""\'\'[]{}"', strict=True))


class Token(NamedTuple):
    """One token: its kind, its text as written, its value (numbers, strings) and its offsets in the text."""

    kind: str
    text: str
    value: Any
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The tokens of `text`, the last one of kind END. Raises FeelSyntaxError."""
    if len(text) > MAX_TEXT:
        raise FeelSyntaxError(
            Sentence("The text has {count:,} characters, {limit:,} are allowed", count=len(text), limit=MAX_TEXT), text, 0
        )
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _unreadable(text, at)
        kind = match.lastgroup
        if kind != "space":
            tokens.append(_token(kind or SYMBOL, match.group(), at, match.end()))
        at = match.end()
    tokens.append(Token(END, "", None, len(text), len(text)))
    return tokens


def _token(kind: str, text: str, start: int, end: int) -> Token:
    if kind == NUMBER:
        return Token(NUMBER, text, _number(text), start, end)
    if kind == STRING:
        return Token(STRING, text, unescape(text[1:-1]), start, end)
    return Token(kind, text, None, start, end)


def _number(text: str) -> Decimal | None:
    """None when the literal is beyond decimal128; evaluates to null."""
    return number_from_text(text)


def unescape(text: str) -> str:
    r"""The string meant by a literal's inside: `\n \r \t \" \' \\ \uXXXX \UXXXXXX`; other backslashes stay as they are."""
    if "\\" not in text:
        return text
    return _LONE.sub("\ufffd", _SURROGATES.sub(_joined, _ESCAPE.sub(_unescaped, text)))


def _unescaped(match: re.Match[str]) -> str:
    plain, four, six = match.groups()
    if plain:
        return _PLAIN[plain]
    code = int(four or six, 16)
    return chr(code) if code <= 0x10FFFF else match.group()


def _joined(match: re.Match[str]) -> str:
    """One code point of a surrogate pair."""
    pair = match.group()
    return chr(0x10000 + ((ord(pair[0]) - 0xD800) << 10) + (ord(pair[1]) - 0xDC00))


def _unreadable(text: str, at: int) -> FeelSyntaxError:
    found = text[at]
    if found == '"':
        return FeelSyntaxError(Sentence("A string is not closed"), text, at, Sentence('End it with ".'))
    if text.startswith("/*", at):
        return FeelSyntaxError(Sentence("A comment is not closed"), text, at, Sentence("End it with */."))
    if found in _FULL_WIDTH:
        return FeelSyntaxError(
            Sentence("{found} is no FEEL symbol", found=found),
            text,
            at,
            Sentence("Write {meant} instead.", meant=_FULL_WIDTH[found]),
        )
    return FeelSyntaxError(Sentence("“{found}” is no FEEL symbol", found=found), text, at, _HINTS.get(found))


_HINTS = {
    "!": Sentence("Write != for “is not” and not(…) for negation."),
    "&": Sentence("Write “and”."),
    "|": Sentence("Write “or”."),
    "$": Sentence("FEEL needs no ${{…}}: write the expression alone."),
    "#": Sentence("FEEL needs no #{{…}}: write the expression alone."),
    "%": Sentence("Write modulo(a, b) for the remainder."),
    "@": Sentence('After @ a text in quotes follows: @"2026-01-31".'),
    "`": Sentence('Texts stand in double quotes: "…".'),
}
