"""What FEEL and timers make of the texts of durations: one reader; the differences of XML Schema and ISO 8601 in one table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.bpmn.timing.moments import NotATime, Span, parse_span
from engine.bpmn.timing.schedule import parse_schedule
from engine.feel.temporal.durations import read_duration
from tests.bpmn.cases import NOON

HOUR = timedelta(hours=1)

#: The text; the duration of FEEL, as FEEL writes it, or None; months, days and time of a timer, or None.
TEXTS: list[tuple[str, str | None, tuple[int, int, timedelta] | None]] = [
    ("P1D", "P1D", (0, 1, 0 * HOUR)),
    ("PT24H", "P1D", (0, 0, 24 * HOUR)),
    ("P1DT2H30M", "P1DT2H30M", (0, 1, 2.5 * HOUR)),
    ("PT90M", "PT1H30M", (0, 0, 1.5 * HOUR)),
    ("PT1.5S", "PT1.5S", (0, 0, timedelta(seconds=1.5))),
    ("PT1.S", "PT1S", (0, 0, timedelta(seconds=1))),
    ("PT0.1234567891S", "PT0.123456789S", (0, 0, timedelta(microseconds=123_456))),
    ("-PT5M", "-PT5M", (0, 0, timedelta(minutes=-5))),
    ("-P1Y2M", "-P1Y2M", (-14, 0, 0 * HOUR)),
    ("P14M", "P1Y2M", (14, 0, 0 * HOUR)),
    ("P0M", "P0M", (0, 0, 0 * HOUR)),
    ("PT0S", "PT0S", (0, 0, 0 * HOUR)),
    # Weeks are of ISO 8601 and not of XML Schema.
    ("P2W", None, (0, 14, 0 * HOUR)),
    ("P1W2D", None, (0, 9, 0 * HOUR)),
    # Months have no fixed length, so FEEL keeps them apart from days; on the calendar of a timer they add up.
    ("P1Y2M10DT2H30M", None, (14, 10, 2.5 * HOUR)),
    ("P1MT1H", None, (1, 0, HOUR)),
    # Further than the calendar of a timer: moments end with the year 9999.
    ("P9999Y", "P9999Y", (119_988, 0, 0 * HOUR)),
    ("P99999999999D", "P99999999999D", (0, 99_999_999_999, 0 * HOUR)),
    ("PT99999999999999S", "P1157407407DT9H46M39S", None),
    # Of neither: ISO 8601 knows a fraction of any last part, a comma, a sign for each part, and digits like a date.
    ("P0.5D", None, None),
    ("PT1.5H", None, None),
    ("PT0,5S", None, None),
    ("P1DT-2H", None, None),
    ("P-1D", None, None),
    ("+P1D", None, None),
    ("P0001-02-03T04:05:06", None, None),
    ("P", None, None),
    ("PT", None, None),
    ("P1DT", None, None),
    ("P1", None, None),
    ("P1H", None, None),
    ("PT1D", None, None),
    ("P1D1Y", None, None),
    ("p1d", None, None),
    ("P 5D", None, None),
    ("P１D", None, None),
    ("1 day", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "feel", "timer"), TEXTS)
def test_a_text_is_read_alike_or_refused(text: str, feel: str | None, timer: tuple[int, int, timedelta] | None) -> None:
    duration = read_duration(text)
    assert (None if duration is None else str(duration)) == feel
    if timer is None:
        with pytest.raises(NotATime):
            parse_span(text)
    else:
        assert parse_span(text) == Span(*timer)


def test_what_feel_writes_a_timer_reads() -> None:
    for _, written, timer in TEXTS:
        if written is not None and timer is not None:
            assert parse_span(written).after(datetime(1000, 1, 1, tzinfo=UTC), 0) == datetime(1000, 1, 1, tzinfo=UTC)


def test_a_duration_beyond_the_calendar_is_no_time() -> None:
    for text in ("P9999Y", "P99999999999D", "PT999999999999S"):
        with pytest.raises(NotATime, match="beyond the year 9999"):
            _ = parse_schedule(text, NOON).due_at


@pytest.mark.parametrize("span", [Span(14, 10, 2.5 * HOUR), Span(0, 0, timedelta(microseconds=1)), Span(-1), Span(0, -3, -HOUR)])
def test_a_span_is_written_without_loss(span: Span) -> None:
    assert parse_span(str(span)) == span
