"""Date, time of day, and date and time (DMN 1.5, §10.3.2.3.4-6)."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.temporal import calendar
from engine.feel.temporal.durations import SECOND
from engine.feel.temporal.zones import DAY, Zone, offset_after, offset_at, standard_offset, zone_text


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the calendar."""

    year: int
    month: int
    day: int

    @property
    def days(self) -> int:
        """Days since 1970-01-01."""
        return calendar.days_of(self.year, self.month, self.day)

    @classmethod
    def of_days(cls, days: int) -> Date | None:
        """The day so many days after 1970-01-01, None beyond the years of FEEL."""
        year, month, day = calendar.date_of(days)
        return cls(year, month, day) if abs(year) <= calendar.MAX_YEAR else None

    def __str__(self) -> str:
        return f"{'-' if self.year < 0 else ''}{abs(self.year):04}-{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day: seconds since midnight, nanoseconds of the second, and its zone if it has one."""

    seconds: int
    nanosecond: int = 0
    zone: Zone = None

    @property
    def hour(self) -> int:
        """0 to 23."""
        return self.seconds // 3600

    @property
    def minute(self) -> int:
        """0 to 59."""
        return self.seconds // 60 % 60

    @property
    def second(self) -> int:
        """0 to 59."""
        return self.seconds % 60

    @property
    def offset(self) -> int | None:
        """Seconds ahead of UTC; for a named zone those of its standard time."""
        return None if self.zone is None else standard_offset(self.zone)

    def __str__(self) -> str:
        return f"{self.hour:02}:{self.minute:02}:{self.second:02}{fraction_text(self.nanosecond)}{zone_text(self.zone)}"


@dataclass(frozen=True, slots=True)
class DateTime:
    """A time on a day; with a zone it is a moment, without one it is local."""

    date: Date
    time: Time

    @classmethod
    def at_midnight(cls, date: Date, zone: Zone) -> DateTime:
        """The first moment of the day in the zone."""
        return cls(date, Time(0, 0, zone))

    @property
    def local_seconds(self) -> int:
        """Seconds since 1970-01-01T00:00:00 on its own clock."""
        return self.date.days * DAY + self.time.seconds

    @property
    def offset(self) -> int | None:
        """Seconds ahead of UTC at this moment."""
        return None if self.time.zone is None else offset_at(self.time.zone, self.local_seconds)

    def epoch_seconds(self, local_zone: Zone = None) -> int:
        """Seconds since 1970-01-01T00:00:00Z; a local one counts as of `local_zone`, or of UTC."""
        zone = self.time.zone if self.time.zone is not None else local_zone
        return self.local_seconds - (0 if zone is None else offset_at(zone, self.local_seconds))

    def plus_nanoseconds(self, nanoseconds: int) -> DateTime | None:
        """So much later on the time line, in the same zone; None beyond the years of FEEL."""
        total = self.epoch_seconds() * SECOND + self.time.nanosecond + nanoseconds
        seconds, nanosecond = divmod(total, SECOND)
        zone = self.time.zone
        local = seconds if zone is None else seconds + offset_after(zone, seconds)
        days, second_of_day = divmod(local, DAY)
        date = Date.of_days(days)
        return None if date is None else DateTime(date, Time(second_of_day, nanosecond, zone))

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"


def fraction_text(nanosecond: int) -> str:
    """`.5` for half a second, nothing for none."""
    return f".{nanosecond:09}".rstrip("0") if nanosecond else ""
