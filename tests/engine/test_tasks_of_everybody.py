"""Who operates lists everybody's tasks. Of those that are done there are millions: what no index finds is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from engine.facts.actor import SYSTEM
from engine.people import user_tasks
from engine.people.user_tasks import UserTaskFilter
from engine.store.user_task_search import TooManyTasks
from tests.engine.company import ALICE
from tests.engine.conftest import Begin, Clock, Working

NOWHERE = UUID(int=0)


def looked_for(clock: Clock) -> Mapping[str, dict[str, Any]]:
    return {
        "text": {"text": "ACME"},
        "due from": {"due_from": clock.now},
        "due before": {"due_before": clock.now},
        "due": {"has_due": True},
        "not due": {"has_due": False},
        "urgent": {"least_priority": 75},
        "of any priority": {"least_priority": 10},
        "by time limit": {"sort": "due"},
        "by priority": {"sort": "priority"},
    }


@pytest.mark.parametrize("status", [None, "completed", "cancelled"])
def test_what_is_done_is_looked_through_only_for_an_instance_or_a_person(
    working: Working, begin: Begin, clock: Clock, status: Any
) -> None:
    begin("two-steps", customer="ACME")
    for wanted in looked_for(clock).values():
        with pytest.raises(TooManyTasks), working(SYSTEM) as work:
            user_tasks.list_(work, UserTaskFilter(status=status, **wanted))
        for named in ({"process_instance_id": NOWHERE}, {"assignee": "bob"}):
            with working(SYSTEM) as work:
                assert user_tasks.list_(work, UserTaskFilter(status=status, **wanted, **named)).items == ()
        with working(SYSTEM) as work:
            user_tasks.list_(work, UserTaskFilter(**wanted))
        with working(ALICE) as work:
            user_tasks.list_(work, UserTaskFilter(status=status, **wanted))


def test_everybodys_tasks_that_are_done_are_listed(working: Working, begin: Begin) -> None:
    begin("two-steps", customer="ACME")
    with working(SYSTEM) as work:
        assert len(user_tasks.list_(work, UserTaskFilter(status=None)).items) == 1
        assert user_tasks.list_(work, UserTaskFilter(status="completed")).items == ()


def test_tasks_without_a_time_limit_come_in_pages(working: Working, begin: Begin) -> None:
    ids = [begin("two-steps", customer=str(number)).id for number in range(5)]
    filter = UserTaskFilter(view="claimable", has_due=False)
    found, after = [], None
    while True:
        with working(ALICE) as work:
            page = user_tasks.list_(work, filter, after=after, limit=2)
        found += [item.process_instance_id for item in page.items]
        after = page.next
        if after is None:
            break
    assert found == ids[::-1]
