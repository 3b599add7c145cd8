"""`String.format` and `String.valueOf` of Java, as far as known here: %s %S %b %c %f %n %% with flags and widths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.dmn.java_values import JavaFault
from engine.facts.sentences import Sentence
from engine.feel import text_of

MAX_SPECIFIERS = 1_000
MAX_WIDTH = 1_000
PLAIN = {"%": "%", "n": "\n"}
SPECIFIER = re.compile(r"%(?P<flags>[-+ 0,]*)(?P<width>\d{0,9})(?:\.(?P<precision>\d{1,9}))?(?P<conversion>.?)", re.DOTALL)


def java_text(value: Any) -> str:
    """What `String.valueOf` gives for a primitive value."""
    return text_of(value)


def java_format(text: str, arguments: list[Any]) -> str:
    """The text with its specifiers filled in. Raises JavaFault where Java would throw, and for what is not known here."""
    if text.count("%") > MAX_SPECIFIERS:
        raise JavaFault(Sentence("the format has more than {limit} specifiers", limit=MAX_SPECIFIERS))
    values = iter(arguments)
    return SPECIFIER.sub(lambda match: _filled(match, values), text)


def _filled(match: re.Match[str], values: Iterator[Any]) -> str:
    written = PLAIN.get(match["conversion"]) or _written(match, values)
    width = _limited(match["width"])
    if "-" in match["flags"]:
        return written.ljust(width)
    return written.zfill(width) if "0" in match["flags"] else written.rjust(width)


def _written(match: re.Match[str], values: Iterator[Any]) -> str:
    try:
        value = next(values)
    except StopIteration:
        raise JavaFault(Sentence("the format has no argument for '{specifier}'", specifier=match.group())) from None
    conversion = match["conversion"]
    if conversion in ("s", "S"):
        text = text_of(value)[: _limited(match["precision"]) if match["precision"] else None]
        return text.upper() if conversion == "S" else text
    if conversion == "b":
        return "false" if value is None or value is False else "true"
    if conversion == "c" and isinstance(value, str) and len(value) == 1:
        return value
    if conversion == "f" and isinstance(value, Decimal):
        return _decimal(value, match)
    raise JavaFault(Sentence("'{specifier}' does not take {value}", specifier=match.group(), value=text_of([value])[1:-1]))


def _decimal(value: Decimal, match: re.Match[str]) -> str:
    digits = _limited(match["precision"] or "6")
    if value.adjusted() > MAX_WIDTH:
        raise JavaFault(Sentence("the number is too large for '{specifier}'", specifier=match.group()))
    rounded = _rounded(value, digits)
    sign = "+" if "+" in match["flags"] else " " if " " in match["flags"] else "-"
    return f"{rounded:{sign}{',' if ',' in match['flags'] else ''}.{digits}f}"


def _rounded(value: Decimal, digits: int) -> Decimal:
    """Java rounds halves up, whatever the precision of the context."""
    scaled = value.scaleb(digits)
    return scaled.to_integral_value(ROUND_HALF_UP).scaleb(-digits)


def _limited(written: str) -> int:
    number = int(written or 0)
    if number > MAX_WIDTH:
        raise JavaFault(Sentence("a width of {number} is more than {limit}", number=number, limit=MAX_WIDTH))
    return number
