"""The text of a duration, `-P1Y2M3W4DT5H6M7.5S`, read once for everybody: FEEL and the timers of processes.

ISO 8601 (5.5.2.4) with the sign of XML Schema before the P. Parts come in this order, each at most once and at least one; only
seconds have a fraction. What the parts mean, and which of them go together, is the business of who asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Longer numbers are no durations: nothing that is counted here reaches so far.
_NUMBER = r"([0-9]{1,20})"
_TEXT = re.compile(
    rf"(-?)P(?=[0-9T])(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=[0-9])(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}(?:\.([0-9]*))?S)?)?"
)


@dataclass(frozen=True, slots=True)
class DurationParts:
    """The numbers of the text, each with its sign; None where there is no such part. `nanoseconds` are those of the second."""

    years: int | None
    months: int | None
    weeks: int | None
    days: int | None
    hours: int | None
    minutes: int | None
    seconds: int | None
    nanoseconds: int

    @property
    def has_months(self) -> bool:
        """Whether years or months are written, be it `P0Y`."""
        return self.years is not None or self.months is not None

    @property
    def has_time(self) -> bool:
        """Whether days or smaller parts are written."""
        return any(part is not None for part in (self.days, self.hours, self.minutes, self.seconds))

    @property
    def all_months(self) -> int:
        """Years and months, in months."""
        return 12 * (self.years or 0) + (self.months or 0)

    @property
    def all_days(self) -> int:
        """Weeks and days, in days."""
        return 7 * (self.weeks or 0) + (self.days or 0)

    @property
    def all_seconds(self) -> int:
        """Hours, minutes and whole seconds, in seconds."""
        return 3600 * (self.hours or 0) + 60 * (self.minutes or 0) + (self.seconds or 0)


def read_parts(text: str) -> DurationParts | None:
    """The parts of the text, None when it is no duration. Digits beyond a nanosecond are dropped."""
    match = _TEXT.fullmatch(text)
    if match is None:
        return None
    sign, *numbers, fraction = match.groups()
    factor = -1 if sign else 1
    years, months, weeks, days, hours, minutes, seconds = (None if each is None else factor * int(each) for each in numbers)
    nanoseconds = factor * int((fraction or "")[:9].ljust(9, "0"))
    return DurationParts(years, months, weeks, days, hours, minutes, seconds, nanoseconds)
