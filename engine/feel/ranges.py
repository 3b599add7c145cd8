"""Ranges as values (DMN 1.5, §10.3.2.7): `[1..10)`, and what a unary test such as `< 10` means as a value."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Range:
    """The values between two ends. A range from a unary test keeps its operator; an end it lacks is None.

    `!= x` is everything but x: both ends are x and `operator` tells.
    """

    start: Any
    end: Any
    is_start_included: bool
    is_end_included: bool
    operator: str = ""


def unary_range(operator: str, endpoint: Any) -> Range:
    """The range of a unary test: `< 10` has no start, `>= 10` no end, `= 10` both."""
    if operator in ("<", "<="):
        return Range(None, endpoint, False, operator == "<=", operator)
    if operator in (">", ">="):
        return Range(endpoint, None, operator == ">=", False, operator)
    return Range(endpoint, endpoint, operator == "=", operator == "=", operator)
