"""What is kept for a while only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import process_instances
from engine.facts.actor import SYSTEM
from engine.facts.errors import NotAllowed, NotFound
from engine.messaging import messages
from engine.messaging import thrown as deliveries
from engine.operating import housekeeping
from engine.people import attachments
from tests.engine.company import ALICE
from tests.engine.conftest import Clock, Working


def tidied(working: Working) -> int:
    with working(SYSTEM) as work:
        return sum(housekeeping.tidy(work, kind) for kind in housekeeping.KINDS if kind != "event_starts")


def test_expired_messages_and_old_event_ids_go(working: Working, clock: Clock) -> None:
    with working(SYSTEM) as work:
        messages.correlate(work, "paid", event_id="e1")
    assert tidied(working) == 0
    clock.forward(hours=2)
    assert tidied(working) == 1
    clock.forward(days=31)
    assert tidied(working) == 1


def test_files_of_nothing_go_and_files_of_a_process_stay(working: Working, clock: Clock, deploy: Callable[..., Any]) -> None:
    deploy("review.bpmn")
    with working(ALICE) as work:
        kept, loose = (attachments.add(work, name, "text/plain", b"x") for name in ("kept.txt", "loose.txt"))
    with working(ALICE) as work:
        process_instances.start(work, "review", {}, attachments=[kept.id])
    clock.forward(days=3)
    assert tidied(working) == 1
    with working(ALICE) as work:
        assert attachments.get(work, kept.id)[1] == b"x"
    with pytest.raises(NotFound), working(ALICE) as work:
        attachments.get(work, loose.id)


def test_delivered_messages_go_after_a_week_and_others_stay(working: Working, clock: Clock, deploy: Callable[..., Any]) -> None:
    deploy("order.bpmn")
    for _ in range(2):
        with working(SYSTEM) as work:
            messages.correlate(work, "ordered", variables={"order": "A1"})
    with working(SYSTEM) as work:
        assert deliveries.deliver_next(work)
    clock.forward(hours=2)
    assert tidied(working) == 1
    clock.forward(days=7)
    assert tidied(working) == 1
    with working(SYSTEM) as work:
        assert deliveries.deliver_next(work)


def test_tidying_is_for_who_operates(working: Working) -> None:
    with pytest.raises(NotAllowed), working(ALICE) as work:
        housekeeping.tidy(work, "messages")


def test_starts_by_events_are_remembered_as_long_as_a_chain_may_go_on(
    working: Working, deploy: Callable[..., Any], clock: Clock
) -> None:
    deploy("order.bpmn")
    with working(SYSTEM) as work:
        messages.correlate(work, "ordered", variables={"order": "A1"})
    for forgotten in (0, 1, 0):
        with working(SYSTEM) as work:
            assert housekeeping.tidy(work, "event_starts") == forgotten
        clock.forward(minutes=10)
