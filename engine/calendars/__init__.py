"""When people work. An extension point: a calendar says which days and hours are worked; the arithmetic is written once."""

from __future__ import annotations

from collections.abc import Mapping

from engine.calendars.calendar import Calendar, add_working_days, add_working_hours
from engine.calendars.china import CHINA

#: By the name that a setting gives.
CALENDARS: Mapping[str, Calendar] = {CHINA.name: CHINA}

__all__ = ["CALENDARS", "CHINA", "Calendar", "add_working_days", "add_working_hours"]
