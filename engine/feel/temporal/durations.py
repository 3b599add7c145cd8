"""The two durations of FEEL: days and time in nanoseconds, years and months in months (DMN 1.5, §10.3.2.3.7-8)."""

from dataclasses import dataclass

from engine.feel.temporal.duration_text import read_parts
from engine.feel.temporal.remembering import remembering

SECOND = 1_000_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

MAX_MONTHS = 12 * (2**31 - 1)
MAX_NANOSECONDS = (2**63 - 1) * SECOND


@dataclass(frozen=True, slots=True)
class DayTimeDuration:
    """A span of exact length, in nanoseconds; negative into the past."""

    nanoseconds: int

    def __str__(self) -> str:
        days, rest = divmod(abs(self.nanoseconds), DAY)
        hours, rest = divmod(rest, HOUR)
        minutes, rest = divmod(rest, MINUTE)
        time = _part(hours, "H") + _part(minutes, "M") + (f"{seconds_text(rest)}S" if rest else "")
        text = _part(days, "D") + (f"T{time}" if time else "")
        return f"{'-' if self.nanoseconds < 0 else ''}P{text or 'T0S'}"


@dataclass(frozen=True, slots=True)
class YearMonthDuration:
    """A span of calendar months; negative into the past."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        text = _part(years, "Y") + _part(months, "M")
        return f"{'-' if self.months < 0 else ''}P{text or '0M'}"


Duration = DayTimeDuration | YearMonthDuration


def _part(amount: int, letter: str) -> str:
    return f"{amount}{letter}" if amount else ""


def seconds_text(nanoseconds: int) -> str:
    """Seconds with their fraction, as short as it is exact."""
    whole, fraction = divmod(nanoseconds, SECOND)
    return f"{whole}.{fraction:09}".rstrip("0") if fraction else str(whole)


@remembering
def read_duration(text: str) -> Duration | None:
    """The duration a text such as `P1DT2H` or `-P1Y6M` means, None for any other text.

    Months have no fixed length, so they do not go together with days; XML Schema, which FEEL follows, knows no weeks.
    """
    parts = read_parts(text)
    if parts is None or parts.weeks is not None or (parts.has_months and parts.has_time):
        return None
    if parts.has_months:
        return year_month_duration(parts.all_months)
    return day_time_duration(parts.all_days * DAY + parts.all_seconds * SECOND + parts.nanoseconds)


def day_time_duration(nanoseconds: int) -> DayTimeDuration | None:
    """The duration, None beyond ±292 billion years."""
    return DayTimeDuration(nanoseconds) if abs(nanoseconds) <= MAX_NANOSECONDS else None


def year_month_duration(months: int) -> YearMonthDuration | None:
    """The duration, None beyond ±2,147,483,647 years."""
    return YearMonthDuration(months) if abs(months) <= MAX_MONTHS else None
