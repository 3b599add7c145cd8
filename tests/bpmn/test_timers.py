from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest

from engine.bpmn import NotWaiting, StepFailed, read
from engine.bpmn.timing import periods
from engine.bpmn.timing.moments import NotATime
from engine.bpmn.timing.schedule import Schedule, from_json, parse_schedule
from tests.bpmn.cases import NOON, Run
from tests.bpmn.writing import bpmn

WAIT = "start s\ncatch c timer='{}'\nend e\ns -> c -> e"
JANUARY = datetime(2026, 1, 31, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("PT1H30M", NOON + timedelta(minutes=90)),
        ("P1M", datetime(2026, 4, 2, 12, tzinfo=UTC)),
        ("P1Y2M", datetime(2027, 5, 2, 12, tzinfo=UTC)),
        ("P2W", NOON + timedelta(days=14)),
        ("2026-06-01T08:00:00+08:00", datetime(2026, 6, 1, tzinfo=UTC)),
        ("2026-06-01T08:00:00@Asia/Shanghai", datetime(2026, 6, 1, tzinfo=UTC)),
        ("2026-06-01", datetime(2026, 6, 1, tzinfo=UTC)),
        ("2020-01-01", datetime(2020, 1, 1, tzinfo=UTC)),
        ("wait", NOON + timedelta(days=3)),
        ("=wait", NOON + timedelta(days=3)),
        ('=duration("PT5M")', NOON + timedelta(minutes=5)),
        ('=now() + duration("P1D")', NOON + timedelta(days=1)),
        ("等待", NOON + timedelta(days=3)),
    ],
)
def test_a_timer_is_due(run: Run, text: str, due: datetime) -> None:
    assert run(WAIT.format(text), {"wait": "P3D", "等待": "P3D"}).due == [due]


def test_a_timer_fires_only_when_it_is_told_to(run: Run) -> None:
    case = run("start s\nand f\ncatch c timer=PT1H\nuser u\nend e\ns -> f -> c -> e\nf -> u -> e")
    case.now += timedelta(hours=5)
    case.complete("u")
    assert case.outcome is None
    case.pass_time()
    assert case.outcome == "completed"


def test_a_timer_fires_once(run: Run) -> None:
    case = run(WAIT.format("PT1H") + "\nuser u\ns -> u -> e")
    case.pass_time(hours=1)
    with pytest.raises(NotWaiting):
        case.execution.fire(1, NOON)


def test_a_timer_whose_expression_is_null_is_a_failed_step(run: Run) -> None:
    with pytest.raises(StepFailed, match="the timer cannot be set: “wait” is null"):
        run(WAIT.format("=wait"))


def test_a_timer_whose_expression_is_no_time_is_a_failed_step(run: Run) -> None:
    with pytest.raises(StepFailed, match="“soon” is not a moment"):
        run(WAIT.format('="soon"'))


def series(schedule: Schedule | None) -> Iterator[Schedule]:
    """The schedule and those that follow."""
    while schedule is not None:
        yield schedule
        schedule = schedule.following()


def test_a_month_is_exact_at_the_end_of_months() -> None:
    schedule = parse_schedule("R/2026-01-31T09:00:00Z/P1M", JANUARY)
    dues = [f"{each.due_at:%Y-%m-%d}" for each in islice(series(schedule), 4)]
    assert dues == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]


def test_a_day_follows_the_wall_clock_through_a_change_of_time_and_hours_do_not() -> None:
    daily = parse_schedule("R/2026-03-28T09:00:00@Europe/Berlin/P1D", JANUARY)
    hourly = parse_schedule("R/2026-03-28T09:00:00@Europe/Berlin/PT24H", JANUARY)
    assert [after.due_at - before.due_at for before, after in pairwise(islice(series(daily), 2))] == [timedelta(hours=23)]
    assert [after.due_at - before.due_at for before, after in pairwise(islice(series(hourly), 2))] == [timedelta(hours=24)]


def test_a_repetition_without_a_count_does_not_end() -> None:
    last = next(islice(series(parse_schedule("R/PT1M", NOON)), 1000, None))
    assert last.due_at == NOON + timedelta(minutes=1001)


def test_moments_that_are_over_when_the_timer_is_set_are_skipped() -> None:
    schedules = list(series(parse_schedule("R5/2026-03-01T12:00:00Z/P1D", NOON)))
    assert [each.due_at for each in schedules] == [NOON + timedelta(days=number) for number in range(4)]
    assert parse_schedule("R/1970-01-01T00:00:00Z/PT1S", NOON).due_at == NOON


def test_a_series_that_is_wholly_over_is_due_once() -> None:
    schedule = parse_schedule("R2/2026-01-01/P1D", NOON)
    assert schedule.due_at == datetime(2026, 1, 2, tzinfo=UTC)
    assert schedule.following() is None


def test_a_repetition_may_end_at_a_moment() -> None:
    schedules = list(series(parse_schedule("R/PT1H/2026-03-02T15:00:00Z", NOON)))
    assert [each.due_at for each in schedules] == [NOON + timedelta(hours=number) for number in (1, 2, 3)]


def test_firing_many_times_is_counted_at_once() -> None:
    coming, over = parse_schedule("R/PT1S", NOON).after(10_000_000, NOON)
    assert coming is not None
    assert (coming.due_at, over) == (NOON + timedelta(seconds=10_000_002), 10_000_001)
    assert parse_schedule("R3/PT1S", NOON).after(2, NOON) == (None, 3)
    assert parse_schedule("PT1S", NOON).after(0, NOON) == (None, 1)


@pytest.mark.parametrize("text", ["R3/PT1H", "R/2026-01-31T09:00:00@Asia/Shanghai/P1M", "PT5M", "2026-06-01T08:00:00.5+08:00"])
def test_a_schedule_is_saved_without_loss(text: str) -> None:
    schedule = parse_schedule(text, NOON)
    assert from_json(schedule.as_json()) == schedule


@pytest.mark.parametrize(
    "text",
    [
        *("R0/PT1H", "R/PT0S", "R-1/PT1H", "R3", "P", "PT", "P1H", "1 day", "R/PT1H/PT1H/PT1H", "P9999Y9999M"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(NotATime):
        _ = parse_schedule(text, NOON).due_at


@pytest.mark.parametrize("text", ["R/PT0.001S", "R5/PT0.5S", "R/2026-01-01T00:00:00Z/PT0.9S"])
@pytest.mark.parametrize("place", ["start s timer={}\nend e\ns -> e", "start s\ncatch c timer={}\nend e\ns -> c -> e"])
def test_a_timer_that_repeats_too_often_refuses_the_file_with_its_line(place: str, text: str) -> None:
    reading = read(bpmn(place.format(text)))
    (problem,) = reading.errors
    assert (problem.rule, problem.line > 0, "the shortest period is 1 s" in str(problem.sentence)) == (
        "timer-too-often",
        True,
        True,
    )
    assert read(bpmn(place.format(text)), is_deployed=True).model is not None, "what is deployed can still be read"


def test_a_computed_timer_that_repeats_too_often_is_a_failed_step(run: Run) -> None:
    with pytest.raises(StepFailed, match="shortest period is 1 s") as failed:
        run(
            'start s\nuser u\nboundary b on=u timer=\'="R/PT" + string(n) + "S"\' nonInterrupting\nend e\ns -> u -> e\nb -> e',
            {"n": 0.25},
        )
    assert failed.value.element in ("u", "b")


def test_the_shortest_period_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periods._Limit, "period", timedelta(minutes=10))
    assert [problem.rule for problem in read(bpmn("start s timer=R/PT9M\nend e\ns -> e")).errors] == ["timer-too-often"]
    assert [problem.rule for problem in read(bpmn("start s timer='0 */5 * * * ?'\nend e\ns -> e")).errors] == ["timer-too-often"]
    assert not read(bpmn("start s timer=R/PT10M\nend e\ns -> e")).errors


def test_moments_that_were_missed_for_years_are_not_counted_one_by_one() -> None:
    series = parse_schedule("R/PT1S", NOON)
    coming, fired = series.after(3, NOON + timedelta(days=3650))
    assert coming is not None and coming.due_at == NOON + timedelta(days=3650, seconds=1)
    assert fired == 3650 * 86_400
    limited = parse_schedule("R5/PT1S", NOON)
    assert limited.after(1, NOON + timedelta(days=3650)) == (None, 5)
