"""What differs between databases, once more on PostgreSQL: parallel writers, transactions that hold more than a step."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from service.app import application, assemble
from tests.api.conftest import As, codes, fill, settings_for
from tests.api.test_webhooks import CRM, body, deliver


@pytest.fixture
def app(postgres_url: str) -> Iterator[Flask]:
    parts = assemble(settings_for(postgres_url))
    fill(parts)
    yield application(parts)
    parts.close()


def test_a_process_runs_from_start_to_end(leave: str, approval: str, alice: As, bob: As) -> None:
    assert bob.post(f"/user-tasks/{approval}/complete", {"outcome": "approve"}).json["status"] == "running"
    assert codes(bob.post(f"/user-tasks/{approval}/complete", {"outcome": "approve"})) == (409, "user_task_already_completed")
    (task,) = alice.get("/user-tasks", processInstanceId=leave).json["items"]
    assert alice.post(f"/user-tasks/{task['id']}/complete").json["status"] == "ended"


def test_of_many_who_complete_a_task_at_once_one_wins(app: Flask, approval: str) -> None:
    def complete(_: int) -> int:
        bob = As(app.test_client(use_cookies=False), "lz_bob")
        return bob.post(f"/user-tasks/{approval}/complete", {"outcome": "approve"}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(complete, range(8))) == [200] + [409] * 7


def test_a_key_sent_twice_at_once_has_one_effect(app: Flask, alice: As) -> None:
    def start(_: int) -> int:
        who = As(app.test_client(use_cookies=False), "lz_alice")
        answer = who.post(
            "/process-definitions/leave/start", {"variables": {"employee": "A"}}, headers={"Idempotency-Key": "k-1"}
        )
        return answer.status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = set(pool.map(start, range(4)))
    assert statuses <= {201, 409}
    assert 201 in statuses
    assert len(alice.get("/process-instances").json["items"]) == 1


def test_an_event_delivered_at_once_has_one_effect_and_one_answer(app: Flask, adam: As, alice: As) -> None:
    assert adam.post("/webhook-endpoints", CRM).status_code == 201
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: deliver(app, body(), event="e-1"), range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({str(answer.json) for answer in answers}) == 1
    assert len(alice.get("/process-instances").json["items"]) == 1


def test_a_message_with_an_idempotency_key_is_answered_alike(oscar: As) -> None:
    sent = {"name": "letter", "variables": {"number": "N-1"}}
    first = oscar.post("/messages", sent, headers={"Idempotency-Key": "k"})
    assert first.status_code == 200
    assert oscar.post("/messages", sent, headers={"Idempotency-Key": "k"}).json == first.json
