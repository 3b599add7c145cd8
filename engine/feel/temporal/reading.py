"""Texts of ISO 8601 and XML Schema, with FEEL's `@Zone`, to temporal values; None when the text is none."""

import re
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from engine.feel.temporal import calendar
from engine.feel.temporal.durations import DayTimeDuration, read_duration
from engine.feel.temporal.remembering import remembering
from engine.feel.temporal.values import Date, DateTime, Time
from engine.feel.temporal.zones import MAX_OFFSET, Zone, find_zone

_DATE = re.compile(r"(-?)([0-9]{4}|[1-9][0-9]{4,8})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?"
    r"(?:(Z)|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?|@([A-Za-z0-9_+/-]+))?"
)


@remembering
def read_date(text: str) -> Date | None:
    """`2026-01-31`."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    sign, *numbers = match.groups()
    year, month, day = map(int, numbers)
    return make_date(-year if sign else year, month, day)


def make_date(year: int, month: int, day: int) -> Date | None:
    """The date, None when the calendar has no such day."""
    return Date(year, month, day) if calendar.is_date(year, month, day) else None


@remembering
def read_time(text: str) -> Time | None:
    """`23:59:00`, `23:59:00.5+08:00`, `23:59:00@Asia/Shanghai`."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3])
    zone = _zone(match)
    if hour > 23 or minute > 59 or second > 59 or zone is _NO_ZONE:
        return None
    return Time(hour * 3600 + minute * 60 + second, int((match[4] or "0").ljust(9, "0")), zone)


_NO_ZONE = "?"


def _zone(match: re.Match[str]) -> Zone:
    if match[5]:
        return 0
    if match[6]:
        hours, minutes, seconds = int(match[7]), int(match[8]), int(match[9] or 0)
        offset = hours * 3600 + minutes * 60 + seconds
        if minutes > 59 or seconds > 59 or offset > MAX_OFFSET:
            return _NO_ZONE
        return -offset if match[6] == "-" else offset
    if match[10]:
        return match[10] if find_zone(match[10]) else _NO_ZONE
    return None


@remembering
def read_date_time(text: str) -> DateTime | None:
    """`2026-01-31T23:59:00` with the zones of a time; a date alone is its local midnight."""
    day, t, clock = text.partition("T")
    date_ = read_date(day)
    time_ = read_time(clock) if t else Time(0)
    return None if date_ is None or time_ is None else DateTime(date_, time_)


def read_temporal(text: str) -> Date | Time | DateTime | Any | None:
    """What `@"text"` means: a date, time, date and time or duration."""
    if "T" in text and not text.startswith(("P", "-P")):
        return read_date_time(text)
    return read_date(text) or read_time(text) or read_duration(text)


def from_host(value: date | time | datetime | timedelta) -> Date | Time | DateTime | DayTimeDuration:
    """A temporal of Python's datetime module as one of FEEL."""
    if isinstance(value, datetime):
        return DateTime(Date(value.year, value.month, value.day), _host_time(value.timetz(), _host_zone(value.tzinfo, value)))
    if isinstance(value, date):
        return Date(value.year, value.month, value.day)
    if isinstance(value, time):
        return _host_time(value, _host_zone(value.tzinfo, None))
    return DayTimeDuration(((value.days * 86_400 + value.seconds) * 1_000_000 + value.microseconds) * 1000)


def _host_time(value: time, zone: Zone) -> Time:
    return Time(value.hour * 3600 + value.minute * 60 + value.second, value.microsecond * 1000, zone)


def _host_zone(zone: tzinfo | None, moment: datetime | None) -> Zone:
    if zone is None:
        return None
    name = str(zone)
    if "/" in name and find_zone(name):
        return name
    offset = zone.utcoffset(moment)
    return 0 if offset is None else offset.days * 86_400 + offset.seconds
