"""Working days and hours."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.calendars import CHINA, add_working_days, add_working_hours

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-19 10:00", 1, "2026-11-20 10:00"),
        ("2026-11-20 10:00", 2, "2026-11-24 10:00"),  # over a weekend
        ("2026-09-30 16:30", 1, "2026-10-08 16:30"),  # over the national holiday
        ("2026-10-09 09:00", 1, "2026-10-10 09:00"),  # a worked Saturday
        ("2026-02-13 09:00", 2, "2026-02-24 09:00"),  # worked Saturday before the Spring Festival, then the first day after
        ("2026-11-21 09:00", 0, "2026-11-23 09:00"),  # a Saturday itself
        ("2026-11-23 09:00", -1, "2026-11-20 09:00"),
    ],
)
def test_working_days_skip_holidays_and_count_worked_weekends(start: str, days: int, end: str) -> None:
    assert add_working_days(CHINA, at(start), days) == at(end)


def test_working_days_keep_the_wall_time_of_the_company_whatever_zone_the_moment_came_in() -> None:
    start = datetime(2026, 11, 20, 2, 0, tzinfo=ZoneInfo("UTC"))
    assert add_working_days(CHINA, start, 1).isoformat() == "2026-11-23T10:00:00+08:00"


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-19 09:00", 3, "2026-11-19 12:00"),
        ("2026-11-19 11:00", 2, "2026-11-19 14:00"),  # the lunch hour does not count
        ("2026-11-20 17:00", 4, "2026-11-23 12:00"),
        ("2026-11-21 03:00", 1, "2026-11-23 10:00"),
        ("2026-11-19 20:00", 0, "2026-11-20 09:00"),
    ],
)
def test_working_hours_pass_only_within_the_shifts(start: str, hours: float, end: str) -> None:
    assert add_working_hours(CHINA, at(start), hours) == at(end)


def test_absurd_amounts_are_refused_instead_of_counted() -> None:
    with pytest.raises(ValueError, match="At most"):
        add_working_days(CHINA, at("2026-11-19 09:00"), 10**9)
    with pytest.raises(ValueError, match="only be added"):
        add_working_hours(CHINA, at("2026-11-19 09:00"), -1)


def test_no_worked_day_is_also_a_holiday_and_every_worked_day_is_a_weekend() -> None:
    assert not CHINA.days_on & CHINA.days_off
    assert all(day.weekday() >= 5 for day in CHINA.days_on)
    assert CHINA.is_working_day(date(2026, 10, 10))
