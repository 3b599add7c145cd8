"""Numbers of a form: read from what was sent, exactly or not at all, and written as JavaScript writes them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

#: What String.prototype.trim takes away.
WHITE = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)

#: Below it every whole number is a float of its own, and a float is written without an exponent by nobody.
_WHOLE = 2**53
#: JavaScript writes larger numbers with an exponent.
_PLAIN = 10**21
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
_LONGEST = 400  # characters of a number


def read_number(value: Any) -> int | float | None:
    """The number that a value is, or that a text spells; None when it is none, is infinite, or could not be kept as it is."""
    kind = type(value)
    if kind is int:
        return value  # type: ignore[no-any-return]
    if kind is float:
        return _read_float(value)
    if kind is not str:
        return None
    text = value.strip(WHITE)
    if len(text) > _LONGEST or not _DECIMAL.fullmatch(text):
        return None
    if text.lstrip("+-").isdigit():
        return int(text)
    number = float(text)
    return _read_float(number) if number - number == 0 and Decimal(text) == Decimal(repr(number)) else None


def _read_float(value: float) -> int | float | None:
    if value.is_integer():
        return int(value) if abs(value) < _WHOLE else value
    return value if value - value == 0 else None


def exact(value: Any) -> Decimal | None:
    """The decimal that a number is or a text spells, for comparing; None when it is none."""
    kind = type(value)
    if kind is int:
        return Decimal(value)
    if kind is float:
        return Decimal(repr(value))
    if kind is Decimal:
        return value  # type: ignore[no-any-return]
    if kind is str and len(value) <= _LONGEST and _DECIMAL.fullmatch(value) and value[0] != "+":
        try:
            return Decimal(value)
        except InvalidOperation:
            return None
    return None


def decimals_of(number: Decimal) -> int:
    """Digits after the point, zeros at the end not counted."""
    exponent = number.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def text_of_number(value: float | Decimal) -> str:
    """JavaScript's String(value), but with all digits of a whole number."""
    if type(value) is int:
        return str(value)
    if isinstance(value, Decimal):
        return _text_of_decimal(value)
    if value.is_integer() and abs(value) < _PLAIN:
        return str(int(value))
    text = repr(value)
    mantissa, e, exponent = text.partition("e")
    if not e:
        return text
    power = int(exponent)
    return format(Decimal(text), "f") if -7 < power < 0 else f"{mantissa}e{power:+d}"


def _text_of_decimal(value: Decimal) -> str:
    if value == value.to_integral_value() and abs(value) < _PLAIN:
        return str(int(value))
    if abs(value) < Decimal("1e-6") or abs(value) >= _PLAIN:
        return text_of_number(float(value))
    return format(value.normalize(), "f")


def as_text(value: Any) -> str:
    """JavaScript's String(value), of texts and numbers."""
    if type(value) is str:
        return value
    return text_of_number(value) if type(value) in (int, float) else str(value)


def length_of(text: str) -> int:
    """JavaScript's text.length: UTF-16 units."""
    return len(text) if text.isascii() or max(text) < "\U00010000" else len(text.encode("utf-16-le")) // 2
