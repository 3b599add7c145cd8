"""Dates and times of a form: ISO 8601, as form-js writes them; nothing that rolls over or has to be guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?"
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CLOCK = re.compile(_TIME, re.ASCII)
_DATETIME = re.compile(rf"\d{{4}}-\d\d-\d\dT{_TIME}", re.ASCII)


def _is_day(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[5:7]), int(text[8:10]))
    except ValueError:
        return False
    return True


def _date(value: Any) -> str | None:
    return value if type(value) is str and _DATE.fullmatch(value) and _is_day(value) else None


def _time(value: Any) -> str | None:
    return value if type(value) is str and _CLOCK.fullmatch(value) else None


def _datetime(value: Any) -> str | None:
    return value if type(value) is str and _DATETIME.fullmatch(value) and _is_day(value) else None


#: form-js's subtypes of a date field: the text when it is a moment of that kind, else None.
KEEPS: Final[Mapping[str, Callable[[Any], str | None]]] = {"date": _date, "time": _time, "datetime": _datetime}


def day_of(moment: str, now: datetime) -> date:
    """The day of a kept date or date and time, in the zone of `now`."""
    if len(moment) == len("2026-12-01"):
        return date.fromisoformat(moment)
    found = datetime.fromisoformat(moment)
    return found.date() if found.tzinfo is None else found.astimezone(now.tzinfo).date()
