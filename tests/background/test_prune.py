"""What is over is forgotten."""

from __future__ import annotations

from datetime import timedelta

from engine.assignment.directory import Person
from engine.facts.actor import SYSTEM
from engine.messaging import messages
from service.background import prune
from service.identity.company import Company
from service.identity.importing import import_company
from service.identity.organisation import Member
from service.parts import Parts
from service.store import idempotency_keys, sessions, sign_in_attempts
from tests.background.conftest import Clock


def test_only_what_is_over_is_removed(parts: Parts, clock: Clock) -> None:
    people = {"alice": Member(Person("alice", "Alice"))}
    with parts.begin(SYSTEM) as work:
        import_company(work, Company({}, {}, {}, people, {}))
        sessions.add(work, b"1" * 32, "alice", address="", expires_at=work.now + timedelta(hours=12))
        idempotency_keys.reserve(work, b"2" * 32, b"")
        sign_in_attempts.count(work, b"3" * 32)
        sign_in_attempts.remember(work, b"4" * 32)
    assert prune.run_once(parts) == 0
    clock.move(hours=25)
    assert prune.run_once(parts) == 3
    assert prune.run_once(parts) == 0
    clock.move(days=30)
    assert prune.run_once(parts) == 1


def test_a_message_nobody_waited_for_is_forgotten_when_its_time_is_over(parts: Parts, clock: Clock) -> None:
    with parts.begin(SYSTEM) as work:
        assert messages.correlate(work, "letter", correlation_key="N-1", variables={}).result == "buffered"
    assert prune.run_once(parts) == 0
    clock.move(hours=2)
    assert prune.run_once(parts) == 1
