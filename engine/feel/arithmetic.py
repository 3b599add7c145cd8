"""+ - * / ** and unary minus by type (DMN 1.5, tables 56-61). A fault raises Refused with the reason."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from engine.facts.sentences import Sentence
from engine.feel.errors import Refused
from engine.feel.frames import checked_string
from engine.feel.numbers import ADD, DIVIDE, MULTIPLY, POWER, SUBTRACT
from engine.feel.temporal.arithmetic import difference, shifted
from engine.feel.temporal.durations import (
    DayTimeDuration,
    YearMonthDuration,
    day_time_duration,
    year_month_duration,
)
from engine.feel.temporal.values import Date, DateTime, Time
from engine.feel.values import kind_said, value_of

#: A power that is not whole is a logarithm and an exponential function: so many steps of FEEL.
STEPS_OF_A_POWER: Final = 40

_DURATIONS: Final = (DayTimeDuration, YearMonthDuration)
_MOMENTS: Final = (Date, Time, DateTime)


def arithmetic(operator: str, left: Any, right: Any) -> Any:
    """`left op right` for any two values."""
    left, right = value_of(left), value_of(right)
    if type(left) is Decimal and type(right) is Decimal:
        return of_numbers(operator, left, right)
    found = _BY_OPERATOR[operator](left, right)
    if found is None:
        raise Refused(_unsuited(operator, left, right))
    return found


def of_numbers(operator: str, left: Decimal, right: Decimal) -> Decimal:
    """Numbers: 34 digits, half-even; Refused for a division by zero or a result beyond decimal128."""
    try:
        return _NUMBERS[operator](left, right)
    except ArithmeticError:
        reason = (
            Sentence("Division by zero")
            if operator == "/" and right.is_zero()
            else Sentence("{operator} has no result among the numbers", operator=operator)
        )
        raise Refused(reason) from None


_NUMBERS: Final[dict[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": ADD,
    "-": SUBTRACT,
    "*": MULTIPLY,
    "/": DIVIDE,
    "**": POWER,
}


def _unsuited(operator: str, left: Any, right: Any) -> Sentence:
    if left is None or right is None:
        return Sentence("{operator} needs two values, one is null", operator=operator)
    return unsuited(operator, left, right)


def unsuited(operator: str, left: Any, right: Any) -> Sentence:
    """Why an operator has no answer for values of these types."""
    return Sentence(
        "{operator} does not go with {left} and {right}", operator=operator, left=kind_said(left), right=kind_said(right)
    )


def _added(left: Any, right: Any) -> Any:
    if isinstance(left, str) and isinstance(right, str):
        return checked_string(left + right)
    if isinstance(left, _MOMENTS) and isinstance(right, _DURATIONS):
        return shifted(left, right)
    if isinstance(left, _DURATIONS) and isinstance(right, _MOMENTS):
        return shifted(right, left)
    return _durations_added(left, right)


def _durations_added(left: Any, right: Any) -> Any:
    if isinstance(left, DayTimeDuration) and isinstance(right, DayTimeDuration):
        return day_time_duration(left.nanoseconds + right.nanoseconds)
    if isinstance(left, YearMonthDuration) and isinstance(right, YearMonthDuration):
        return year_month_duration(left.months + right.months)
    return None


def _subtracted(left: Any, right: Any) -> Any:
    if isinstance(right, _DURATIONS):
        return shifted(left, negated(right)) if isinstance(left, _MOMENTS) else _durations_added(left, negated(right))
    if isinstance(left, _MOMENTS) and isinstance(right, _MOMENTS):
        return difference(left, right)
    return None


def _multiplied(left: Any, right: Any) -> Any:
    if isinstance(left, Decimal) and isinstance(right, _DURATIONS):
        left, right = right, left
    return _scaled(left, right, MULTIPLY) if isinstance(right, Decimal) else None


def _divided(left: Any, right: Any) -> Any:
    if isinstance(left, DayTimeDuration) and isinstance(right, DayTimeDuration):
        return of_numbers("/", Decimal(left.nanoseconds), Decimal(right.nanoseconds))
    if isinstance(left, YearMonthDuration) and isinstance(right, YearMonthDuration):
        return of_numbers("/", Decimal(left.months), Decimal(right.months))
    if isinstance(right, Decimal):
        return _scaled(left, right, DIVIDE)
    return None


def _scaled(duration: Any, factor: Decimal, operation: Callable[[Decimal, Decimal], Decimal]) -> Any:
    """A duration times or divided by a number: whole nanoseconds or months, towards zero."""
    try:
        if isinstance(duration, DayTimeDuration):
            return day_time_duration(_bounded(operation(Decimal(duration.nanoseconds), factor)))
        if isinstance(duration, YearMonthDuration):
            return year_month_duration(_bounded(operation(Decimal(duration.months), factor)))
    except ArithmeticError:
        raise Refused(Sentence("The duration cannot be multiplied or divided by this number")) from None
    return None


def _bounded(number: Decimal) -> int:
    if number.adjusted() > 33:
        raise Refused(Sentence("The duration becomes too long"))
    return int(number)


def _powered(_left: Any, _right: Any) -> Any:
    return None


_BY_OPERATOR: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": _added,
    "-": _subtracted,
    "*": _multiplied,
    "/": _divided,
    "**": _powered,
}


def negated(value: Any) -> Any:
    """Unary minus: of a number or a duration."""
    if isinstance(value, Decimal):
        return value.copy_negate() if value else value.copy_abs()
    if isinstance(value, DayTimeDuration):
        return DayTimeDuration(-value.nanoseconds)
    if isinstance(value, YearMonthDuration):
        return YearMonthDuration(-value.months)
    raise Refused(Sentence("- does not go with {kind}", kind=kind_said(value)))
