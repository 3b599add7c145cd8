"""Working days of mainland China: statutory holidays and the weekend days worked in exchange (调休).

As announced by the General Office of the State Council for each year (国务院办公厅关于部分节假日安排的通知). A year that is not
listed has its weekends only: add the announcement when it comes out, usually in November of the year before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from engine.calendars.calendar import Calendar

#: First and last day of each holiday, both included.
HOLIDAYS = (
    ("2025-01-01", "2025-01-01"),  # 元旦
    ("2025-01-28", "2025-02-04"),  # 春节
    ("2025-04-04", "2025-04-06"),  # 清明节
    ("2025-05-01", "2025-05-05"),  # 劳动节
    ("2025-05-31", "2025-06-02"),  # 端午节
    ("2025-10-01", "2025-10-08"),  # 国庆节、中秋节
    ("2026-01-01", "2026-01-03"),  # 元旦
    ("2026-02-15", "2026-02-23"),  # 春节
    ("2026-04-04", "2026-04-06"),  # 清明节
    ("2026-05-01", "2026-05-05"),  # 劳动节
    ("2026-06-19", "2026-06-21"),  # 端午节
    ("2026-09-25", "2026-09-27"),  # 中秋节
    ("2026-10-01", "2026-10-07"),  # 国庆节
)

#: Saturdays and Sundays that are worked.
WORKED = (
    "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
    "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
)  # fmt: skip


def _days(first: str, last: str) -> Iterator[date]:
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    while day <= end:
        yield day
        day += timedelta(days=1)


CHINA = Calendar(
    name="china",
    zone=ZoneInfo("Asia/Shanghai"),
    shifts=((time(9), time(12)), (time(13), time(18))),
    days_off=frozenset(day for first, last in HOLIDAYS for day in _days(first, last)),
    days_on=frozenset(date.fromisoformat(day) for day in WORKED),
)
