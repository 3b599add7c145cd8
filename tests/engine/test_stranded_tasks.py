"""People leave and roles are given up while tasks are open: the tasks go to who can do them, and the history tells it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from engine import process_instances
from engine.assignment import LAST_RESORT
from engine.facts.actor import SYSTEM, Actor
from engine.facts.errors import NotAllowed, NotFound
from engine.operating.audit import audit
from engine.operating.replay import replay
from engine.people import handing_over, stranded_tasks, user_tasks
from engine.people.stranded_tasks import HandedOn, HeldTask
from engine.store import Database, held_user_tasks
from engine.store.unit_of_work import UnitOfWork, unit_of_work
from tests.engine.company import ALICE, ANNA, BOB, COMPANY, OTTO, Company
from tests.engine.conftest import Begin, OpenTasks, Working

In = Callable[[Company, Actor], AbstractContextManager[UnitOfWork]]


def without(*people: str, **changed: Any) -> Company:
    """The company after these people have left, or are changed otherwise."""
    gone = {id: replace(COMPANY.people[id], **(changed or {"is_active": False})) for id in people}
    return replace(COMPANY, people={**COMPANY.people, **gone})


@pytest.fixture
def within(database: Database) -> In:
    """`with within(company, SYSTEM) as work:`"""
    return lambda company, actor: unit_of_work(database, actor, directory=company)


def handed_on(within: In, company: Company) -> list[HandedOn]:
    with within(company, SYSTEM) as work:
        ids = [task.id for task in stranded_tasks.stranded(work)]
    found = []
    for id in ids:
        with within(company, SYSTEM) as work:
            foretold = stranded_tasks.would_go(work, id)
            assert not work.is_writing
        with within(company, SYSTEM) as work:
            found.append(stranded_tasks.hand_on(work, id))
        assert found[-1] == foretold
    return [each for each in found if each is not None]


def left(within: In, company: Company) -> list[HeldTask]:
    with within(company, SYSTEM) as work:
        return list(stranded_tasks.stranded(work))


def repeats(within: In, company: Company, id: UUID) -> bool:
    with within(company, OTTO) as work:
        return replay(work, id).difference is None


def test_nobody_s_tasks_are_touched_while_everybody_is_there(within: In, begin: Begin) -> None:
    begin("two-steps")
    begin("review")
    assert left(within, COMPANY) == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"may_work": False}])
def test_a_claimed_task_returns_to_its_candidates(
    within: In, working: Working, begin: Begin, open_tasks: OpenTasks, database: Database, change: dict[str, bool]
) -> None:
    instance = begin("two-steps")
    (task,) = open_tasks(instance.id)
    with working(ALICE) as work:
        user_tasks.claim(work, task.id)
        user_tasks.save_draft(work, task.id, {"answer": "half"})
    later = without("alice", **change)
    (moved,) = handed_on(within, later)
    assert (moved.was_with, moved.assignee, moved.candidates) == ("alice", None, tuple(task.candidates))
    with within(later, ANNA) as work:
        got = user_tasks.get(work, task.id).task
        assert (got.assignee, got.draft) == (None, {"answer": "half"})
        assert "Alice" in str(got.facts.why[-2])
        log = process_instances.history(work, process_instances.get(work, instance.id))
        user_tasks.complete(work, task.id, {})
    assert (log[-1].verb, log[-1].actor) == ("hand on", "system")
    assert log[-1].events[0]["candidates"] == list(task.candidates)
    assert repeats(within, later, instance.id)
    assert audit(database, later) == []


def test_a_task_of_one_person_goes_where_its_rules_lead_now(
    within: In, begin: Begin, open_tasks: OpenTasks, working: Working, database: Database
) -> None:
    instance = begin("review")
    (task,) = open_tasks(instance.id)
    assert task.assignee == "alice"
    later = without("alice")
    (moved,) = handed_on(within, later)
    assert (moved.assignee, moved.candidates) == (None, (LAST_RESORT,))
    with within(later, OTTO) as work:
        user_tasks.complete(work, task.id, {})
    assert repeats(within, later, instance.id)
    assert audit(database, later) == []


def test_a_role_that_nobody_holds_leaves_its_tasks_to_the_administrators_and_keeps_them(
    within: In, begin: Begin, open_tasks: OpenTasks, working: Working, database: Database
) -> None:
    instance = begin("two-steps")
    (task,) = open_tasks(instance.id)
    later = without("alice", "anna")
    (moved,) = handed_on(within, later)
    assert moved.candidates == (*task.candidates, LAST_RESORT)
    assert left(within, later) == []
    with within(later, OTTO) as work:
        assert user_tasks.claim(work, task.id).assignee == "otto"
    with within(COMPANY, OTTO) as work:
        user_tasks.unclaim(work, task.id)
    with within(COMPANY, ALICE) as work:
        user_tasks.complete(work, task.id, {})
    assert repeats(within, COMPANY, instance.id)


def test_what_nobody_at_all_can_do_stays_found_and_is_changed_once(
    within: In, begin: Begin, open_tasks: OpenTasks, database: Database
) -> None:
    instance = begin("two-steps")
    later = without("alice", "anna", "otto")
    assert len(handed_on(within, later)) == 1
    with within(later, SYSTEM) as work:
        version = process_instances.get(work, instance.id).version
    assert handed_on(within, later) == []
    (found,) = left(within, later)
    assert stranded_tasks.is_left_to_operators(found)
    with within(later, SYSTEM) as work:
        assert process_instances.get(work, instance.id).version == version


def test_a_suspended_process_lets_its_tasks_go_too(within: In, working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("review")
    with working(OTTO) as work:
        process_instances.suspend(work, instance.id, "Wait.")
    later = without("alice")
    assert len(handed_on(within, later)) == 1
    with within(later, OTTO) as work:
        assert process_instances.get(work, instance.id).status == "suspended"
    assert repeats(within, later, instance.id)


def test_only_who_operates_sees_and_moves_them(within: In, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("review")
    (task,) = open_tasks(instance.id)
    later = without("alice")
    with pytest.raises(NotAllowed), within(later, BOB) as work:
        list(stranded_tasks.stranded(work))
    with pytest.raises(NotFound), within(later, BOB) as work:
        stranded_tasks.hand_on(work, task.id)


def test_pages_of_names_and_tasks_follow_each_other(
    within: In, begin: Begin, monkeypatch: pytest.MonkeyPatch, open_tasks: OpenTasks
) -> None:
    monkeypatch.setattr(held_user_tasks, "NAMES", 1)
    monkeypatch.setattr(held_user_tasks, "PAGE", 2)
    ids = {open_tasks(begin("review").id)[0].id for _ in range(3)} | {open_tasks(begin("two-steps").id)[0].id for _ in range(3)}
    found = left(within, without("alice", "anna", "otto"))
    assert {task.id for task in found} == ids
    assert len(found) == 6


def test_tasks_are_counted_for_each_who_has_some(begin: Begin, within: In) -> None:
    for _ in range(2):
        begin("review")
    with within(COMPANY, SYSTEM) as work:
        held = {id: len(list(held_user_tasks.of_assignees(work, (id,)))) for id in COMPANY.people}
        assert handing_over.count_held(work, COMPANY.people) == {id: count for id, count in held.items() if count}
        assert 2 in held.values()
    with within(COMPANY, BOB) as work, pytest.raises(NotAllowed):
        handing_over.count_held(work, COMPANY.people)
