"""Moving process instances by hand."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from engine import process_instances
from engine.bpmn import MoveRefused
from engine.facts.errors import Invalid, NotAllowed, NotFound, ProcessInstanceEnded, StepRefused, UserTaskAlreadyClosed
from engine.operating import incidents, moves
from engine.operating.audit import audit
from engine.operating.moves import MoveTarget
from engine.people import user_tasks
from engine.store import Database
from tests.engine.company import ALICE, ANNA, COMPANY, OTTO
from tests.engine.conftest import Begin, OpenTasks, Working

Elements = Callable[[UUID], list[str]]


@pytest.fixture
def elements(open_tasks: OpenTasks) -> Elements:
    return lambda id: [task.element for task in open_tasks(id)]


def test_a_move_closes_tasks_and_opens_others(
    working: Working, begin: Begin, open_tasks: OpenTasks, elements: Elements, database: Database
) -> None:
    instance = begin("forked")
    right = open_tasks(instance.id)[1]
    with working(OTTO) as work:
        moved = moves.move(
            work, instance.id, cancel=["left", right.token], start=[MoveTarget("last")], why="Both were done on paper."
        )
    assert (moved.status, moved.version) == ("running", 2)
    assert elements(instance.id) == ["last"]
    with pytest.raises(UserTaskAlreadyClosed), working(ANNA) as work:
        user_tasks.complete(work, right.id, {})
    assert audit(database, COMPANY) == []


def test_the_history_and_the_record_tell_who_moved_it_and_why(working: Working, begin: Begin) -> None:
    instance = begin("forked")
    with working(OTTO) as work:
        moves.move(work, instance.id, cancel=["left"], start=[MoveTarget("f4", "on")], why=" Left is done. ")
    with working(OTTO) as work:
        last = process_instances.history(work, instance)[-1]
        said = [(each.action, each.person, each.comment) for each in process_instances.record(work, instance).entries]
    assert (last.verb, last.actor, last.element) == ("move", OTTO.id, "f4")
    assert {"type": "Explained", "why": "Left is done."} in last.events
    assert ("moved", OTTO.id, "Left is done.") in said


def test_a_preview_tells_what_goes_stays_and_comes_and_changes_nothing(
    working: Working, begin: Begin, elements: Elements
) -> None:
    instance = begin("forked")
    with working(OTTO) as work:
        found = moves.preview(
            work, moves.movable(work, instance.id), cancel=["left"], start=[MoveTarget("last"), MoveTarget("late", "after")]
        )
    assert [token.element for token in found.going] == ["left"]
    assert [token.element for token in found.staying] == ["right"]
    assert [token.element for token in found.coming] == ["last", "remind"]
    assert found.ends is False
    assert elements(instance.id) == ["left", "right"]
    with working(OTTO) as work:
        assert process_instances.get(work, instance.id).version == 1


def test_a_preview_tells_that_a_sibling_would_wait_at_the_join(working: Working, begin: Begin) -> None:
    instance = begin("forked")
    with working(OTTO) as work:
        found = moves.preview(work, moves.movable(work, instance.id), cancel=["left"], start=[MoveTarget("left", "after")])
    assert [(token.element, token.state) for token in found.coming] == [("join", "joining")]


def test_moving_needs_the_right_to_operate_and_a_reason(working: Working, begin: Begin) -> None:
    instance = begin("forked")
    with pytest.raises(NotAllowed), working(ALICE) as work:
        moves.move(work, instance.id, cancel=["left"], start=[MoveTarget("last")], why="So.")
    with pytest.raises(NotAllowed), working(ALICE) as work:
        moves.preview(work, moves.movable(work, instance.id), cancel=["left"], start=[MoveTarget("last")])
    with pytest.raises(NotFound), working(ANNA) as work:
        moves.move(work, UUID(int=1), cancel=["left"], start=[], why="So.")
    with pytest.raises(Invalid, match="say in a sentence why"), working(OTTO) as work:
        moves.move(work, instance.id, cancel=["left"], start=[MoveTarget("last")], why="  ")


def test_what_the_model_does_not_allow_is_refused_and_is_no_incident(working: Working, begin: Begin, elements: Elements) -> None:
    instance = begin("forked")
    with pytest.raises(MoveRefused, match="join joins several sequence flows"), working(OTTO) as work:
        moves.move(work, instance.id, cancel=["left"], start=[MoveTarget("join")], why="So.")
    with pytest.raises(MoveRefused, match="nothing would be left"), working(OTTO) as work:
        moves.preview(work, moves.movable(work, instance.id), cancel=["left", "right"], start=[])
    assert elements(instance.id) == ["left", "right"]
    with working(OTTO) as work:
        assert incidents.list_(work).items == ()


def test_a_target_that_fails_leaves_everything_as_it_was(working: Working, begin: Begin, elements: Elements) -> None:
    instance = begin("forked")
    with pytest.raises(StepRefused, match="has nowhere to go"), working(OTTO) as work:
        moves.move(work, instance.id, cancel=["left"], start=[MoveTarget("broken")], why="So.")
    with pytest.raises(StepRefused, match="has nowhere to go"), working(OTTO) as work:
        moves.preview(work, moves.movable(work, instance.id), cancel=["left"], start=[MoveTarget("broken")])
    assert elements(instance.id) == ["left", "right"]


def test_what_has_ended_is_not_moved(working: Working, begin: Begin) -> None:
    instance = begin("forked")
    with working(OTTO) as work:
        process_instances.cancel(work, instance.id, "Not needed.")
    with pytest.raises(ProcessInstanceEnded), working(OTTO) as work:
        moves.preview(work, moves.movable(work, instance.id), cancel=["left"], start=[])
    with pytest.raises(ProcessInstanceEnded), working(OTTO) as work:
        moves.move(work, instance.id, cancel=["left"], start=[], why="So.")


def test_a_moved_instance_goes_on_to_its_end(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("two-steps", customer="ACME")
    with working(OTTO) as work:
        moves.move(work, instance.id, cancel=["first"], start=[MoveTarget("second")], why="The first step is not needed.")
    (task,) = open_tasks(instance.id)
    assert task.element == "second"
    with working(OTTO) as work:
        user_tasks.assign(work, task.id, OTTO.id)
    with working(OTTO) as work:
        assert user_tasks.complete(work, task.id, {}).status == "ended"
