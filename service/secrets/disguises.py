"""The same words written otherwise: with escapes of addresses, HTML, JSON and program texts, also one over another, or in lines.

A layer is a text with one writing taken off, and knows where each of its characters stands in the text as it came.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: Writings one over another that are taken off.
_DEEPEST = 6
#: One character of UTF-8, byte by byte behind `{0}`; a byte that begins none is a character of Latin-1.
_BYTES = (
    "(?:{0}[c-d][0-9a-f]{0}[89ab][0-9a-f]|{0}e[0-9a-f](?:{0}[89ab][0-9a-f]){{2}}"
    "|{0}f[0-7](?:{0}[89ab][0-9a-f]){{3}}|{0}[0-9a-f]{{2}})"
)
_ESCAPE = re.compile(
    "|".join(
        (
            _BYTES.format("%"),
            _BYTES.format(r"\\x"),
            r"\\u(?:d[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|[0-9a-f]{4})",
            r"\\u\{[0-9a-f]{1,6}\}",
            r"\\[^ux]",
            r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});",
        )
    ),
    re.IGNORECASE,
)
_BREAK = re.compile(r"[\r\n]+[ \t]*")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "0": "\0"}


@dataclass(frozen=True, slots=True)
class Layer:
    """`starts`: where each character begins in the text as it came, and where the last one ends."""

    text: str
    starts: Sequence[int]


def layers(text: str) -> Iterator[Layer]:
    """The text as it came, and with one writing after another taken off; each with its lines joined too."""
    layer = Layer(text, range(len(text) + 1))
    for _ in range(_DEEPEST):
        yield layer
        if _BREAK.search(layer.text):
            yield _without(layer, _BREAK, joined=True)
        if not _ESCAPE.search(layer.text):
            return
        layer = _without(layer, _ESCAPE)
    yield layer


def folded(text: str) -> str:
    """For comparing: small letters, and a plus as a space, which forms write so. As long as before."""
    return text.replace("\u0130", "i").lower().replace("\u03c2", "\u03c3").replace("+", " ")


def _without(layer: Layer, pattern: re.Pattern[str], *, joined: bool = False) -> Layer:
    pieces: list[str] = []
    starts: list[int] = []
    at = 0
    for found in pattern.finditer(layer.text):
        meant = "" if joined else _meant(found[0])
        pieces += (layer.text[at : found.start()], meant)
        starts += layer.starts[at : found.start()]
        # An entity can mean two characters: what stands for the first stands for both.
        starts += [layer.starts[found.start()], *[layer.starts[found.end()]] * (len(meant) - 1)] if meant else ()
        at = found.end()
    pieces.append(layer.text[at:])
    return Layer("".join(pieces), [*starts, *layer.starts[at:]])


def _meant(escape: str) -> str:
    """The characters that an escape stands for; itself where it stands for none."""
    if escape[0] == "&":
        if escape[1] != "#":
            return html.unescape(escape)
        # By its number, also where HTML takes another character for it.
        return _character(int("0" + escape.lower().strip("&#;"), 0) if escape[2] in "xX" else int(escape[2:-1])) or escape
    kind = escape[:2].lower()
    if escape[0] == "%" or kind == r"\x":
        content = bytes.fromhex(escape.lower().replace("%", "").replace(r"\x", ""))
        try:
            return content.decode()
        except UnicodeDecodeError:
            return content.decode("latin-1") if len(content) == 1 else escape
    if kind == r"\u":
        units = [int(each.strip("{}"), 16) for each in escape.lower().split(r"\u")[1:]]
        if len(units) == 1:
            return _character(units[0]) or escape
        return chr(0x10000 + ((units[0] - 0xD800) << 10) + units[1] - 0xDC00)
    return _LETTERS.get(escape[1], escape[1])


def _character(number: int) -> str:
    return chr(number) if number < 0x110000 else ""
