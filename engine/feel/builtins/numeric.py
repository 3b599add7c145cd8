"""Functions of numbers (§10.3.4.5)."""

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)
from typing import Final

from engine.facts.sentences import Sentence
from engine.feel.builtins.registry import built_in
from engine.feel.errors import Refused
from engine.feel.frames import Evaluation
from engine.feel.numbers import CONTEXT, ROUNDED, is_whole
from engine.feel.temporal.durations import DayTimeDuration, YearMonthDuration

_MIN_SCALE: Final = -6111
_MAX_SCALE: Final = 6176
#: What a logarithm costs, and a division with thousands of digits.
_STEPS_OF_A_SERIES: Final = 10
_WIDE: Final = Context(prec=13_000, Emin=-20_000, Emax=20_000)


def rounded(number: Decimal, scale: Decimal | None, rounding: str) -> Decimal:
    """The number with so many digits after the point; a negative scale rounds tens, hundreds, …"""
    if scale is None:
        scale = Decimal(0)
    if not _MIN_SCALE <= scale <= _MAX_SCALE:
        raise Refused(Sentence("The scale is not between {least} and {most}", least=_MIN_SCALE, most=_MAX_SCALE))
    places = int(scale)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return number
    result = number.quantize(Decimal((0, (1,), -places)), rounding=rounding, context=_WIDE)
    return ROUNDED(result if places >= 0 else result.quantize(Decimal(1), context=_WIDE))


@built_in("decimal(n: number, scale: number)")
def decimal(_evaluation: Evaluation, n: Decimal, scale: Decimal) -> Decimal:
    """n rounded half-even, with exactly `scale` digits after the point."""
    result = rounded(n, scale, ROUND_HALF_EVEN)
    places = max(0, int(scale))
    if places + result.adjusted() < 33 and places <= 33:
        return result.quantize(Decimal((0, (1,), -places)), context=_WIDE)
    return result


def _rounding(name: str, mode: str) -> None:
    @built_in(f"{name}(n: number, scale: number)")
    def round_(_evaluation: Evaluation, n: Decimal, scale: Decimal) -> Decimal:
        return rounded(n, scale, mode)


for _name, _mode in (
    ("round up", ROUND_UP),
    ("round down", ROUND_DOWN),
    ("round half up", ROUND_HALF_UP),
    ("round half down", ROUND_HALF_DOWN),
):
    _rounding(_name, _mode)


@built_in("floor(n: number, scale: number=)")
def floor(_evaluation: Evaluation, n: Decimal, scale: Decimal | None) -> Decimal:
    """The next number below with that scale."""
    return rounded(n, scale, ROUND_FLOOR)


@built_in("ceiling(n: number, scale: number=)")
def ceiling(_evaluation: Evaluation, n: Decimal, scale: Decimal | None) -> Decimal:
    """The next number above with that scale."""
    return rounded(n, scale, ROUND_CEILING)


@built_in("abs(n: number)")
def abs_(_evaluation: Evaluation, n: Decimal) -> Decimal:
    """Without sign."""
    return n.copy_abs()


@built_in("abs(n: days and time duration|years and months duration)")
def abs_of_duration(_evaluation: Evaluation, n: DayTimeDuration | YearMonthDuration) -> DayTimeDuration | YearMonthDuration:
    """Without sign."""
    if isinstance(n, DayTimeDuration):
        return DayTimeDuration(abs(n.nanoseconds))
    return YearMonthDuration(abs(n.months))


@built_in("modulo(dividend: number, divisor: number)")
def modulo(evaluation: Evaluation, dividend: Decimal, divisor: Decimal) -> Decimal:
    """dividend - divisor * floor(dividend / divisor): the sign is the divisor's."""
    evaluation.spend(_STEPS_OF_A_SERIES)
    if not divisor:
        raise Refused(Sentence("modulo: the divisor is 0"))
    if dividend.adjusted() - divisor.adjusted() > 6000:
        raise Refused(Sentence("modulo: the two numbers are too far apart"))
    quotient = _WIDE.divide(dividend, divisor).to_integral_value(ROUND_FLOOR, _WIDE)
    return ROUNDED(_WIDE.subtract(dividend, _WIDE.multiply(divisor, quotient)))


@built_in("sqrt(number: number)")
def sqrt(_evaluation: Evaluation, number: Decimal) -> Decimal:
    """The square root; null of a negative number."""
    if number < 0:
        raise Refused(Sentence("sqrt: the number is negative"))
    return CONTEXT.sqrt(number)


@built_in("log(number: number)")
def log(evaluation: Evaluation, number: Decimal) -> Decimal:
    """The natural logarithm; null unless the number is positive."""
    evaluation.spend(_STEPS_OF_A_SERIES)
    if number <= 0:
        raise Refused(Sentence("log: the number is not positive"))
    return CONTEXT.ln(number)


@built_in("exp(number: number)")
def exp(evaluation: Evaluation, number: Decimal) -> Decimal:
    """e to that power."""
    evaluation.spend(_STEPS_OF_A_SERIES)
    try:
        return CONTEXT.exp(number)
    except ArithmeticError:
        raise Refused(Sentence("exp: the result is too large")) from None


@built_in("odd(number: number)")
def odd(_evaluation: Evaluation, number: Decimal) -> bool | None:
    """Whether an integer is odd; null of a fraction."""
    return _is_odd(number)


@built_in("even(number: number)")
def even(_evaluation: Evaluation, number: Decimal) -> bool | None:
    """Whether an integer is even; null of a fraction."""
    return not _is_odd(number)


def _is_odd(number: Decimal) -> bool:
    if not is_whole(number):
        raise Refused(Sentence("Only integers are odd or even"))
    return bool(number) and number.adjusted() < 40 and int(number) % 2 == 1
