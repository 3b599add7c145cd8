"""The work of people."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from engine import process_instances
from engine.facts.errors import (
    Invalid,
    NotAllowed,
    NotFound,
    ProcessInstanceEnded,
    ProcessInstanceSuspended,
    StepRefused,
    UserTaskAlreadyClaimed,
    UserTaskAlreadyClosed,
    UserTaskAlreadyCompleted,
    VariablesRefused,
)
from engine.people import user_tasks
from engine.people.user_tasks import Counts, UserTaskFilter
from service.translations.sentences import said
from tests.engine.company import ALICE, ANNA, BOB, MALLORY, OF_ALICE, OTTO
from tests.engine.conftest import Begin, Clock, OpenTasks, Working
from tests.engine.reading import variables_of


def test_a_candidate_completes_and_the_process_goes_on(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("two-steps", customer="ACME")
    (first,) = open_tasks(instance.id)
    assert (first.name, first.name_en, first.assignee, first.candidates) == ("First step", "First", None, ["role:staff"])
    with working(ANNA) as work:
        assert user_tasks.complete(work, first.id, {"answer": 42}, comment=" Fine. ").status == "running"
    (second,) = open_tasks(instance.id)
    assert (second.element, second.assignee) == ("second", "anna")
    with working(ANNA) as work:
        assert user_tasks.variables(work, user_tasks.get(work, second.id)) == {"customer": "ACME", "answer": 42, **OF_ALICE}
        assert user_tasks.complete(work, second.id, {}).status == "ended"
    with working(ANNA) as work:
        done = user_tasks.get(work, first.id).task
        assert (done.status, done.completed_by, done.comment) == ("completed", "anna", "Fine.")
        assert process_instances.get(work, instance.id).outcome == "completed"


def test_completing_a_task_twice_is_refused_with_who_and_when(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    (task,) = open_tasks(begin("two-steps", customer="ACME").id)
    with working(ANNA) as work:
        user_tasks.complete(work, task.id, {})
    with pytest.raises(UserTaskAlreadyCompleted, match=r"anna completed it at 2026-11-20T01:00:00"), working(ALICE) as work:
        user_tasks.complete(work, task.id, {})


def test_a_task_that_was_cancelled_is_refused(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("two-steps", customer="ACME")
    (task,) = open_tasks(instance.id)
    with working(ALICE) as work:
        process_instances.cancel(work, instance.id, "Not wanted any more.")
    with pytest.raises(UserTaskAlreadyClosed), working(ANNA) as work:
        user_tasks.complete(work, task.id, {})


def test_who_has_nothing_to_do_with_a_task_does_not_find_it(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    (task,) = open_tasks(begin("two-steps", customer="ACME").id)
    for act in (user_tasks.get, user_tasks.claim, user_tasks.unclaim):
        with pytest.raises(NotFound), working(MALLORY) as work:
            act(work, task.id)
    with pytest.raises(NotFound), working(MALLORY) as work:
        user_tasks.complete(work, task.id, {})
    with pytest.raises(NotFound), working(MALLORY) as work:
        user_tasks.assign(work, task.id, "mallory")
    with working(MALLORY) as work:
        assert user_tasks.list_(work, UserTaskFilter(status=None)).items == ()


def test_an_unknown_task_is_not_found(working: Working) -> None:
    with pytest.raises(NotFound), working(OTTO) as work:
        user_tasks.complete(work, UUID(int=1), {})


def test_who_operates_sees_a_task_but_does_not_do_it_for_others(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    (task,) = open_tasks(begin("two-steps", customer="ACME").id)
    with pytest.raises(NotAllowed), working(OTTO) as work:
        user_tasks.complete(work, task.id, {})


def test_claiming_takes_the_task_out_of_the_others_inbox(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    (task,) = open_tasks(begin("two-steps", customer="ACME").id)
    claimable = UserTaskFilter(view="claimable")
    with working(ANNA) as work:
        assert [item.id for item in user_tasks.list_(work, claimable).items] == [task.id]
    with working(ALICE) as work:
        assert user_tasks.claim(work, task.id).assignee == "alice"
    with working(ANNA) as work:
        assert user_tasks.list_(work, claimable).items == ()
    with working(ALICE) as work:
        assert [item.id for item in user_tasks.list_(work, UserTaskFilter(view="mine")).items] == [task.id]


def test_a_claimed_task_is_refused_to_the_other_candidates(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    (task,) = open_tasks(begin("two-steps", customer="ACME").id)
    with working(ALICE) as work:
        user_tasks.claim(work, task.id)
    with pytest.raises(UserTaskAlreadyClaimed, match="alice"), working(ANNA) as work:
        user_tasks.claim(work, task.id)
    with pytest.raises(UserTaskAlreadyClaimed, match="alice"), working(ANNA) as work:
        user_tasks.complete(work, task.id, {})


def test_returning_a_task_gives_it_back_to_its_candidates(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    (task,) = open_tasks(begin("two-steps", customer="ACME").id)
    with working(ALICE) as work:
        user_tasks.claim(work, task.id)
    with working(ALICE) as work:
        assert user_tasks.unclaim(work, task.id).assignee is None
    with working(ANNA) as work:
        assert len(user_tasks.list_(work, UserTaskFilter(view="claimable")).items) == 1


def test_a_task_without_candidates_cannot_be_returned(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    (task,) = open_tasks(begin("review").id)
    with pytest.raises(Invalid, match="no candidates"), working(ALICE) as work:
        user_tasks.unclaim(work, task.id)


def test_who_has_a_task_hands_it_on_and_others_may_not(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    (task,) = open_tasks(begin("review").id)
    with working(ALICE) as work:
        assert user_tasks.assign(work, task.id, "anna").assignee == "anna"
    with pytest.raises(NotFound), working(ALICE) as work:
        user_tasks.assign(work, task.id, "alice")
    with working(OTTO) as work:
        assert user_tasks.assign(work, task.id, "alice").assignee == "alice"


def test_a_task_is_not_given_to_somebody_who_has_left(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    (task,) = open_tasks(begin("review").id)
    with pytest.raises(Invalid, match="gone"), working(OTTO) as work:
        user_tasks.assign(work, task.id, "gone")


def test_a_draft_is_kept_until_the_task_is_done(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    (task,) = open_tasks(begin("review", budget=5).id)
    with working(ALICE) as work:
        user_tasks.save_draft(work, task.id, {"text": "half", "budget": 6})
    with working(ALICE) as work:
        assert user_tasks.get(work, task.id).task.draft == {"text": "half"}
    with working(ALICE) as work:
        user_tasks.complete(work, task.id, {})
    with working(ALICE) as work:
        assert user_tasks.get(work, task.id).task.draft is None


def test_fields_that_may_not_be_written_are_dropped_and_told(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("review", budget=5, salary=7)
    (task,) = open_tasks(instance.id)
    with working(ALICE) as work:
        assert user_tasks.variables(work, user_tasks.get(work, task.id)) == {"budget": 5, **OF_ALICE}
        done = user_tasks.complete(work, task.id, {"budget": 999, "salary": 999, "text": "x"})
    assert set(done.dropped) == {"budget", "salary"}
    with working(OTTO) as work:
        assert variables_of(work, instance.id) == {
            "budget": 5,
            "salary": 7,
            "text": "x",
            **OF_ALICE,
        }


def test_an_outcome_has_to_be_one_of_the_buttons(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("review")
    with working(ALICE) as work:
        user_tasks.complete(work, open_tasks(instance.id)[0].id, {})
    (approve,) = open_tasks(instance.id)
    for outcome in (None, "perhaps"):
        with pytest.raises(VariablesRefused) as refusal, working(BOB) as work:
            user_tasks.complete(work, approve.id, {}, outcome=outcome)
        fix = refusal.value.problems[0].fix
        assert fix and str(fix) == "Choose one of: approve (Approve), reject (Reject)."
        assert said(fix, "zh") == "请选择：approve（同意）、reject（退回）。"


def test_a_required_comment_may_not_be_missing(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("review")
    with working(ALICE) as work:
        user_tasks.complete(work, open_tasks(instance.id)[0].id, {})
    (approve,) = open_tasks(instance.id)
    with pytest.raises(VariablesRefused) as refusal, working(BOB) as work:
        user_tasks.complete(work, approve.id, {}, outcome="reject", comment="  ")
    assert refusal.value.problems[0].rule == "comment-required"
    with working(BOB) as work:
        user_tasks.complete(work, approve.id, {}, outcome="reject", comment="Too expensive.")
    assert [task.element for task in open_tasks(instance.id)] == ["write"]


def test_due_date_and_priority_come_from_the_model(working: Working, begin: Begin, open_tasks: OpenTasks, clock: Clock) -> None:
    instance = begin("review")
    with working(ALICE) as work:
        user_tasks.complete(work, open_tasks(instance.id)[0].id, {})
    (approve,) = open_tasks(instance.id)
    assert (approve.priority, approve.due_at) == (80, clock.now + timedelta(days=2))


def test_why_is_it_with_me_has_an_answer(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    (task,) = open_tasks(begin("review").id)
    assert task.facts.why[0].template


def test_a_task_nobody_can_do_goes_to_the_process_administrators(begin: Begin, open_tasks: OpenTasks, working: Working) -> None:
    (task,) = open_tasks(begin("nobody").id)
    assert task.candidates == ["role:process-administrator"]
    with working(OTTO) as work:
        assert user_tasks.claim(work, task.id).assignee == "otto"


def test_a_suspended_process_takes_no_work(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("two-steps", customer="ACME")
    (task,) = open_tasks(instance.id)
    with working(OTTO) as work:
        process_instances.suspend(work, instance.id)
    with pytest.raises(ProcessInstanceSuspended), working(ALICE) as work:
        user_tasks.complete(work, task.id, {})
    with pytest.raises(ProcessInstanceSuspended), working(ALICE) as work:
        user_tasks.claim(work, task.id)
    with working(OTTO) as work:
        process_instances.resume(work, instance.id)
    with working(ALICE) as work:
        user_tasks.complete(work, task.id, {})


def test_a_step_that_cannot_be_done_is_refused_and_leaves_an_incident(
    working: Working, begin: Begin, open_tasks: OpenTasks
) -> None:
    instance = begin("broken")
    (task,) = open_tasks(instance.id)
    for _ in range(2):
        with pytest.raises(StepRefused, match="Ask"), working(ALICE) as work:
            user_tasks.complete(work, task.id, {"answer": 3})
    with working(OTTO) as work:
        from_list = process_instances.get(work, instance.id)
        assert (from_list.has_incidents, from_list.version) == (True, 1)
    with working(ALICE) as work:
        user_tasks.complete(work, task.id, {"answer": 1})
    with working(OTTO) as work:
        assert not process_instances.get(work, instance.id).has_incidents


def test_values_that_are_no_json_are_refused(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    (task,) = open_tasks(begin("two-steps", customer="ACME").id)
    for values in ({"a": object()}, {"": 1}, {"a": "nul\0"}, {"a": "x" * 1_000_001}, {"a": 2**70}):
        with pytest.raises(VariablesRefused), working(ALICE) as work:
            user_tasks.complete(work, task.id, values)


def test_a_unit_of_work_that_has_recorded_a_step_takes_no_second_write(
    working: Working, begin: Begin, open_tasks: OpenTasks
) -> None:
    (task,) = open_tasks(begin("two-steps", customer="ACME").id)
    (other,) = open_tasks(begin("two-steps", customer="ACME").id)
    with working(ALICE) as work:
        user_tasks.complete(work, task.id, {})
        with pytest.raises(RuntimeError, match="another unit of work"):
            user_tasks.claim(work, other.id)


def test_pages_follow_each_other_without_gap_or_repetition(working: Working, begin: Begin, clock: Clock) -> None:
    for number in range(7):
        begin("two-steps", customer=str(number))
        clock.forward(minutes=1)
    seen: list[UUID] = []
    after = None
    with working(ANNA) as work:
        while True:
            page = user_tasks.list_(work, UserTaskFilter(view="claimable"), after=after, limit=3)
            seen += [item.id for item in page.items]
            after = page.next
            if after is None:
                break
    assert len(seen) == len(set(seen)) == 7
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("sort", ["created", "due", "priority"])
def test_every_order_can_be_paged(working: Working, begin: Begin, open_tasks: OpenTasks, sort: str) -> None:
    for _ in range(3):
        instance = begin("review")
        with working(ALICE) as work:
            user_tasks.complete(work, open_tasks(instance.id)[0].id, {})
    begin("two-steps", customer="ACME")
    seen = []
    after = None
    with working(OTTO) as work:
        for _ in range(4):
            page = user_tasks.list_(work, UserTaskFilter(sort=sort), after=after, limit=1)  # type: ignore[arg-type]
            seen += [item.id for item in page.items]
            after = page.next
    assert len(set(seen)) == 4 and after is None


@pytest.mark.parametrize("after", ["", "x", "W10", "WyJ4Il0", "eyJ4IjoxfQ", "W251bGxd"])
def test_a_cursor_that_is_none_is_refused(working: Working, after: str) -> None:
    with pytest.raises(Invalid), working(ANNA) as work:
        user_tasks.list_(work, UserTaskFilter(), after=after)


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_page_has_a_size(working: Working, limit: int) -> None:
    with pytest.raises(Invalid), working(ANNA) as work:
        user_tasks.list_(work, UserTaskFilter(), limit=limit)


def test_lists_are_filtered(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    review, steps = begin("review"), begin("two-steps", customer="50%_off")

    def found(**filter: object) -> set[UUID]:
        with working(OTTO) as work:
            return {item.process_instance_id for item in user_tasks.list_(work, UserTaskFilter(**filter)).items}  # type: ignore[arg-type]

    assert found(key="review") == {review.id}
    assert found(assignee="alice") == {review.id}
    assert found(candidate_group="role:staff") == {steps.id}
    assert found(text="%_") == {steps.id}
    assert found(text="step") == {steps.id}
    assert found(text="' or 1=1 --") == set()
    assert found(process_instance_id=steps.id) == {steps.id}
    assert found(status="completed") == set()


def test_counts_tell_what_waits(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    begin("review")
    instance = begin("two-steps", customer="ACME")
    with working(ALICE) as work:
        assert user_tasks.counts(work) == Counts(mine=1, claimable=1, done=0)
    with working(ALICE) as work:
        user_tasks.complete(work, open_tasks(instance.id)[0].id, {})
    with working(ALICE) as work:
        assert user_tasks.counts(work) == Counts(mine=2, claimable=0, done=1)


def test_nothing_waits_for_who_has_not_the_right_to_work(working: Working, begin: Begin) -> None:
    begin("review")
    with working(replace(ALICE, rights=frozenset({"start"}))) as work:
        assert user_tasks.counts(work) == Counts(mine=0, claimable=0, done=0)


def test_an_ended_process_is_not_cancelled_again(working: Working, begin: Begin) -> None:
    instance = begin("two-steps", customer="ACME")
    with working(ALICE) as work:
        process_instances.cancel(work, instance.id, "Mistake.")
    with pytest.raises(ProcessInstanceEnded), working(ALICE) as work:
        process_instances.cancel(work, instance.id, "Mistake.")
