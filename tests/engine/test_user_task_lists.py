"""Finding one's way through a long list of tasks: what a line shows, what is searched, what can be left out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from engine.people import user_tasks
from engine.people.user_tasks import UserTaskFilter, UserTaskItem
from tests.engine.company import ALICE, ANNA
from tests.engine.conftest import Begin, Clock, OpenTasks, Working


@pytest.fixture
def expense(begin: Begin) -> Any:
    """Begins an expense and answers its process instance's id."""

    def begun(**variables: Any) -> UUID:
        values = {"reason": "差旅费", "number": "EX-1", "amount": 1200, "payee": "北京国旅", "due": None, "urgent": False}
        return begin("expense", **{**values, **variables}).id

    return begun


@pytest.fixture
def found(working: Working) -> Any:
    """Ids of the process instances in Anna's list to claim, with a filter."""

    def listed(**filter: Any) -> list[UUID]:
        with working(ANNA) as work:
            page = user_tasks.list_(work, UserTaskFilter(view="claimable", **filter), limit=100)
        return [item.process_instance_id for item in page.items]

    return listed


def line(working: Working, process_instance_id: UUID) -> UserTaskItem:
    with working(ANNA) as work:
        (item,) = user_tasks.list_(work, UserTaskFilter(process_instance_id=process_instance_id)).items
    return item


def test_a_line_shows_the_summary_that_the_process_names(expense: Any, working: Working) -> None:
    assert line(working, expense(amount=1200.5)).summary == [
        {"name": "金额", "name_en": "Amount", "unit": "元", "unit_en": "CNY", "value": 1200.5},
        {"name": "收款方", "name_en": "Payee", "value": "北京国旅"},
    ]


def test_a_summary_may_be_a_number_beyond_64_bits(expense: Any, working: Working) -> None:
    (amount, *_) = line(working, expense(amount=1e300)).summary
    assert amount["value"] == pytest.approx(1e300)


def test_what_is_not_known_yet_is_left_out(expense: Any, working: Working) -> None:
    summary = line(working, expense(amount=None, payee={"name": "no text"})).summary
    assert summary == []


def test_a_step_with_a_summary_of_its_own_shows_that_one(expense: Any, working: Working, open_tasks: OpenTasks) -> None:
    id = expense()
    with working(ANNA) as work:
        user_tasks.complete(work, open_tasks(id)[0].id, {"days": 3})
    assert line(working, id).summary == [{"name": "Days", "unit": "d", "value": 3}]


@pytest.mark.parametrize(
    "text",
    ["差旅", "ex-1", "财务", "finance", "Alice", "国旅", "1200"],
    ids=["title", "key", "step", "English", "who", "payee", "amount"],
)
def test_a_search_looks_in_everything_that_a_line_shows(text: str, expense: Any, found: Any) -> None:
    wanted = expense()
    expense(reason="others", number="X", amount=7, payee="ACME")
    assert wanted in found(text=text)


@pytest.mark.parametrize("text", ["%", "_", "\\", "100%_", "' or 1=1 --"])
def test_signs_of_patterns_are_searched_as_they_are(text: str, expense: Any, found: Any) -> None:
    expense()
    wanted = expense(reason="折扣 100%_\\ ' or 1=1 --")
    assert found(text=text) == [wanted]


def test_a_search_can_be_paged(expense: Any, working: Working) -> None:
    wanted = [expense(payee="北京"), expense(payee="上海"), expense(payee="北京"), expense(payee="北京")]
    seen, after = [], None
    with working(ANNA) as work:
        for _ in range(3):
            page = user_tasks.list_(work, UserTaskFilter(view="claimable", text="北京"), after=after, limit=1)
            seen += [item.process_instance_id for item in page.items]
            after = page.next
    assert seen == [wanted[3], wanted[2], wanted[0]]
    assert after is None


def test_due_dates_narrow_the_list(expense: Any, found: Any, clock: Clock) -> None:
    late, soon, never = expense(due="PT1H"), expense(due="P3D"), expense()
    tomorrow = clock.now + timedelta(days=1)
    assert found(due_before=tomorrow) == [late]
    assert found(due_from=tomorrow) == [soon]
    assert found(due_from=clock.now + timedelta(hours=1), due_before=tomorrow) == [late]
    assert found(has_due=False) == [never]
    assert found(has_due=True) == [soon, late]


def test_urgent_work_can_be_seen_alone(expense: Any, found: Any) -> None:
    expense()
    urgent = expense(urgent=True)
    assert found(least_priority=75) == [urgent]


def test_a_line_shows_how_many_steps_people_have_done(begin: Begin, working: Working) -> None:
    instance = begin("two-steps", customer="ACME")
    of_it = UserTaskFilter(process_instance_id=instance.id, status="open")
    with working(ALICE) as work:
        (first,) = user_tasks.list_(work, of_it).items
    with working(ALICE) as work:
        user_tasks.complete(work, first.id, {})
    with working(ALICE) as work:
        (second,) = user_tasks.list_(work, of_it).items
    assert (first.steps_done, second.steps_done) == (0, 1)


def test_what_was_done_last_comes_first(expense: Any, working: Working, open_tasks: OpenTasks, clock: Clock) -> None:
    older, newer = expense(), expense()
    for id in (newer, older):
        clock.forward(minutes=1)
        with working(ANNA) as work:
            user_tasks.complete(work, open_tasks(id)[0].id, {})
    done, after = [], None
    with working(ANNA) as work:
        for _ in range(2):
            page = user_tasks.list_(work, UserTaskFilter(view="done"), after=after, limit=1)
            done += [item.process_instance_id for item in page.items]
            after = page.next
    assert done == [older, newer]
    assert after is None


@pytest.mark.parametrize("sort", ["created", "due", "priority"])
def test_after_a_task_its_list_goes_on(sort: Any, expense: Any, working: Working) -> None:
    for due in ("P3D", "P1D", None, "P2D"):
        expense(due=due)
    asked = UserTaskFilter(view="claimable", sort=sort)
    with working(ANNA) as work:
        first, second, *_ = user_tasks.list_(work, asked).items
        task = user_tasks.get(work, first.id).task
        user_tasks.complete(work, first.id, {})
    with working(ANNA) as work:
        following = user_tasks.following(work, asked, task)
        assert following is not None and following.id == second.id


def test_after_the_last_task_comes_the_first_one_again(expense: Any, working: Working) -> None:
    expense()
    asked = UserTaskFilter(view="claimable")
    with working(ANNA) as work:
        (only,) = user_tasks.list_(work, asked).items
        task = user_tasks.get(work, only.id).task
        assert user_tasks.following(work, asked, task) is None
    expense(number="EX-2")
    with working(ANNA) as work:
        newer = user_tasks.following(work, asked, task)
        assert newer is not None and newer.business_key == "EX-2"


def test_an_opinion_is_drafted_with_the_values(expense: Any, working: Working, open_tasks: OpenTasks) -> None:
    (task,) = open_tasks(expense())
    with working(ANNA) as work:
        user_tasks.save_draft(work, task.id, {"checked": True}, "先看一下\0")
    with working(ALICE) as work:
        drafted = user_tasks.get(work, task.id).task
        assert (drafted.draft, drafted.draft_comment) == ({"checked": True}, "先看一下")
        user_tasks.save_draft(work, task.id, None)
    with working(ALICE) as work:
        forgotten = user_tasks.get(work, task.id).task
        assert (forgotten.draft, forgotten.draft_comment) == (None, None)


def test_nothing_of_a_draft_is_left_when_the_task_is_done(expense: Any, working: Working, open_tasks: OpenTasks) -> None:
    (task,) = open_tasks(expense())
    with working(ANNA) as work:
        user_tasks.save_draft(work, task.id, {}, "half an opinion")
    with working(ANNA) as work:
        user_tasks.complete(work, task.id, {}, comment="Fine.")
    with working(ANNA) as work:
        done = user_tasks.get(work, task.id).task
        assert (done.comment, done.draft_comment) == ("Fine.", None)
