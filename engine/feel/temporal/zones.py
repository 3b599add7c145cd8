"""Time zones: an offset in seconds, an IANA name, or none for local time."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.feel.temporal.calendar import date_of

Zone = int | str | None

DAY = 86_400
MAX_OFFSET = 18 * 3600

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*")
_A_WINTER = datetime(2024, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=1024)
def find_zone(name: str) -> ZoneInfo | None:
    """The zone of the IANA database, None when there is no such name."""
    if len(name) > 64 or not _NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def offset_at(zone: int | str, local_seconds: int) -> int:
    """The zone's offset in seconds at a local moment, given in seconds since 1970-01-01T00:00:00 of its own clock."""
    if isinstance(zone, int):
        return zone
    found = find_zone(zone)
    if found is None:
        return 0
    return _seconds(_local(local_seconds).replace(tzinfo=found).utcoffset())


def offset_after(zone: int | str, epoch_seconds: int) -> int:
    """The zone's offset in seconds at a moment given in seconds since 1970-01-01T00:00:00Z."""
    if isinstance(zone, int):
        return zone
    found = find_zone(zone)
    if found is None:
        return 0
    return _seconds(_local(epoch_seconds).replace(tzinfo=UTC).astimezone(found).utcoffset())


def standard_offset(zone: int | str) -> int:
    """The offset without daylight saving: what a time of day in this zone is compared by."""
    if isinstance(zone, int):
        return zone
    found = find_zone(zone)
    if found is None:
        return 0
    moment = _A_WINTER.astimezone(found)
    return _seconds(moment.utcoffset()) - _seconds(moment.dst())


def _local(seconds: int) -> datetime:
    """A datetime of the same calendar day in a year Python knows: the calendar repeats every 400 years."""
    days, second_of_day = divmod(seconds, DAY)
    year, month, day = date_of(days)
    if year > 9990:
        year = 2000 + (year - 2000) % 400
    elif year < 2:
        year, day = 4, min(day, 28) if month == 2 else day
    return datetime(year, month, day) + timedelta(seconds=second_of_day)


def _seconds(delta: timedelta | None) -> int:
    return 0 if delta is None else delta.days * DAY + delta.seconds


def zone_text(zone: Zone) -> str:
    """As written after a time: nothing, `Z`, `+02:00`, `@Europe/Paris`."""
    if zone is None:
        return ""
    if isinstance(zone, str):
        return f"@{zone}"
    if zone == 0:
        return "Z"
    minutes, seconds = divmod(abs(zone), 60)
    text = f"{'-' if zone < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text
