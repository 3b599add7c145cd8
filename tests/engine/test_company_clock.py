"""`now()` and `today()` go by the clock of the company, wherever FEEL is: from midnight on it is the next day, in China too.

By universal time it was the day before until eight o'clock in the morning.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from engine import process_instances, timers
from engine.definitions import decisions, deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.messaging import conditions
from engine.operating.replay import Replayed, replay
from engine.people import user_tasks
from engine.store import Database
from engine.store.history import history
from tests.bpmn.writing import bpmn
from tests.dmn.xml import decision, definitions, literal
from tests.engine.company import ALICE, OTTO
from tests.engine.conftest import Clock, OpenTasks, Working
from tests.engine.reading import variables_of

SHANGHAI, NEW_YORK, LONDON = "Asia/Shanghai", "America/New_York", "Europe/London"
#: A moment, the company's zone → what `now()` and `today()` answer.
MOMENTS = [
    ("2026-11-30T15:59:59Z", SHANGHAI, "2026-11-30T23:59:59+08:00"),
    ("2026-11-30T16:00:00Z", SHANGHAI, "2026-12-01T00:00:00+08:00"),
    ("2026-11-30T23:59:59Z", SHANGHAI, "2026-12-01T07:59:59+08:00"),
    ("2026-12-01T00:00:00Z", SHANGHAI, "2026-12-01T08:00:00+08:00"),
    ("2026-12-01T04:59:59Z", NEW_YORK, "2026-11-30T23:59:59-05:00"),
    # Of the two half past one of that night, the second.
    ("2026-11-01T06:30:00Z", NEW_YORK, "2026-11-01T01:30:00-05:00"),
    ("2026-11-01T05:30:00Z", NEW_YORK, "2026-11-01T01:30:00-04:00"),
    ("2026-12-01T00:00:00Z", LONDON, "2026-12-01T00:00:00Z"),
]
EVERYWHERE = """
start s
script told script='{now: string(now()), day: string(today()), fixed: is working day(today())}' liuzhuan:resultVariable=told
rule ruled liuzhuan:decision=today liuzhuan:resultVariable=ruled
xor gate default=gate_default
user late
user todays liuzhuan:due="=now()"
end e
s -> told -> ruled -> gate
gate -> todays : today() = date("{day}")
gate -> late : default
todays -> e
late -> e
"""


@pytest.fixture(params=MOMENTS, ids=lambda each: f"{each[0]} {each[1]}")
def local(request: pytest.FixtureRequest, clock: Clock, database: Database) -> str:
    moment, zone, local = request.param
    clock.now = datetime.fromisoformat(moment)
    database.zone = ZoneInfo(zone)
    return str(local)


@pytest.fixture
def put(working: Working) -> Callable[..., None]:
    def deployed(**files: bytes) -> None:
        with working(SYSTEM) as work:
            deployments.deploy(work, [File(name.replace("_", "."), content) for name, content in files.items()], name="t")

    return deployed


@pytest.fixture
def again(working: Working) -> Callable[[UUID], Replayed]:
    def done(id: UUID) -> Replayed:
        with working(OTTO) as work:
            return replay(work, id)

    return done


DECIDED = definitions(decision("today", literal("string(today())")))


def test_a_process_goes_by_it_and_so_does_its_repetition(
    working: Working,
    put: Callable[..., None],
    open_tasks: OpenTasks,
    again: Callable[[UUID], Replayed],
    clock: Clock,
    database: Database,
    local: str,
) -> None:
    day = local[:10]
    put(all_bpmn=bpmn(EVERYWHERE.replace("{day}", day), "all"), today_dmn=DECIDED)
    with working(ALICE) as work:
        id = process_instances.start(work, "all", {}).id
    with working(OTTO) as work:
        found = variables_of(work, id)
    assert found["told"] == {"now": local, "day": day, "fixed": found["told"]["fixed"]}
    assert found["ruled"] == day
    (task,) = open_tasks(id)
    assert (task.element, task.due_at) == ("todays", clock.now)
    with working(OTTO) as work:
        user_tasks.complete(work, task.id, {})
    assert again(id) == Replayed(2, None)
    database.zone = UTC if local.endswith(("+08:00", "-05:00", "-04:00")) else ZoneInfo(SHANGHAI)
    assert again(id).difference is not None, "whoever asks in another zone is answered something else"


def test_a_decision_that_is_asked_goes_by_it(working: Working, put: Callable[..., None], local: str) -> None:
    put(today_dmn=DECIDED)
    with working(OTTO) as work:
        assert decisions.evaluate(work, "today", {}).value == local[:10]


def test_a_condition_that_starts_a_process_goes_by_it(working: Working, put: Callable[..., None], local: str) -> None:
    put(c_bpmn=bpmn(f"start s condition='string(now()) = \"{local}\"'\nend e\ns -> e", "c"))
    with working(OTTO) as work:
        assert [each.key for each in conditions.evaluate(work, {})] == ["c"]


def test_a_timer_of_a_start_event_goes_by_it(working: Working, put: Callable[..., None], clock: Clock, local: str) -> None:
    """Due at the beginning of its day of deployment, which is over: at once."""
    put(t_bpmn=bpmn('start s timer="=date and time(today(), time(now()))"\nend e\ns -> e', "t"))
    with working(SYSTEM) as work:
        assert timers.time_to_next(work) is None
        assert len(timers.take_due(work, limit=5)) == 1


def test_no_moment_of_the_log_is_told_by_another_clock(
    working: Working, put: Callable[..., None], clock: Clock, local: str
) -> None:
    """Only what expressions answer: moments of rows stay in universal time."""
    put(all_bpmn=bpmn(EVERYWHERE.replace("{day}", local[:10]), "all"), today_dmn=DECIDED)
    with working(ALICE) as work:
        instance = process_instances.start(work, "all", {})
    assert instance.started_at.utcoffset() == clock.now.utcoffset()
    with working(SYSTEM) as work:
        rows: Any = work.rows(history.select())
    assert {row.at for row in rows} == {clock.now}
