"""The clock of the database is a day ahead for a while and set right again: what was written meanwhile waits for no tomorrow.

Every column that holds a moment stands in one of three lists here: what it holds up has to go on at once; it says what a model or
a person has meant; or it only tells when something was.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from engine import jobs, process_instances, timers
from engine.facts.actor import SYSTEM
from engine.facts.pauses import FURTHEST
from engine.facts.sentences import Sentence
from engine.store import event_starts, outbox
from engine.store import timers as stored_timers
from engine.store.columns import Moment
from engine.store.columns import metadata as engine_metadata
from service.app import application
from service.background import bring_back, deliver_messages, fire_due_timers, run_jobs
from service.identity import authentication, tokens
from service.identity.hashing import kept
from service.identity.refusals import SignInRefused
from service.identity.sign_in import FREE_PER_ACCOUNT_AND_NETWORK, sign_in
from service.parts import Parts
from service.store import (
    api_tokens,
    background_ticks,
    mails,
    notifications,
    organisation,
    sessions,
    webhook_deliveries,
    webhook_endpoints,
)
from service.store.notifications import Notification
from service.store.schema import metadata as service_metadata
from service.store.webhook_deliveries import WebhookDelivery
from service.store.webhook_endpoints import WebhookEndpoint
from service.webhooks.rates import Rates
from tests.background.conftest import Clock, Recorder

IDLE, LASTS = timedelta(hours=2), timedelta(hours=12)


@dataclass(frozen=True)
class Around:
    """What a case needs."""

    parts: Parts
    clock: Clock
    start: Callable[[str], uuid.UUID]
    connector: Recorder


#: Is it going on, now that the clock is right?
GoesOn = Callable[[], bool]


def a_new_job(around: Around) -> GoesOn:
    around.start("job")
    return lambda: finished(around)


def a_job_whose_worker_has_vanished(around: Around) -> GoesOn:
    around.start("job")
    with around.parts.begin(SYSTEM) as work:
        jobs.take_due(work, "vanished", names=["http"], limit=9, lease=timedelta(seconds=60))

    def later() -> bool:
        around.clock.move(seconds=61)
        return finished(around)

    return later


def a_job_that_failed(around: Around) -> GoesOn:
    around.start("job")
    with around.parts.begin(SYSTEM) as work:
        (job,) = jobs.take_due(work, "failing", names=["http"], limit=9, lease=timedelta(seconds=60))
        jobs.fail(work, job.id, Sentence("It is away."), retry_in=timedelta(days=365))
    return lambda: finished(around)


def finished(around: Around) -> bool:
    work = run_jobs.Jobs(1)
    work.run_once(around.parts)
    work.finish()
    return len(around.connector.calls) == 1


def a_thrown_message(around: Around) -> GoesOn:
    around.start("sender")
    return lambda: deliver_messages.run_once(around.parts) > 0


def a_claimed_timer(around: Around) -> GoesOn:
    around.clock.move(days=-1)
    around.start("timer")
    around.clock.move(days=1)
    with around.parts.begin(SYSTEM) as work:
        assert len(timers.take_due(work, limit=9)) == 1

    def fires() -> bool:
        around.clock.move(hours=1)
        return fire_due_timers.run_once(around.parts) == 1

    return fires


def a_mail(around: Around) -> GoesOn:
    with around.parts.begin(SYSTEM) as work:
        somebody(around)
        told = Notification(uuid.uuid4(), "alice", None, "Hello", "", work.now)
        notifications.add(work, [told], is_mailed=True)

    def is_due() -> bool:
        with around.parts.begin(SYSTEM) as work:
            return len(mails.take_due(work, limit=9, lease=timedelta(minutes=1))) == 1

    return is_due


def somebody(around: Around) -> None:
    values = {"id": "alice", "name": "Alice", "name_en": "", "rights": ["work"], "language": "", "is_active": True}
    with around.parts.begin(SYSTEM) as work:
        organisation.insert_row(work, "person", values)
        organisation.move_version(work)


def a_blocked_account(around: Around) -> GoesOn:
    somebody(around)
    for _ in range(FREE_PER_ACCOUNT_AND_NETWORK + 3):
        refused(around)
        around.clock.move(minutes=1)

    return lambda: refused(around) is SignInRefused


def refused(around: Around) -> type[Exception]:
    try:
        sign_in(around.parts.database, around.parts.organisations, "alice", "wrong", address="192.0.2.1", lasts=LASTS)
    except Exception as refusal:
        return type(refusal)
    raise AssertionError


def session(around: Around) -> bytes:
    with around.parts.begin(SYSTEM) as work:
        id = kept("secret")
        sessions.add(work, id, "alice", address="", expires_at=work.now + LASTS)
    return id


def signed_in(around: Around) -> bool:
    found = authentication.by_session(around.parts.database, around.parts.organisations, "secret", IDLE)
    return found is not None


def a_session_begun_ahead(around: Around) -> GoesOn:
    """It would last a day longer than a session may."""
    somebody(around)
    session(around)
    assert signed_in(around)
    return lambda: not signed_in(around)


def a_session_seen_ahead(around: Around) -> GoesOn:
    """It is idle when it is, not a day later."""
    somebody(around)
    around.clock.move(days=-1)
    id = session(around)
    around.clock.move(days=1)
    with around.parts.begin(SYSTEM) as work:
        sessions.seen(work, id)

    def ends_when_idle() -> bool:
        is_known = signed_in(around)
        around.clock.move(hours=2, seconds=1)
        return is_known and not signed_in(around)

    return ends_when_idle


def a_token_used_ahead(around: Around) -> GoesOn:
    somebody(around)
    around.clock.move(days=-1)
    owner = around.parts.organisation.find_actor("alice")
    assert owner is not None
    with around.parts.begin(SYSTEM) as work:
        made, clear = tokens.create(work, owner, "CRM", ("work",), timedelta(days=9))
    around.clock.move(days=1)
    used = [authentication.by_token(around.parts.database, around.parts.organisations, clear)]

    def tells_when_it_was_used() -> bool:
        used.append(authentication.by_token(around.parts.database, around.parts.organisations, clear))
        with around.parts.begin(SYSTEM) as work:
            (found,) = api_tokens.of(work, "alice")
        return None not in used and found.id == made.id and found.last_used_at == around.clock.now

    return tells_when_it_was_used


def a_full_minute_of_deliveries(around: Around) -> GoesOn:
    endpoint = WebhookEndpoint(
        *(uuid.uuid4(), "crm", "github", "start", "job", "", "", "", "", None, True, around.clock.now, "system", b"")
    )
    with around.parts.begin(SYSTEM) as work:
        webhook_endpoints.add(work, endpoint)
        for number in range(3):
            delivery = WebhookDelivery(uuid.uuid4(), endpoint.id, str(number), work.now, "accepted", {}, {}, b"")
            webhook_deliveries.add(work, delivery)

    def takes_more() -> bool:
        with around.parts.begin(SYSTEM) as work:
            return not Rates().is_exceeded(work, endpoint.id, 3)

    return takes_more


def many_starts_by_events(around: Around) -> GoesOn:
    with around.parts.begin(SYSTEM) as work:
        for _ in range(3):
            event_starts.add(work, uuid.uuid4(), "job", 0, at=work.now)

    def may_start() -> bool:
        with around.parts.begin(SYSTEM) as work:
            return event_starts.count(work, "job", since=work.now - timedelta(hours=1), until=work.now, most=9) == 0

    return may_start


def a_tick_of_a_worker_that_has_died(around: Around) -> GoesOn:
    with around.parts.begin(SYSTEM) as work:
        for loop in background_ticks.WATCHED:
            background_ticks.tick(work, loop)
    app: Flask = application(replace(around.parts, settings=replace(around.parts.settings, tick_late_seconds=60)))
    assert app.test_client().get("/readyz").status_code == 200
    return lambda: app.test_client().get("/readyz").status_code == 503


#: What a moment holds up, or lets pass, until it comes.
CASES: Mapping[str, tuple[Callable[[Around], GoesOn], ...]] = {
    "job.due_at": (a_new_job, a_job_that_failed),
    "job.lease_until": (a_job_whose_worker_has_vanished,),
    "outbox.due_at": (a_thrown_message,),
    "timer.claimed_until": (a_claimed_timer,),
    "notification.mail_due_at": (a_mail,),
    "sign_in_attempt.blocked_until": (a_blocked_account,),
    "session.created_at": (a_session_begun_ahead,),
    "session.expires_at": (a_session_begun_ahead,),
    "session.seen_at": (a_session_seen_ahead,),
    "api_token.last_used_at": (a_token_used_ahead,),
    "webhook_delivery.received_at": (a_full_minute_of_deliveries,),
    "event_start.started_at": (many_starts_by_events,),
    "background_tick.ticked_at": (a_tick_of_a_worker_that_has_died,),
}
#: What a model or a person has said: nobody can know that another moment was meant.
MEANT = {"timer.due_at", "timer.since", "user_task.due_at", "message.expires_at", "api_token.expires_at"}
#: When something was: shown, put in order, and forgotten after a while.
TOLD = {
    *("attachment.added_at", "api_token.created_at", "deployment.deployed_at", "history.at", "idempotency_key.created_at"),
    *("process_definition.deployed_at", "decision_definition.deployed_at", "form_definition.deployed_at"),
    *("inbound_event.at", "incident.created_at", "incident.last_at", "incident.resolved_at", "job.created_at"),
    *("message.created_at", "notification.created_at", "notification.read_at", "outbox.created_at", "outbox.done_at"),
    *("process_instance.started_at", "process_instance.ended_at", "sign_in_attempt.failed_at", "subscription.created_at"),
    *(
        "user_task.created_at",
        "user_task.completed_at",
        "paused_process.since",
        "webhook_endpoint.created_at",
        "webhook_endpoint.refused_at",
    ),
    *("secret.set_at", "anchor.at"),
}


def test_every_moment_is_known_for_what_it_does() -> None:
    tables = (*engine_metadata.sorted_tables, *service_metadata.sorted_tables)
    found = [f"{table.name}.{each.name}" for table in tables for each in table.c if isinstance(each.type, Moment)]
    assert sorted(found) == sorted([*CASES, *MEANT, *TOLD])


EACH: list[Any] = [pytest.param(case, id=f"{name} {case.__name__}") for name, cases in CASES.items() for case in cases]


@pytest.mark.parametrize("case", EACH)
def test_nothing_waits_for_a_day_that_was_no_day(
    parts: Parts, clock: Clock, start: Callable[[str], uuid.UUID], connector: Recorder, case: Callable[[Around], GoesOn]
) -> None:
    clock.move(days=1)
    goes_on = case(Around(parts, clock, start, connector))
    clock.move(days=-1)
    bring_back.run_once(parts)
    assert bring_back.run_once(parts) == 0
    assert goes_on()


def test_who_works_on_a_job_keeps_it(parts: Parts, clock: Clock, start: Callable[[str], uuid.UUID]) -> None:
    clock.move(days=1)
    start("job")
    with parts.begin(SYSTEM) as work:
        (job,) = jobs.take_due(work, "at work", names=["http"], limit=9, lease=timedelta(seconds=60))
    clock.move(days=-1)
    assert bring_back.run_once(parts) == 1
    with parts.begin(SYSTEM) as work:
        assert jobs.take_due(work, "another", names=["http"], limit=9, lease=timedelta(seconds=60)) == ()
        instance = jobs.complete(work, job.id, {})
    with parts.begin(SYSTEM) as work:
        assert process_instances.get(work, instance.id).is_ended


def test_what_waits_as_long_as_it_may_is_left_alone(parts: Parts, clock: Clock, start: Callable[[str], uuid.UUID]) -> None:
    for kind in ("job", "sender", "timer"):
        start(kind)
    clock.move(hours=1)
    with parts.begin(SYSTEM) as work:
        (job,) = jobs.take_due(work, "failing", names=["http"], limit=9, lease=timedelta(seconds=60))
        jobs.fail(work, job.id, Sentence("It is away."), retry_in=timedelta(days=365))
        thrown = outbox.take(work)
        assert thrown is not None
        outbox.postpone(work, thrown.id, work.now + FURTHEST)
        (timer,) = timers.take_due(work, limit=9)
        stored_timers.put_off(work, timer, work.now + FURTHEST)
    assert bring_back.run_once(parts) == 0
    assert fire_due_timers.run_once(parts) == 0
