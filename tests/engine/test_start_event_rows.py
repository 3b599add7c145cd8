"""What start events wait for, against models and the log: put back, it starts nothing twice, and what it has missed once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Executable, delete, null, update

from engine import process_instances
from engine.definitions import deployments
from engine.definitions.deployments import Deployment, File
from engine.facts.actor import SYSTEM
from engine.operating.audit import audit
from engine.operating.rebuild import rebuild
from engine.process_instances import ProcessInstanceFilter
from engine.store import Database, open_database, start_rows
from engine.store.history import history
from engine.store.subscriptions import subscription
from engine.store.timers import Timer, timer
from engine.store.unit_of_work import unit_of_work
from tests.bpmn.writing import bpmn
from tests.engine.company import ALICE, COMPANY
from tests.engine.conftest import Clock, Working
from tests.engine.test_timers import fire_due

#: Texts of a start timer, with how many days after its deployment it starts, and whether it goes on.
TEXTS = {
    "P1D": (1, False),
    "2026-11-21T01:00:00Z": (1, False),
    "R/P1D": (1, True),
    "R3/P1D": (1, True),
    "R/2026-11-01T01:00:00Z/P1D": (0, True),
    "R/P1M": (31, True),
    "0 0 9 * * ?": (1, True),
}

STARTS = """\
start a timer=2026-01-01T00:00:00Z
start b timer=R/P1D
start c message=m
start d timer='R/2026-01-01T00:00:00Z/PT1H'"""


@pytest.fixture
def timed(working: Working) -> Callable[[str], None]:
    def deployed(text: str) -> None:
        with working(SYSTEM) as work:
            model = bpmn(f"start s timer='{text}'\nuser u\nend e\ns -> u -> e", "timed")
            deployments.deploy(work, [File("timed.bpmn", model)], name="t")

    return deployed


def started(working: Working, key: str = "timed") -> int:
    with working(SYSTEM) as work:
        return sum(process_instances.counts(work, ProcessInstanceFilter(key=key)).values())


def wait(working: Working) -> list[Timer]:
    with working(SYSTEM) as work:
        return list(start_rows.all_(work, Timer))


def by_hand(working: Working, statement: Executable) -> None:
    with working(SYSTEM) as work:
        work.write(statement)


def findings(database: Database) -> list[str]:
    return [str(each.sentence) for each in audit(database, COMPANY) if each.invariant == "I17"]


@pytest.mark.parametrize("text", TEXTS)
def test_firing_is_no_finding_and_a_row_that_is_gone_comes_back_as_it_was(
    database: Database, working: Working, clock: Clock, timed: Callable[[str], None], text: str
) -> None:
    days, goes_on = TEXTS[text]
    timed(text)
    for times in range(3):
        assert findings(database) == []
        before = wait(working)
        by_hand(working, delete(timer))
        assert len(findings(database)) == (goes_on or times == 0)
        assert rebuild(database, COMPANY) == (goes_on or times == 0)
        assert [row.due_at for row in wait(working)] == [row.due_at for row in before]
        clock.forward(days=max(days, 1))
        fire_due(working)
        count = started(working)
        assert count == (times + 1 if goes_on else 1)


@pytest.mark.parametrize("text", [text for text, (_, goes_on) in TEXTS.items() if goes_on])
def test_what_was_missed_while_the_row_was_gone_is_started_once(
    database: Database, working: Working, clock: Clock, timed: Callable[[str], None], text: str
) -> None:
    timed(text)
    by_hand(working, delete(timer))
    clock.forward(days=65)
    assert fire_due(working) == 0
    assert rebuild(database, COMPANY) == 1
    assert fire_due(working) == 1
    assert fire_due(working) == 0
    assert findings(database) == []
    assert rebuild(database, COMPANY) == 0


def test_a_start_that_was_put_off_and_one_that_is_over(
    database: Database, working: Working, clock: Clock, timed: Callable[[str], None]
) -> None:
    timed("P1D")
    (row,) = wait(working)
    by_hand(working, update(timer).values(due_at=row.due_at + timedelta(days=999)))
    clock.forward(days=2)
    assert findings(database) == ["The timer of start event s of process timed is not what its model and the log say."]
    assert rebuild(database, COMPANY) == 1
    assert (fire_due(working), started(working), wait(working)) == (1, 1, [])
    with working(SYSTEM) as work:
        start_rows.change(work, None, row)
    assert findings(database) == ["A timer of start event s of process timed should not be there."]
    assert rebuild(database, COMPANY) == 1
    assert (fire_due(working), started(working)) == (0, 1)


def test_who_was_faster_is_not_overwritten(
    database: Database, working: Working, timed: Callable[[str], None], clock: Clock
) -> None:
    timed("R/P1D")
    (row,) = wait(working)
    clock.forward(days=1)
    fire_due(working)
    with working(SYSTEM) as work:
        assert not start_rows.change(work, row, row)
    assert [each.fired for each in wait(working)] == [1]
    assert findings(database) == []


def test_what_began_before_commands_were_logged_waits_for_the_next_moment(
    database: Database, working: Working, timed: Callable[[str], None], clock: Clock
) -> None:
    timed("R/P1D")
    clock.forward(days=1)
    fire_due(working)
    by_hand(working, update(history).values(command=null()))
    assert findings(database) == []
    (row,) = wait(working)
    by_hand(working, delete(timer))
    clock.forward(days=2)
    assert rebuild(database, COMPANY) == 1
    assert [each.due_at for each in wait(working)] == [row.due_at + timedelta(days=2)]


def test_people_start_it_too(database: Database, working: Working, clock: Clock) -> None:
    model = bpmn("start s timer=R/P1D\nstart by_hand\nuser u\nend e\ns -> u -> e\nby_hand -> u", "timed")
    with working(SYSTEM) as work:
        deployments.deploy(work, [File("timed.bpmn", model)], name="t")
    clock.forward(hours=30)
    with working(ALICE) as work:
        process_instances.start(work, "timed", {})
    assert findings(database) == []
    assert fire_due(working) == 1
    with working(SYSTEM) as work:
        process_instances.start(work, "timed", {})
    assert findings(database) == []


def test_a_deployment_that_had_to_wait_is_no_finding(database: Database, working: Working, timed: Callable[[str], None]) -> None:
    timed("R/P1D")
    (row,) = wait(working)
    by_hand(working, update(timer).values(due_at=row.due_at - timedelta(seconds=5)))
    assert findings(database) == []
    by_hand(working, update(timer).values(due_at=row.due_at - timedelta(minutes=5)))
    assert len(findings(database)) == 1


def test_a_new_version_takes_over_and_one_without_the_event_waits_no_more(
    database: Database, working: Working, deploy: Callable[..., Deployment], timed: Callable[[str], None], clock: Clock
) -> None:
    deploy("letter.bpmn")
    deploy("letter.bpmn", changed=True)
    timed("R/P1D")
    clock.forward(hours=3)
    timed("R/P2D")
    assert findings(database) == []
    by_hand(working, delete(subscription))
    assert findings(database) == ["The subscription of start event start of process letter is missing."]
    assert rebuild(database, COMPANY) == 1
    assert findings(database) == []


def test_by_the_clock_of_the_database_nothing_is_found_either(database_url: str) -> None:
    database = open_database(database_url)
    working = partial(unit_of_work, database, directory=COMPANY)
    for times in range(2):
        model = bpmn(f"{STARTS}\nuser u\nend e\na -> u -> e\nb -> u\nc -> u\nd -> u", "timed")
        with working(SYSTEM) as work:
            deployments.deploy(work, [File("timed.bpmn", model)], name="t")
        assert findings(database) == []
        assert fire_due(working) == (times == 0)
        assert findings(database) == []
        assert rebuild(database, COMPANY) == 0
    database.close()
