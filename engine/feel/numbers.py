"""Numbers: decimals of 34 digits, rounded half-even, as IEEE 754-2008 decimal128 (DMN 1.5, §10.3.2.3.1)."""

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

PRECISION = 34
CONTEXT = Context(
    prec=PRECISION,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[InvalidOperation, DivisionByZero, Overflow],
)

# Bound methods of one context: no thread-local context is looked up or entered per operation.
ADD = CONTEXT.add
SUBTRACT = CONTEXT.subtract
MULTIPLY = CONTEXT.multiply
DIVIDE = CONTEXT.divide
POWER = CONTEXT.power
ROUNDED = CONTEXT.plus

_LARGEST_EXACT = 10**PRECISION
_SMALL = {value: Decimal(value) for value in range(-100, 1001)}

ZERO = Decimal(0)
ONE = Decimal(1)


def number_from_text(text: str) -> Decimal | None:
    """The decimal128 written as `text` (digits, point, exponent), None when it is beyond the largest number."""
    try:
        return CONTEXT.create_decimal(text)
    except ArithmeticError:
        return None


def number_from_int(value: int) -> Decimal | None:
    """The decimal128 of an integer of the host; beyond 34 digits it is rounded."""
    small = _SMALL.get(value)
    if small is not None:
        return small
    if -_LARGEST_EXACT < value < _LARGEST_EXACT:
        return Decimal(value)
    if value.bit_length() > 20_500:  # 10^6144; the check keeps the conversion of a giant cheap
        return None
    return ROUNDED(Decimal(value))


def number_from_float(value: float) -> Decimal | None:
    """The decimal that prints like the float (0.1 is 0.1); infinities and NaN are no numbers of FEEL."""
    number = Decimal(repr(value))
    return number if number.is_finite() else None


def is_whole(number: Decimal) -> bool:
    """Whether the number has no fraction."""
    return number == number.to_integral_value()


def plain(number: Decimal) -> str:
    """The number as people write it: no exponent, the zeros after the point kept as computed."""
    text = format(number, "f")
    return "0" if number.is_zero() and "." not in text else text
