"""Lists against the rule itself, told row by row in Python: random rows, every kind of asker, every filter, page after page."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import combinations
from typing import Any, cast
from uuid import UUID

import pytest
from sqlalchemy import insert

from engine import process_instances
from engine.definitions import process_definitions
from engine.facts.actor import SYSTEM, Actor
from engine.facts.ids import new_id
from engine.facts.sentences import Sentence
from engine.facts.user_task_facts import UserTaskFacts
from engine.people import user_tasks
from engine.people.user_tasks import UserTaskFilter
from engine.process_instances import ProcessInstanceFilter
from engine.store.incidents import incident
from engine.store.jobs import job
from engine.store.paging import Page
from engine.store.process_instances import process_instance
from engine.store.user_task_search import TooManyTasks
from engine.store.user_tasks import user_task, user_task_candidate
from tests.engine.conftest import Working

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
PEOPLE = ("ann", "ben", "cid", "dot")
GROUPS = ("role:clerk", "role:lead", "role:nobody")
KEYS = ("two-steps", "review")
ASKERS = (
    Actor("ann", "Ann", frozenset({"person:ann", "role:clerk", "role:lead"}), frozenset({"work"})),
    Actor("ben", "Ben", frozenset({"person:ben", "role:clerk"}), frozenset({"work"})),
    Actor("cid", "Cid", frozenset(), frozenset({"work"})),
    Actor("eve", "Eve", frozenset({"role:lead"}), frozenset({"work"})),
    Actor("oto", "Oto", frozenset(), frozenset({"operate"})),
)

Row = Mapping[str, Any]


@dataclass(frozen=True)
class World:
    """All rows, the newest first."""

    instances: Sequence[Row]
    tasks: Sequence[Row]
    jobs: Sequence[Row]
    incidents: Sequence[Row]

    def tasks_of(self, instance: Row) -> list[Row]:
        return self._tasks_of[instance["id"]]

    def instance_of(self, task: Row) -> Row:
        return self._instances[task["process_instance_id"]]

    @cached_property
    def _tasks_of(self) -> Mapping[UUID, list[Row]]:
        found: dict[UUID, list[Row]] = {each["id"]: [] for each in self.instances}
        for task in self.tasks:
            found[task["process_instance_id"]].append(task)
        return found

    @cached_property
    def _instances(self) -> Mapping[UUID, Row]:
        return {each["id"]: each for each in self.instances}


@pytest.fixture
def world(working: Working, deploy: Callable[..., Any]) -> World:
    deploy(*(f"{key}.bpmn" for key in KEYS))
    with working(SYSTEM) as work:
        definitions = [process_definitions.get_by_key(work, key) for key in KEYS]
        made = _world(random.Random(7), [(each.id, each.key) for each in definitions])
        work.write(insert(process_instance), list(made.instances))
        work.write(insert(user_task), list(made.tasks))
        candidates = [
            {"candidate": key, "user_task_id": each["id"], "process_instance_id": each["process_instance_id"]}
            for each in made.tasks
            for key in _asked(each)
        ]
        work.write(insert(user_task_candidate), candidates)
        work.write(insert(job), list(made.jobs))
        work.write(insert(incident), list(made.incidents))
    return made


def _world(chance: random.Random, definitions: Sequence[tuple[UUID, str]]) -> World:
    instances, tasks, jobs, incidents = [], [], [], []
    for number in range(100):
        at = NOW - timedelta(minutes=100 * (150 - number))
        status = chance.choice(("running", "suspended", "ended", "ended"))
        definition, key = chance.choice(definitions)
        instance = {
            "id": new_id(at),
            "definition_id": definition,
            "key": key,
            "business_key": chance.choice((None, f"HT-{number}", "HT-1")),
            "title": chance.choice(("合同 甲", "Contract B", "报销")),
            "status": status,
            "outcome": "completed" if status == "ended" else None,
            "version": 1,
            "initiator": chance.choice(PEOPLE),
            "started_at": at,
            "ended_at": at + timedelta(hours=1) if status == "ended" else None,
            "steps_done": 0,
            "state": b"",
        }
        instances.append(instance)
        for token in range(chance.randrange(4)):
            tasks.append(_task(chance, instance, token))
        if chance.random() < 0.3:
            jobs.append(_job(chance, instance))
        if chance.random() < 0.3:
            incidents.append(_incident(chance, instance))
    return World(*(sorted(each, key=lambda row: row["id"], reverse=True) for each in (instances, tasks, jobs, incidents)))


def _task(chance: random.Random, instance: Row, token: int) -> Row:
    is_over = instance["status"] == "ended"
    status = chance.choice(("completed", "cancelled") if is_over else ("open", "open", "completed", "cancelled"))
    at = instance["started_at"] + timedelta(minutes=token)
    return {
        "id": new_id(at),
        "process_instance_id": instance["id"],
        "definition_id": instance["definition_id"],
        "token": token,
        "element": chance.choice(("first", "second")),
        "name": chance.choice(("审批", "Check")),
        "name_en": "Check",
        "form": None,
        "priority": chance.choice((0, 25, 50, 50, 75, 90)),
        "due_at": chance.choice((None, at + timedelta(hours=chance.randrange(5)))),
        "created_at": at,
        "status": status,
        "assignee": chance.choice((None, *PEOPLE)),
        "candidates": chance.sample(GROUPS, chance.randrange(3)),
        "completed_at": None if status == "open" else at + timedelta(minutes=chance.randrange(3)),
        "completed_by": chance.choice(PEOPLE) if status == "completed" else None,
        "outcome": None,
        "comment": None,
        "facts": UserTaskFacts(),
        "draft": None,
        "draft_comment": None,
        "summary": [],
        "summary_text": chance.choice(("", "甲公司", "1200")),
    }


def _job(chance: random.Random, instance: Row) -> Row:
    return {
        "id": new_id(instance["started_at"]),
        "process_instance_id": instance["id"],
        "definition_id": instance["definition_id"],
        "token": 9,
        "element": chance.choice(("second", "called")),
        "kind": "topic",
        "connector": "ship",
        "inputs": {},
        "created_at": instance["started_at"],
        "status": chance.choice(("open", "failed", "completed", "cancelled")),
        "retries": 1,
        "attempts": 0,
        "due_at": instance["started_at"],
    }


def _incident(chance: random.Random, instance: Row) -> Row:
    return {
        "id": new_id(instance["started_at"]),
        "process_instance_id": instance["id"],
        "definition_id": instance["definition_id"],
        "element": "called",
        "token": 9,
        "kind": "job",
        "cause": Sentence("x"),
        "count": 1,
        "created_at": instance["started_at"],
        "last_at": instance["started_at"],
        "resolved_at": chance.choice((None, NOW)),
    }


def _asked(task: Row) -> list[str]:
    """Who could claim it."""
    return task["candidates"] if task["status"] == "open" and task["assignee"] is None else []


def _takes_part(actor: Actor, task: Row) -> bool:
    return actor.id in (task["assignee"], task["completed_by"]) or not actor.groups.isdisjoint(_asked(task))


# Process instances.

INSTANCE_FILTERS: tuple[dict[str, Any], ...] = (
    {"key": "review"},
    {"status": "running"},
    {"status": "suspended"},
    {"status": "ended"},
    {"is_open": True},
    {"is_open": False},
    {"initiator": "ben"},
    {"business_key": "HT-1"},
    {"with_incidents": True},
    {"text": "contract"},
    {"text": "ht-1"},
    {"element": "second"},
    {"element": "called"},
    {"started_from": NOW - timedelta(days=4)},
    {"started_before": NOW - timedelta(days=4)},
    {"started_from": NOW + timedelta(days=1)},
)


def _fits(world: World, instance: Row, filter: ProcessInstanceFilter) -> bool:
    waiting = {each["element"] for each in world.tasks_of(instance) if each["status"] == "open"}
    waiting |= {each["element"] for each in world.jobs if each["status"] in ("open", "failed") and _is_of(each, instance)}
    failing = {each["process_instance_id"] for each in world.incidents if each["resolved_at"] is None}
    said = f"{instance['title']}\n{instance['business_key'] or ''}".lower()
    return (
        all(getattr(filter, name) in (None, instance[name]) for name in ("key", "status", "initiator", "business_key"))
        and filter.is_open in (None, instance["ended_at"] is None)
        and (not filter.with_incidents or instance["id"] in failing)
        and (filter.text is None or filter.text in said)
        and (filter.element is None or filter.element in waiting)
        and (filter.started_from is None or instance["started_at"] >= filter.started_from)
        and (filter.started_before is None or instance["started_at"] < filter.started_before)
    )


def _is_of(row: Row, instance: Row) -> bool:
    return bool(row["process_instance_id"] == instance["id"])


def _sees(world: World, actor: Actor, instance: Row) -> bool:
    takes_part = any(_takes_part(actor, task) for task in world.tasks_of(instance))
    return actor.may("operate") or instance["initiator"] == actor.id or takes_part


@pytest.mark.parametrize("actor", ASKERS, ids=lambda actor: actor.id)
def test_a_list_of_instances_has_those_that_fit_and_may_be_seen(actor: Actor, world: World, working: Working) -> None:
    with working(actor) as work:
        for values in _filters(INSTANCE_FILTERS, actor):
            filter = ProcessInstanceFilter(**values)
            shown = _all(lambda **page: process_instances.list_(work, filter, **page))  # noqa: B023
            wanted = [each["id"] for each in world.instances if _sees(world, actor, each) and _fits(world, each, filter)]
            assert shown == wanted, values


@pytest.mark.parametrize("actor", ASKERS, ids=lambda actor: actor.id)
def test_instances_are_counted_as_they_are_listed(actor: Actor, world: World, working: Working) -> None:
    with working(actor) as work:
        for values in _filters(INSTANCE_FILTERS, actor):
            if "status" in values:
                continue
            filter = ProcessInstanceFilter(**values)
            counted = process_instances.counts(work, filter)
            for status in ("running", "suspended", "ended"):
                narrowed = replace(filter, status=cast(Any, status))
                fitting = [each for each in world.instances if _sees(world, actor, each) and _fits(world, each, narrowed)]
                assert counted.get(cast(Any, status), 0) == len(fitting), values


# User tasks.


TASK_FILTERS: tuple[dict[str, Any], ...] = (
    {"status": "completed"},
    {"status": "cancelled"},
    {"status": None},
    {"view": "mine"},
    {"view": "claimable"},
    {"view": "done"},
    {"sort": "due"},
    {"sort": "priority"},
    {"key": "review"},
    {"assignee": "ben"},
    {"candidate_group": "role:clerk"},
    {"candidate_group": "role:lead"},
    {"text": "contract"},
    {"text": "甲公司"},
    {"due_from": NOW - timedelta(days=4)},
    {"due_before": NOW - timedelta(days=4)},
    {"has_due": True},
    {"has_due": False},
    {"least_priority": 75},
    {"least_priority": 20},
)


def _task_fits(world: World, actor: Actor, task: Row, filter: UserTaskFilter) -> bool:
    instance = world.instance_of(task)
    said = "\n".join((instance["title"], instance["business_key"] or "", instance["initiator"], task["name"], task["name_en"]))
    if filter.view is None and filter.status not in (None, task["status"]):
        return False
    views = {
        None: True,
        "mine": task["status"] == "open" and task["assignee"] == actor.id,
        "claimable": not actor.groups.isdisjoint(_asked(task)),
        "done": task["status"] == "completed" and task["completed_by"] == actor.id,
    }
    return (
        views[filter.view]
        and filter.process_instance_id in (None, instance["id"])
        and filter.key in (None, instance["key"])
        and filter.assignee in (None, task["assignee"])
        and (filter.candidate_group is None or filter.candidate_group in _asked(task))
        and (filter.text is None or filter.text in f"{said}\n{task['summary_text']}".lower())
        and (filter.due_from is None or (task["due_at"] is not None and task["due_at"] >= filter.due_from))
        and (filter.due_before is None or (task["due_at"] is not None and task["due_at"] < filter.due_before))
        and filter.has_due in (None, task["due_at"] is not None)
        and (filter.least_priority is None or task["priority"] >= filter.least_priority)
    )


def _in_order(tasks: Iterable[Row], filter: UserTaskFilter) -> list[UUID]:
    far = datetime.max.replace(tzinfo=UTC)
    if filter.sort == "due":
        found = sorted(tasks, key=lambda task: (task["due_at"] or far, task["id"]))
    elif filter.sort == "priority":
        found = sorted(tasks, key=lambda task: (task["priority"], task["id"]), reverse=True)
    elif filter.view == "done":
        found = sorted(tasks, key=lambda task: (task["completed_at"], task["id"]), reverse=True)
    else:
        found = sorted(tasks, key=lambda task: task["id"], reverse=True)
    return [each["id"] for each in found]


@pytest.mark.parametrize("actor", ASKERS, ids=lambda actor: actor.id)
def test_a_list_of_tasks_has_those_that_fit_and_may_be_seen(actor: Actor, world: World, working: Working) -> None:
    one = {"process_instance_id": world.instances[3]["id"]}
    with working(actor) as work:
        for values in _filters((*TASK_FILTERS, one), actor):
            filter = UserTaskFilter(**values)
            if _is_endless(actor, filter):
                with pytest.raises(TooManyTasks):
                    user_tasks.list_(work, filter)
                continue
            shown = _all(lambda **page: user_tasks.list_(work, filter, **page))  # noqa: B023
            visible = [each for each in world.tasks if actor.may("operate") or _takes_part(actor, each)]
            assert shown == _in_order((each for each in visible if _task_fits(world, actor, each, filter)), filter), values


def _is_endless(actor: Actor, filter: UserTaskFilter) -> bool:
    """Everybody's tasks that are done, by something that no index of them knows."""
    named = (filter.view, filter.process_instance_id, filter.assignee, filter.candidate_group)
    if not actor.may("operate") or filter.status == "open" or any(named):
        return False
    plain = UserTaskFilter(status=filter.status, key=filter.key)
    return filter != plain


def test_tasks_are_counted_as_they_are_listed(world: World, working: Working) -> None:
    for actor in ASKERS:
        with working(actor) as work:
            counted = user_tasks.counts(work)
        for view in ("mine", "claimable", "done"):
            filter = UserTaskFilter(view=cast(Any, view))
            assert getattr(counted, view) == sum(_task_fits(world, actor, each, filter) for each in world.tasks), (actor.id, view)


def _filters(single: Sequence[dict[str, Any]], actor: Actor) -> Iterable[dict[str, Any]]:
    """None, and each alone; for some askers each pair that does not say the same thing twice."""
    yield {}
    yield from single
    if actor.id in ("ann", "oto"):
        yield from ({**one, **other} for one, other in combinations(single, 2) if one.keys().isdisjoint(other))


def _all(read: Callable[..., Page[Any]]) -> list[UUID]:
    """The ids of all pages."""
    found: list[UUID] = []
    after: str | None = None
    while True:
        page = read(after=after, limit=50)
        found += [each.id for each in page.items]
        after = page.next
        if after is None:
            return found
