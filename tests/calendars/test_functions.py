"""The working calendar in FEEL."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.calendars import CHINA
from engine.calendars.functions import functions_of
from engine.feel import compile_expression, to_json

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("add working days(now(), 2)", "2026-11-24T10:00:00@Asia/Shanghai"),
        ('add working days(date("2026-09-30"), 1)', "2026-10-08T00:00:00@Asia/Shanghai"),
        ("add working hours(now(), 6.5)", "2026-11-20T17:30:00@Asia/Shanghai"),
        ('add working days(from: date and time("2026-11-20T09:00:00"), days: limit)', "2026-11-23T09:00:00@Asia/Shanghai"),
        ('is working day(date("2026-10-10"))', True),
        ('is working day(date("2026-10-11"))', False),
        ('add working days("soon", 2)', None),
        ("add working days(now(), 1000000)", None),
        ('add working days(date("99999-01-01"), 1)', None),
        ("add working days(now(), null)", None),
    ],
)
def test_expressions_count_in_working_time(text: str, value: object) -> None:
    scope = {**functions_of(CHINA), "limit": 1}
    assert to_json(compile_expression(text).evaluate(scope, now=NOW)) == value
