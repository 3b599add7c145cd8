"""Daily timers through ten years of changing clocks: once a day, at the hour that was meant."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from engine.bpmn.timing.schedule import Schedule, parse_schedule

YEARS = 10
#: Two of them change by night at different hours, one in the southern half, one by thirty minutes, one never.
ZONES = ("Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Asia/Shanghai")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", ["00:00", "01:45", "02:30", "09:00"])
def test_a_daily_timer_is_due_once_a_day_at_its_hour(zone: str, hour: str) -> None:
    schedule: Schedule | None = parse_schedule(f"R/2026-01-01T{hour}:00@{zone}/P1D", datetime(2025, 12, 31, tzinfo=UTC))
    moments: list[datetime] = []
    while len(moments) < 366 * YEARS:
        assert schedule is not None
        moments.append(schedule.due_at)
        schedule = schedule.following()
    local = [moment.astimezone(ZoneInfo(zone)) for moment in moments]
    assert len({moment.date() for moment in local}) == len(local)
    assert all(timedelta(hours=22) < after - before < timedelta(hours=26) for before, after in pairwise(moments))
    elsewhen = [moment for moment in local if f"{moment:%H:%M}" != hour]
    assert all(is_after_a_gap(moment, hour) for moment in elsewhen)
    assert all(moment.fold == 0 for moment in local)


def is_after_a_gap(moment: datetime, hour: str) -> bool:
    """Whether the hour did not exist on that day: then the timer is due as much later as the clocks were put forward."""
    meant = datetime.combine(moment.date(), datetime.strptime(hour, "%H:%M").time(), moment.tzinfo)
    there = meant.astimezone(UTC).astimezone(moment.tzinfo)
    return there.time() != meant.time() and there == moment
