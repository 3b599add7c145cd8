"""Values between FEEL and the methods of Java that are known here (DMN 1.5, table 58)."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.facts.sentences import Sentence
from engine.feel import Refused, text_of

BITS = {"byte": 8, "short": 16, "int": 32, "long": 64}


class JavaFault(Refused):
    """Why a call is null."""


def _whole(type_: str) -> Callable[[Any], int]:
    limit = 2 ** (BITS[type_] - 1)

    def convert(value: Any) -> int:
        if not isinstance(value, Decimal):
            raise JavaFault(Sentence("{value} is no {type}", value=text_of(value), type=type_))
        if not -limit <= value.to_integral_value("ROUND_DOWN") < limit:
            raise JavaFault(Sentence("{value} is beyond the range of {type}", value=value, type=type_))
        return int(value)

    return convert


def _double(value: Any) -> float:
    if not isinstance(value, Decimal):
        raise JavaFault(Sentence("{value} is no number", value=text_of(value)))
    return float(value)


def _float(value: Any) -> float:
    """Rounded to 32 bits, then written as short as Java writes it."""
    return _narrowed(_double(value))


def _narrowed(value: float) -> float:
    try:
        (narrow,) = struct.unpack("f", struct.pack("f", value))
    except OverflowError:
        return math.inf
    texts = (f"{narrow:.{digits}g}" for digits in range(1, 10))
    return next(float(text) for text in texts if struct.pack("f", float(text)) == struct.pack("f", narrow))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise JavaFault(Sentence("{value} is no text", value=text_of(value)))
    return value


def _char(value: Any) -> str:
    if len(_text(value)) != 1:
        raise JavaFault(Sentence("“{value}” is not a single character", value=value))
    return str(value)


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise JavaFault(Sentence("{value} is no boolean", value=text_of(value)))
    return value


#: From FEEL to the types of parameters.
CONVERSIONS: Mapping[str, Callable[[Any], Any]] = {
    **{type_: _whole(type_) for type_ in BITS},
    "double": _double,
    "float": _float,
    "char": _char,
    "boolean": _boolean,
    "java.lang.String": _text,
}


def from_java(value: Any) -> Any:
    """A result as FEEL has it. Raises JavaFault for what is no number there."""
    if isinstance(value, float) and not math.isfinite(value):
        raise JavaFault(Sentence("the result is no finite number"))
    return Decimal(repr(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


def read_number(type_: str) -> Callable[[str], Any]:
    """The method of the class of `type_` that reads a text."""

    def read(text: str) -> Any:
        try:
            return CONVERSIONS[type_](Decimal(text.strip() if type_ in ("double", "float") else _digits(text)))
        except InvalidOperation:
            raise JavaFault(Sentence("“{text}” is no {type}", text=text, type=type_)) from None

    return read


def _digits(text: str) -> str:
    if not re.fullmatch(r"[-+]?[0-9]{1,20}", text):
        raise JavaFault(Sentence("“{text}” is no whole number", text=text))
    return text
