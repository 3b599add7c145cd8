"""Dates, times, durations: reading, writing, zones, extremes, properties."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import Date, DateTime, Time, from_json, text_of, value_of
from engine.feel.temporal import calendar
from tests.feel.evaluating import shown, value


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31",
        "-2026-01-31",
        "0000-02-29",
        "999999999-12-31",
        "-999999999-01-01",
        "00:00:00",
        "23:59:59.999999999",
        "12:00:00Z",
        "12:00:00+08:00",
        "12:00:00-17:59",
        "12:00:00+02:45:55",
        "12:00:00@Asia/Shanghai",
        "2026-01-31T12:00:00",
        "2026-01-31T12:00:00.5-01:00",
        "999999999-12-31T23:59:59.999999999@Europe/Paris",
        "-999999999-01-01T00:00:00@Asia/Kolkata",
        "P1D",
        "-P1DT2H3M4.5S",
        "PT0S",
        "P0M",
        "P1Y11M",
        "-P99999999Y",
    ],
)
def test_a_temporal_is_written_as_it_is_read(text: str) -> None:
    assert shown(f'string(@"{text}")') == f'"{text}"'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("PT1000M", "PT16H40M"),
        ("PT240H", "P10D"),
        ("P26M", "P2Y2M"),
        ("-P0D", "PT0S"),
        ("P0Y", "P0M"),
        ("PT0.999S", "PT0.999S"),
        ("12:00:00-00:00", "12:00:00Z"),
        ("12:00:00.500", "12:00:00.5"),
        ("2026-01-31T12:00:00+00:00", "2026-01-31T12:00:00Z"),
    ],
)
def test_a_temporal_is_written_in_its_shortest_form(text: str, written: str) -> None:
    assert shown(f'string(@"{text}")') == f'"{written}"'


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-29",
        "2026-13-01",
        "2026-00-01",
        "2026-1-1",
        "02026-01-01",
        "+2026-01-01",
        "1000000000-01-01",
        "24:00:00",
        "23:60:00",
        "23:59:60",
        "7:00:00",
        "07:00",
        "07:00:00.",
        "12:00:00+19:00",
        "12:00:00+5:00",
        "12:00:00@Nowhere/City",
        "12:00:00@../../etc/passwd",
        "12:00:00+02:00@Europe/Paris",
        "2026-01-31T",
        "2026-01-31T25:00:00",
        "P",
        "PT",
        "P1H",
        "P1YT1H",
        "1D",
        "P1D2H",
        "",
        " 2026-01-31",
        "٢٠٢٦-٠١-٣١",
    ],
)
def test_what_is_no_temporal_is_null(text: str) -> None:
    assert value(f'@"{text}"') is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2026-03-15".weekday', "7"),
        ('@"2026-03-16".weekday', "1"),
        ('@"-0001-01-01".year', "-1"),
        ('@"2026-03-15T10:20:30.5Z".second', "30"),
        ('@"2026-07-01T00:00:00@Europe/Paris".time offset', "PT2H"),
        ('@"2026-01-01T00:00:00@Europe/Paris".time offset', "PT1H"),
        ('@"2026-01-01T00:00:00@Europe/Paris".timezone', '"Europe/Paris"'),
        ('@"2026-01-01T00:00:00Z".timezone', "null"),
        ('@"10:00:00".time offset', "null"),
        ('@"10:00:00-05:30".time offset', "-PT5H30M"),
        ('@"-P1DT2H".days', "-1"),
        ('@"-P1DT2H".hours', "-2"),
        ('@"P14M".years', "1"),
        ('@"P14M".months', "2"),
        ('@"P1D".years', "null"),
        ('@"2026-01-01".hour', "null"),
        ("[1..5).end included", "false"),
        ("(> 5).start", "5"),
    ],
)
def test_the_properties_of_a_temporal_are_read_by_path(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2026-03-29T01:30:00@Europe/Paris" + @"PT1H"', "2026-03-29T03:30:00@Europe/Paris"),
        ('@"2026-10-25T02:30:00@Europe/Paris" + @"P1D"', "2026-10-26T01:30:00@Europe/Paris"),
        ('@"2026-03-29T01:00:00@Europe/Paris" = @"2026-03-29T00:00:00Z"', "true"),
        ('@"5026-07-01T00:00:00@Europe/Paris".time offset', "PT2H"),
        ('@"-5026-07-01T00:00:00@Europe/Paris".time offset', "PT9M21S"),
        ('@"999999999-12-31T00:00:00" + @"P1D"', "null"),
        ('@"-999999999-01-01" - @"P1D"', "null"),
        ('@"999999999-12-31" + @"P1M"', "null"),
        ('@"999999999-12-31" - @"-999999999-01-01"', "P730484999633D"),
        ('@"2147483647-01-01"', "null"),
        ('date("2024-02-29") + duration("P1Y")', "2025-02-28"),
        ('date("0000-03-01") - duration("P1D")', "0000-02-29"),
    ],
)
def test_zones_and_extreme_years_are_counted_right(text: str, expected: str) -> None:
    assert shown(text) == expected


@given(st.dates())
def test_the_calendar_agrees_with_pythons(day: date) -> None:
    days = calendar.days_of(day.year, day.month, day.day)
    assert days == day.toordinal() - date(1970, 1, 1).toordinal()
    assert calendar.date_of(days) == (day.year, day.month, day.day)
    assert calendar.weekday(days) == day.isoweekday()
    assert calendar.week_of_year(day.year, day.month, day.day) == day.isocalendar().week
    assert calendar.day_of_year(day.year, day.month, day.day) == day.timetuple().tm_yday


@given(st.integers(-999_999_999 * 365, 999_999_999 * 365))
def test_every_day_of_feel_has_one_number(days: int) -> None:
    assert calendar.days_of(*calendar.date_of(days)) == days


@pytest.mark.parametrize(
    ("host", "written"),
    [
        (date(2026, 1, 31), "2026-01-31"),
        (time(12, 0, 0, 500_000), "12:00:00.5"),
        (datetime(2026, 1, 31, 12, tzinfo=UTC), "2026-01-31T12:00:00Z"),
        (datetime(2026, 1, 31, 12), "2026-01-31T12:00:00"),
        (datetime(2026, 1, 31, 12, tzinfo=timezone(timedelta(hours=8))), "2026-01-31T12:00:00+08:00"),
        (datetime(2026, 1, 31, 12, tzinfo=ZoneInfo("Asia/Shanghai")), "2026-01-31T12:00:00@Asia/Shanghai"),
        (timedelta(days=-1, hours=12), "-PT12H"),
        (timedelta(microseconds=1), "PT0.000001S"),
    ],
)
def test_temporals_of_python_become_those_of_feel(host: object, written: str) -> None:
    assert text_of(value_of(host)) == written


def test_the_clock_is_the_one_the_caller_gives() -> None:
    assert shown("now()") == "2026-03-15T12:30:00Z"
    assert shown("today()") == "2026-03-15"
    assert isinstance(value("now()"), DateTime)


def test_values_of_the_three_types_tell_themselves_apart() -> None:
    assert value('@"2026-01-31"') == Date(2026, 1, 31)
    assert value('@"01:00:00"') == Time(3600)
    assert from_json("2026-01-31") == "2026-01-31"
