"""Cron texts: what they say on the calendar, on days when the clocks change, and what is refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from engine.bpmn import read
from engine.bpmn.timing.cron import parse_cron
from engine.bpmn.timing.cron_fields import QUARTZ, SPRING, is_cron
from engine.bpmn.timing.moments import NotATime
from engine.bpmn.timing.schedule import CronSeries, Schedule, from_json, parse_schedule
from tests.bpmn.cases import NOON, Run, Surroundings, model_of
from tests.bpmn.writing import bpmn, changed

BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
SHANGHAI = ZoneInfo("Asia/Shanghai")
TIMER = "start s\ncatch c timer='{}'\nend e\ns -> c -> e"
NAMESPACE_OF = {
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
    "flowable": "http://flowable.org/bpmn",
    "activiti": "http://activiti.org/bpmn",
}


def series(text: str, since: datetime, count: int = 3, sunday: int = QUARTZ) -> list[datetime]:
    moments: list[datetime] = []
    schedule: Schedule | None = parse_schedule(text, since, sunday=sunday)
    while schedule is not None and len(moments) < count:
        moments.append(schedule.due_at.astimezone(since.tzinfo))
        schedule = schedule.following()
    return moments


def shown(text: str, since: datetime, count: int = 3, sunday: int = QUARTZ) -> list[str]:
    return [f"{moment:%m-%d %H:%M}" for moment in series(text, since, count, sunday)]


#: 2 March 2026 is a Monday.
@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("0 0 9 ? * MON-FRI", "03-03 03-04 03-05 03-06 03-09"),
        ("0 0 9 ? * 2-6", "03-03 03-04 03-05 03-06 03-09"),
        ("0 0 9 ? * FRI-MON", "03-06 03-07 03-08 03-09 03-13"),
        ("0 0 9 ? * MON/2", "03-04 03-06 03-09 03-11 03-13"),
        ("0 0 9 ? * 6L", "03-27 04-24 05-29 06-26 07-31"),
        ("0 0 9 ? * FRIL", "03-27 04-24 05-29 06-26 07-31"),
        ("0 0 9 ? * 6#3", "03-20 04-17 05-15 06-19 07-17"),
        ("0 0 9 ? * TUE#5", "03-31 06-30 09-29 12-29 03-30"),
        ("0 0 9 L * ?", "03-31 04-30 05-31 06-30 07-31"),
        ("0 0 9 L-3 * ?", "03-28 04-27 05-28 06-27 07-28"),
        ("0 0 9 LW * ?", "03-31 04-30 05-29 06-30 07-31"),
        ("0 0 9 15W * ?", "03-16 04-15 05-15 06-15 07-15"),
        ("0 0 9 1W * ?", "04-01 05-01 06-01 07-01 08-03"),
        ("0 0 9 31W * ?", "03-31 05-29 07-31 08-31 10-30"),
        ("0 0 9 1,15,L * ?", "03-15 03-31 04-01 04-15 04-30"),
        ("0 0 9 1/10 * ?", "03-11 03-21 03-31 04-01 04-11"),
        ("0 0 9 29 2 ?", "02-29 02-29 02-29 02-29 02-29"),
        ("0 0 9 1 JAN-MAR,11 ?", "11-01 01-01 02-01 03-01 11-01"),
        ("0 0 9 1 NOV-FEB ?", "11-01 12-01 01-01 02-01 11-01"),
        ("0 9 * * 1-5", "03-03 03-04 03-05 03-06 03-09"),
        ("0 9 * * 0", "03-08 03-15 03-22 03-29 04-05"),
        ("0 9 * * 7", "03-08 03-15 03-22 03-29 04-05"),
        ("0 0 9 1 1,3 ? 2027-2028", "01-01 03-01 01-01 03-01"),
    ],
)
def test_the_days_of_a_cron_text(text: str, days: str) -> None:
    assert shown(text, NOON, 5) == [f"{day} 09:00" for day in days.split()]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("0 0 8,12,16 * * ?", "03-02 16:00, 03-03 08:00, 03-03 12:00"),
        ("0 0/15 9-17 * * ?", "03-02 12:15, 03-02 12:30, 03-02 12:45"),
        ("0 30 22-4/2 * * ?", "03-02 22:30, 03-03 00:30, 03-03 02:30"),
        ("0 0 12 * * ?", "03-03 12:00, 03-04 12:00, 03-05 12:00"),
        ("@hourly", "03-02 13:00, 03-02 14:00, 03-02 15:00"),
        ("@Daily", "03-03 00:00, 03-04 00:00, 03-05 00:00"),
        ("@midnight", "03-03 00:00, 03-04 00:00, 03-05 00:00"),
        ("@weekly", "03-08 00:00, 03-15 00:00, 03-22 00:00"),
        ("@monthly", "04-01 00:00, 05-01 00:00, 06-01 00:00"),
        ("@yearly", "01-01 00:00, 01-01 00:00, 01-01 00:00"),
        ("*/20 * * * *", "03-02 12:20, 03-02 12:40, 03-02 13:00"),
    ],
)
def test_the_times_of_a_cron_text(text: str, times: str) -> None:
    assert shown(text, NOON) == times.split(", ")


def test_seconds_are_exact() -> None:
    since = NOON + timedelta(seconds=3, microseconds=500_000)
    assert [moment.second for moment in series("0/15 * * * * *", since)] == [15, 30, 45]
    assert series("* * * * * *", since, 1) == [NOON + timedelta(seconds=4)]


@pytest.mark.parametrize(("sunday", "day"), [(QUARTZ, "03-06"), (SPRING, "03-07")])
def test_days_of_the_week_count_as_where_the_text_was_written(sunday: int, day: str) -> None:
    assert shown("0 0 9 ? * 6", NOON, 1, sunday) == [f"{day} 09:00"]


def written_for(*products: str) -> bytes:
    """A file that starts on the sixth day of the week, with the namespaces of these products and no others."""
    plain = re.sub(r' xmlns:(?!liuzhuan)\w+="[^"]*"', "", bpmn("start s timer='0 0 9 ? * 6'\nend e\ns -> e").decode())
    spaces = "".join(f' xmlns:{each}="{NAMESPACE_OF[each]}"' for each in products)
    return plain.replace("<definitions ", f"<definitions{spaces} ").encode()


@pytest.mark.parametrize(
    ("products", "day", "warnings"),
    [
        (("camunda",), "03-06", 0),
        (("flowable",), "03-06", 0),
        (("activiti",), "03-06", 0),
        (("zeebe",), "03-07", 0),
        ((), "03-06", 1),
    ],
)
def test_the_product_of_a_file_decides_what_a_number_of_the_week_is(products: tuple[str, ...], day: str, warnings: int) -> None:
    reading = read(written_for(*products))
    assert reading.model is not None, reading.problems
    due = reading.model.processes["p"].start_triggers[0].first_due(NOON)
    assert due is not None
    assert f"{due:%m-%d}" == day
    assert [(each.rule, each.is_warning) for each in reading.problems] == [("timer-cron", True)] * warnings


# ---------------------------------------------------------------------- the clocks change
def test_an_hour_that_is_left_out_is_due_as_much_later() -> None:
    assert shown("0 30 2 * * ?", datetime(2026, 3, 28, 0, tzinfo=BERLIN)) == ["03-28 02:30", "03-29 03:30", "03-30 02:30"]
    assert shown("0 15,45 2 * * ?", datetime(2026, 10, 3, 3, tzinfo=LORD_HOWE), 4) == [
        *("10-04 02:45", "10-05 02:15", "10-05 02:45", "10-06 02:15")
    ]


def test_an_hour_that_comes_twice_is_due_once() -> None:
    moments = series("0 30 2 * * ?", datetime(2026, 10, 24, 12, tzinfo=BERLIN), 2)
    assert [moment.astimezone(UTC).strftime("%d %H:%M") for moment in moments] == ["25 00:30", "26 01:30"]


def test_a_text_for_every_hour_goes_on_through_both_changes() -> None:
    for day in (datetime(2026, 3, 28, 20, tzinfo=BERLIN), datetime(2026, 10, 24, 20, tzinfo=BERLIN)):
        moments = [moment.astimezone(UTC) for moment in series("0 0/30 * * * ?", day, 40)]
        assert {after - before for before, after in pairwise(moments)} == {timedelta(minutes=30)}


def test_a_day_that_is_left_out_is_made_up_for() -> None:
    """Samoa had no 30 December 2011."""
    assert shown("0 0 9 30 12 ? 2011", datetime(2011, 12, 1, tzinfo=ZoneInfo("Pacific/Apia"))) == ["12-31 09:00"]


# ---------------------------------------------------------------------- in processes
def in_shanghai() -> Surroundings:
    host = Surroundings()
    host.zone = SHANGHAI
    return host


def test_a_cron_text_is_read_by_the_clock_of_the_company(run: Run) -> None:
    case = run(TIMER.format("0 0 9 ? * MON-FRI"), host=in_shanghai())
    assert case.due == [datetime(2026, 3, 3, 1, tzinfo=UTC)]


def test_a_moment_without_a_zone_and_a_due_date_are_of_the_company(run: Run) -> None:
    assert run(TIMER.format("2026-06-01T09:00:00"), host=in_shanghai()).due == [datetime(2026, 6, 1, 1, tzinfo=UTC)]
    case = run("start s\nuser u liuzhuan:due=2026-06-01\nend e\ns -> u -> e", host=in_shanghai())
    assert case.task("u").due_at == datetime(2026, 5, 31, 16, tzinfo=UTC)


def test_an_intermediate_event_goes_on_at_the_first_moment_and_takes_each_that_comes(run: Run) -> None:
    case = run(TIMER.format("0 0 9,15 * * ?") + "\nuser u\ns -> u -> e")
    assert case.due == [NOON + timedelta(hours=3)]
    case.pass_time(hours=3)
    assert case.due == [NOON + timedelta(hours=21)]


def test_moments_missed_in_an_instance_are_made_up_one_by_one(run: Run) -> None:
    case = run("start s\nuser u\nboundary b on=u timer='0 0 9 * * ?' nonInterrupting\nuser v\nend e\ns -> u -> e\nb -> v -> e")
    case.now += timedelta(days=3)
    case.pass_time(hours=1)
    assert case.tasks.count("v") == 3


def test_moments_missed_by_a_start_event_count_as_one() -> None:
    (start,) = model_of("start s timer='0 0 9 ? * MON-FRI'\nend e\ns -> e").processes["p"].start_triggers
    assert start.first_due(NOON) == datetime(2026, 3, 3, 9, tzinfo=UTC)
    late = datetime(2026, 3, 6, 11, tzinfo=UTC)
    assert start.next_due(NOON, 0, late) == (datetime(2026, 3, 9, 9, tzinfo=UTC), 1)


def test_an_expression_may_yield_a_cron_text(run: Run) -> None:
    assert run(TIMER.format("=when"), {"when": "0 0 9 ? * TUE"}).due == [datetime(2026, 3, 3, 9, tzinfo=UTC)]


@pytest.mark.parametrize(
    "moment", [NOON, NOON.astimezone(SHANGHAI), datetime(2026, 10, 25, 0, 45, tzinfo=UTC).astimezone(BERLIN)]
)
@pytest.mark.parametrize("text", ["0 0/15 * * * ?", "0 0 9 15W * ?", "0 0 9 ? * 6#3 2026-2030", "0 0 9 L-3 * ?", "0 0 9 ? * 6L"])
def test_a_cron_schedule_is_saved_without_loss(text: str, moment: datetime) -> None:
    schedule: Schedule | None = parse_schedule(text, moment)
    for _ in range(3):
        assert schedule is not None
        again = from_json(schedule.as_json())
        assert again.due_at == schedule.due_at
        schedule = schedule.following()
        assert again.following() == schedule


def test_a_saved_repetition_of_a_release_before_is_read() -> None:
    schedule = from_json(["2000-01-03T09:00:00+00:00", "P0M7DT0S", 1366, None])
    assert schedule.due_at == datetime(2026, 3, 9, 9, tzinfo=UTC)
    assert from_json(["2026-03-02T12:00:00+00:00", "P0M0DT5400.5S", 1, 3]).due_at == NOON + timedelta(seconds=5400.5)


# ---------------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0 0 9 ? * MONDAY", "“MONDAY” cannot be read"),
        ("0 0 25 * * ?", "“25” cannot be read"),
        ("0 */70 * * * ?", "“*/70” cannot be read"),
        ("0 0/0 * * * ?", "“0/0” cannot be read"),
        ("0 60 * * * ?", "“60” cannot be read"),
        ("0 0 9 0 * ?", "“0” cannot be read"),
        ("0 0 9 32W * ?", "“32W” cannot be read"),
        ("0 0 9 L-31 * ?", "“L-31” cannot be read"),
        ("0 0 9 L-3W * ?", "“L-3W” cannot be read"),
        ("0 0 9 15W,20W * ?", "“15W,20W” cannot be read"),
        ("0 0 9 15C * ?", "“15C” cannot be read"),
        ("0 0 9 ? 13 *", "“13” cannot be read"),
        ("0 0 9 ? * 0", "“0” cannot be read"),
        ("0 0 9 ? * 8", "“8” cannot be read"),
        ("0 0 9 ? * 6#6", "“6#6” cannot be read"),
        ("0 0 9 ? * L", "“L” cannot be read"),
        ("0 0 9 ? * MON-", "“MON-” cannot be read"),
        ("0 0 9 ? * MON,", "“MON,” cannot be read"),
        ("0 ? 9 * * MON", "“?” cannot be read"),
        ("0 0 9 * * ? 26", "“26” cannot be read"),
        ("0 0 9 13 * FRI", "leave one to ?"),
        ("0 9 13 * FRI", "leave one to ?"),
        ("0 0 9 30 2 ?", "there is no such day"),
        ("0 0 9 * * ? 2025", "no moment that is still to come"),
        ("@fortnightly", "its short forms are"),
    ],
)
def test_what_cannot_be_said_is_refused_with_the_text(text: str, words: str) -> None:
    assert is_cron(text)
    with pytest.raises(NotATime) as refused:
        parse_schedule(text, NOON)
    assert words in str(refused.value)
    assert text in str(refused.value)


def test_a_refused_text_is_told_with_its_line() -> None:
    (problem,) = read(changed(TIMER.format("0 0 9 13 * FRI"))).problems
    assert (problem.rule, problem.where, problem.is_warning) == ("timer-cron", "c", False)
    assert problem.line > 0
    assert "MON-FRI" in str(problem.fix)


@pytest.mark.parametrize(
    "text", ["due - 2 * n", '@"P1D"', "PT1H", "R3/PT1H", "2026-01-01T09:00:00", "if a then b else c", "a * 2"]
)
def test_other_texts_are_no_cron_texts(text: str) -> None:
    assert not is_cron(text)


def test_a_series_ends_with_its_last_year() -> None:
    assert shown("0 0 9 1 1 ? 2027", NOON) == ["01-01 09:00"]


def test_the_same_text_is_read_once() -> None:
    assert parse_cron("0 0 9 ? * MON", QUARTZ) is parse_cron("0 0 9 ? * MON", QUARTZ)
    assert isinstance(parse_schedule("0 0 9 ? * MON", NOON), CronSeries)
