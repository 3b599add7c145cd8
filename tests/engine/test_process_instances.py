"""Running processes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import process_instances
from engine.facts.errors import Invalid, NotAllowed, NotFound, ProcessInstanceEnded, ProcessInstanceSuspended, StepRefused
from engine.people import attachments, user_tasks
from engine.process_instances import ProcessInstanceFilter
from tests.engine.company import ALICE, ANNA, BOB, MALLORY, OF_ALICE, OTTO
from tests.engine.conftest import Begin, OpenTasks, Working
from tests.engine.reading import tokens_of, variables_of

Deploy = Callable[..., Any]


def test_an_instance_starts_with_its_title_and_its_initiator(working: Working, begin: Begin) -> None:
    begun = begin("two-steps", customer="ACME")
    with working(ALICE) as work:
        assert process_instances.get(work, begun.id) == begun
    assert (begun.title, begun.status, begun.version) == ("Case of ACME", "running", 1)
    assert (begun.initiator, begun.initiator_department) == ("alice", "sales")


def test_an_unknown_process_is_not_found(working: Working) -> None:
    with pytest.raises(NotFound), working(ALICE) as work:
        process_instances.start(work, "nothing", {})


def test_starting_needs_the_right_and_a_starters_group(working: Working, deploy: Deploy) -> None:
    deploy("guarded.bpmn")
    for person in (MALLORY, ALICE):
        with pytest.raises(NotAllowed), working(person) as work:
            process_instances.start(work, "guarded", {})
    with working(BOB) as work:
        assert process_instances.start(work, "guarded", {}).status == "running"


def test_a_process_whose_first_step_fails_does_not_start(working: Working, deploy: Deploy) -> None:
    deploy("alarmed.bpmn")
    with pytest.raises(StepRefused, match="does not start by itself"), working(ALICE) as work:
        process_instances.start(work, "alarmed", {})
    with working(OTTO) as work:
        assert process_instances.list_(work, ProcessInstanceFilter()).items == ()


def test_an_older_version_can_still_be_started(working: Working, deploy: Deploy, begin: Begin) -> None:
    first = begin("two-steps", customer="ACME")
    with working(ALICE) as work:
        again = process_instances.start(work, "two-steps", {}, version=1)
    assert again.definition_id == first.definition_id
    with pytest.raises(NotFound), working(ALICE) as work:
        process_instances.start(work, "two-steps", {}, version=2)


def test_a_business_key_finds_the_instance(working: Working, begin: Begin) -> None:
    begin("two-steps", customer="ACME")
    with working(ALICE) as work:
        known = process_instances.start(work, "two-steps", {}, business_key="2026-001")
    with working(ALICE) as work:
        found = process_instances.list_(work, ProcessInstanceFilter(business_key="2026-001"))
    assert [item.id for item in found.items] == [known.id]


def test_who_takes_no_part_does_not_see_the_instance(working: Working, begin: Begin) -> None:
    instance = begin("review")
    for act in (process_instances.get, process_instances.get_with_state, process_instances.hold):
        with pytest.raises(NotFound), working(ANNA) as work:
            act(work, instance.id)
    with working(ANNA) as work:
        assert process_instances.list_(work, ProcessInstanceFilter()).items == ()


def test_who_has_or_had_a_task_sees_the_instance(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("two-steps", customer="ACME")
    with working(ANNA) as work:
        assert process_instances.get(work, instance.id).id == instance.id
    with working(ANNA) as work:
        user_tasks.complete(work, open_tasks(instance.id)[0].id, {})
    with working(ANNA) as work:
        user_tasks.complete(work, open_tasks(instance.id)[0].id, {})
    with working(ANNA) as work:
        assert [item.id for item in process_instances.list_(work, ProcessInstanceFilter()).items] == [instance.id]


def test_cancelling_closes_everything_open(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("reminder")
    with working(ALICE) as work:
        ended = process_instances.cancel(work, instance.id, "Ordered twice.")
    assert (ended.status, ended.outcome) == ("ended", "cancelled")
    assert open_tasks(instance.id) == []
    with working(ALICE) as work:
        last = process_instances.history(work, instance)[-1]
    assert (last.verb, last.actor, last.events[-1]) == ("cancel", "alice", {"type": "Explained", "why": "Ordered twice."})


def test_cancelling_needs_a_reason(working: Working, begin: Begin) -> None:
    instance = begin("review")
    with pytest.raises(Invalid), working(ALICE) as work:
        process_instances.cancel(work, instance.id, " ")


def test_only_who_started_or_operates_may_cancel(working: Working, begin: Begin) -> None:
    instance = begin("two-steps", customer="ACME")
    with pytest.raises(NotAllowed), working(ANNA) as work:
        process_instances.cancel(work, instance.id, "No.")
    with working(OTTO) as work:
        assert process_instances.cancel(work, instance.id, "No.").status == "ended"


def test_only_who_operates_may_suspend_and_change(working: Working, begin: Begin) -> None:
    instance = begin("two-steps", customer="ACME")
    with pytest.raises(NotAllowed), working(ALICE) as work:
        process_instances.suspend(work, instance.id)
    with pytest.raises(NotAllowed), working(ALICE) as work:
        process_instances.set_variables(work, instance.id, {"customer": "Other"})
    with pytest.raises(NotAllowed), working(ALICE) as work:
        variables_of(work, instance.id)


def test_a_suspended_instance_can_be_cancelled_but_not_changed(working: Working, begin: Begin) -> None:
    instance = begin("two-steps", customer="ACME")
    with working(OTTO) as work:
        assert process_instances.suspend(work, instance.id).status == "suspended"
    with working(OTTO) as work:
        assert process_instances.suspend(work, instance.id).version == 2
    with pytest.raises(ProcessInstanceSuspended), working(OTTO) as work:
        process_instances.set_variables(work, instance.id, {"customer": "Other"})
    with working(OTTO) as work:
        assert process_instances.cancel(work, instance.id, "No.").status == "ended"
    with pytest.raises(ProcessInstanceEnded), working(OTTO) as work:
        process_instances.resume(work, instance.id)


def test_changed_variables_change_the_title(working: Working, begin: Begin) -> None:
    instance = begin("two-steps", customer="ACME")
    with working(OTTO) as work:
        assert process_instances.set_variables(work, instance.id, {"customer": "Other"}).title == "Case of Other"
    with working(OTTO) as work:
        assert variables_of(work, instance.id) == {
            "customer": "Other",
            **OF_ALICE,
        }


def test_tokens_say_where_it_is(working: Working, begin: Begin) -> None:
    instance = begin("two-steps", customer="ACME")
    with working(ALICE) as work:
        assert [token.element for token in tokens_of(work, instance.id)] == ["first"]


def test_the_history_has_one_row_for_each_version(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("two-steps", customer="ACME")
    (task,) = open_tasks(instance.id)
    for act in (user_tasks.claim, user_tasks.unclaim):
        with working(ALICE) as work:
            act(work, task.id)
    with working(ALICE) as work:
        user_tasks.complete(work, task.id, {"n": 1})
    with working(ALICE) as work:
        rows = process_instances.history(work, instance)
        assert process_instances.get(work, instance.id).version == len(rows) == 4
        assert process_instances.history(work, instance, after=3) == rows[3:]
    assert [row.verb for row in rows] == ["start", "claim", "unclaim", "complete"]
    assert {"type": "VariablesChanged", "token": task.token, "element": "first", "values": {"n": 1}} in rows[3].events


def test_the_record_tells_who_did_what_and_who_is_waited_for(
    working: Working, begin: Begin, open_tasks: OpenTasks, clock: Any
) -> None:
    instance = begin("review")
    clock.forward(hours=1)
    with working(ALICE) as work:
        user_tasks.complete(work, open_tasks(instance.id)[0].id, {})
    clock.forward(hours=2)
    with working(BOB) as work:
        user_tasks.complete(work, open_tasks(instance.id)[0].id, {}, outcome="reject", comment="Too expensive.")
    with working(ALICE) as work:
        user_tasks.assign(work, open_tasks(instance.id)[0].id, "anna")
    clock.forward(minutes=5)
    with working(ANNA) as work:
        entries = process_instances.record(work, instance).entries
    told = [(entry.action, entry.person, entry.name, entry.outcome_name, entry.comment) for entry in entries]
    assert told == [
        ("started", "alice", "", "", None),
        ("completed", "alice", "Write", "", None),
        ("completed", "bob", "Approve", "退回", "Too expensive."),
        ("assigned", "alice", "Write", "", "anna"),
        ("waiting", "anna", "Write", "", None),
    ]
    assert [str(entry.spent) for entry in entries if entry.spent] == ["1:00:00", "2:00:00", "0:05:00"]


def test_what_happened_at_the_same_moment_stands_in_the_record_in_the_order_of_versions(
    working: Working, begin: Begin, open_tasks: OpenTasks
) -> None:
    """The clock stands still throughout."""
    instance = begin("review")
    for person, outcome in ((ALICE, None), (BOB, "reject"), (ALICE, None), (BOB, "reject")):
        with working(person) as work:
            user_tasks.complete(work, open_tasks(instance.id)[0].id, {}, outcome=outcome, comment="Again.")
    with working(ALICE) as work:
        entries = process_instances.record(work, instance).entries
    names = ["", "Write", "Approve", "Write", "Approve", "Write"]
    assert [(entry.version, entry.name) for entry in entries] == [*enumerate(names[:-1], 1), (5, names[-1])]


def test_the_record_names_the_files_of_each_step(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("review")
    (task,) = open_tasks(instance.id)
    with working(ALICE) as work:
        added = attachments.add(work, "plan.pdf", "application/pdf", b"%PDF", user_task_id=task.id)
    with working(ALICE) as work:
        user_tasks.complete(work, task.id, {})
    with working(BOB) as work:
        entries = process_instances.record(work, instance).entries
    assert [entry.attachments for entry in entries] == [(), (added,), ()]


def test_a_called_process_runs_in_the_same_instance(working: Working, deploy: Deploy, open_tasks: OpenTasks) -> None:
    deploy("two-steps.bpmn", "caller.bpmn")
    with working(ALICE) as work:
        instance = process_instances.start(work, "caller", {"customer": "ACME"})
    for _ in range(2):
        (task,) = open_tasks(instance.id)
        with working(ALICE) as work:
            user_tasks.complete(work, task.id, {})
    with working(ALICE) as work:
        assert process_instances.get(work, instance.id).status == "ended"


def test_instances_are_listed_newest_first_a_page_at_a_time(working: Working, begin: Begin, clock: Any) -> None:
    begun = []
    for number in range(5):
        begun.append(begin("two-steps", customer=str(number)).id)
        clock.forward(seconds=1)
    with working(ALICE) as work:
        first = process_instances.list_(work, ProcessInstanceFilter(is_open=True), limit=3)
        second = process_instances.list_(work, ProcessInstanceFilter(is_open=True), after=first.next, limit=3)
    assert [item.id for item in (*first.items, *second.items)] == begun[::-1]
    assert second.next is None


def test_instances_are_filtered(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    broken, review = begin("broken"), begin("review")
    with pytest.raises(StepRefused), working(ALICE) as work:
        user_tasks.complete(work, open_tasks(broken.id)[0].id, {"answer": 3})

    def found(**filter: Any) -> set[Any]:
        with working(OTTO) as work:
            return {item.id for item in process_instances.list_(work, ProcessInstanceFilter(**filter)).items}

    assert found(with_incidents=True) == {broken.id}
    assert found(key="review") == {review.id}
    assert found(status="ended") == set()
    assert found(initiator="alice") == {broken.id, review.id}
    assert found(text="BROKEN") == {broken.id}
    assert found(text="%") == set()


def test_nobody_starts_a_process_in_the_name_of_somebody_else(working: Working, begin: Begin) -> None:
    instance = begin("two-steps", customer="ACME", initiator="boss")
    with working(OTTO) as work:
        assert variables_of(work, instance.id) == {
            "customer": "ACME",
            **OF_ALICE,
        }
