"""The two durations of FEEL: days and time in nanoseconds, years and months in months (DMN 1.5, §10.3.2.3.7-8)."""

import re
from dataclasses import dataclass

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


_DAYS_AND_TIME = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]{1,20})D)?(?:T(?=[0-9.])(?:([0-9]{1,20})H)?(?:([0-9]{1,20})M)?(?:([0-9]{1,20})(?:\.([0-9]*))?S)?)?"
)
_YEARS_AND_MONTHS = re.compile(r"(-?)P(?=[0-9])(?:([0-9]{1,11})Y)?(?:([0-9]{1,11})M)?")


@remembering
def read_duration(text: str) -> Duration | None:
    """The duration an ISO 8601 text such as `P1DT2H` or `-P1Y6M` means, None for any other text."""
    if match := _YEARS_AND_MONTHS.fullmatch(text):
        sign, years, months = match.groups()
        total = int(years or 0) * 12 + int(months or 0)
        return year_month_duration(-total if sign else total)
    if match := _DAYS_AND_TIME.fullmatch(text):
        sign, days, hours, minutes, seconds, fraction = match.groups()
        total = int(days or 0) * DAY + int(hours or 0) * HOUR + int(minutes or 0) * MINUTE + int(seconds or 0) * SECOND
        total += int((fraction or "0")[:9].ljust(9, "0"))
        return day_time_duration(-total if sign else total)
    return None


def day_time_duration(nanoseconds: int) -> DayTimeDuration | None:
    """The duration, None beyond ±292 billion years."""
    return DayTimeDuration(nanoseconds) if abs(nanoseconds) <= MAX_NANOSECONDS else None


def year_month_duration(months: int) -> YearMonthDuration | None:
    """The duration, None beyond ±2,147,483,647 years."""
    return YearMonthDuration(months) if abs(months) <= MAX_MONTHS else None
