"""POST /webhooks/NAME and /webhook-endpoints: deliveries from other systems."""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from service.app import application
from service.parts import Parts
from service.webhooks import rates
from service.webhooks.signatures import sign
from tests.api.conftest import As, codes

SECRET = "0123456789abcdef-secret"
CRM = {
    "name": "crm",
    "style": "liuzhuan",
    "secret": SECRET,
    "effect": "start",
    "target": "leave",
    "variables": "{employee: body.person.name}",
    "businessKey": "body.number",
    "actsAs": "alice",
}


def deliver(
    app: Flask, body: Any, *, event: str = "", secret: str = SECRET, headers: Mapping[str, str] | None = None
) -> TestResponse:
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    stamp, event = int(time.time()), event or str(uuid.uuid4())
    signed = {
        "Liuzhuan-Timestamp": str(stamp),
        "Liuzhuan-Event-Id": event,
        "Liuzhuan-Signature": sign(secret, stamp, event, content),
        "Content-Type": "application/json",
    }
    return app.test_client().post("/webhooks/crm", data=content, headers={**signed, **(headers or {})})


def body(name: str = "Eve") -> dict[str, Any]:
    return {"person": {"name": name}, "number": 7}


@pytest.fixture
def endpoint(adam: As) -> str:
    answer = adam.post("/webhook-endpoints", CRM)
    assert answer.status_code == 201, answer.json
    return str(answer.json["id"])


def test_a_delivery_takes_three_units_of_work(app: Flask, parts: Parts, endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The company as it is now; who delivers; what it does."""
    deliver(app, body())
    taken, take = [], parts.database.connections.take

    def counted() -> Any:
        taken.append(take())
        return taken[-1]

    monkeypatch.setattr(parts.database.connections, "take", counted)
    assert deliver(app, body()).status_code == 200
    assert len(taken) == 3


def test_a_delivery_starts_a_process_in_somebodys_name(app: Flask, endpoint: str, alice: As) -> None:
    answer = deliver(app, body())
    assert answer.status_code == 200, answer.json
    assert answer.json is not None
    started = alice.get(f"/process-instances/{answer.json['processInstanceId']}").json
    assert (started["title"], started["businessKey"], started["initiator"]) == ("Leave of Eve", "7", "alice")


def test_an_event_is_applied_once_and_answered_alike(app: Flask, endpoint: str, alice: As) -> None:
    first, again = deliver(app, body(), event="e-1"), deliver(app, body(), event="e-1")
    assert (again.status_code, again.json) == (200, first.json)
    assert len(alice.get("/process-instances").json["items"]) == 1


def test_repeats_at_the_same_moment_have_one_effect(app: Flask, endpoint: str, alice: As) -> None:
    answers: list[TestResponse] = []
    threads = [threading.Thread(target=lambda: answers.append(deliver(app, body(), event="e-1"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {200}
    assert len({str(answer.json) for answer in answers}) == 1
    assert len(alice.get("/process-instances").json["items"]) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Liuzhuan-Signature": ""},
        {"Liuzhuan-Signature": "v1=" + "0" * 64},
        {"Liuzhuan-Timestamp": "1"},
        {"Liuzhuan-Event-Id": "another"},
    ],
)
def test_what_is_not_signed_as_agreed_is_refused_and_counted(
    app: Flask, endpoint: str, adam: As, alice: As, headers: dict[str, str]
) -> None:
    assert codes(deliver(app, body(), headers=headers)) == (403, "signature_refused")
    assert adam.get(f"/webhook-endpoints/{endpoint}").json["refusedCount"] == 1
    assert adam.get(f"/webhook-endpoints/{endpoint}/deliveries").json["items"] == []
    assert alice.get("/process-instances").json["items"] == []


def test_a_secret_that_cannot_be_read_any_more_refuses(app: Flask, endpoint: str, parts: Parts) -> None:
    with parts.database.engine.connect() as connection:
        connection.exec_driver_sql("update webhook_endpoint set secret = x''")
    assert codes(deliver(app, body())) == (403, "signature_refused")
    assert codes(deliver(app, body(), secret="")) == (403, "signature_refused")


def test_a_disabled_endpoint_is_not_there(app: Flask, endpoint: str, adam: As) -> None:
    changed = {name: value for name, value in CRM.items() if name != "secret"} | {"isEnabled": False}
    assert adam.put(f"/webhook-endpoints/{endpoint}", changed).json["isEnabled"] is False
    assert codes(deliver(app, body())) == (404, "not_found")


def test_a_change_without_a_secret_keeps_the_old_one(app: Flask, endpoint: str, adam: As) -> None:
    adam.put(f"/webhook-endpoints/{endpoint}", {name: value for name, value in CRM.items() if name != "secret"})
    assert deliver(app, body()).status_code == 200
    adam.put(f"/webhook-endpoints/{endpoint}", {**CRM, "secret": "another secret of 24 let"})
    assert deliver(app, body()).status_code == 403


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"not json", "application/json"), (b'{"a": 1}', "multipart/form-data; boundary=x"), (b"a=1", "text/plain")],
)
def test_a_delivery_that_is_not_json_is_kept_as_failed(app: Flask, endpoint: str, adam: As, content: bytes, kind: str) -> None:
    assert codes(deliver(app, content, headers={"Content-Type": kind})) == (422, "delivery_not_json")
    (failed,) = adam.get(f"/webhook-endpoints/{endpoint}/deliveries").json["items"]
    assert (failed["status"], failed["body"]) == ("failed", content.decode())


def test_a_failed_delivery_is_replayed_once_the_endpoint_is_repaired(app: Flask, endpoint: str, adam: As, alice: As) -> None:
    adam.put(f"/webhook-endpoints/{endpoint}", {**CRM, "target": "no-such-process"})
    assert codes(deliver(app, body(), event="e-1")) == (404, "not_found")
    (failed,) = adam.get(f"/webhook-endpoints/{endpoint}/deliveries").json["items"]
    assert failed["sentence"]
    adam.put(f"/webhook-endpoints/{endpoint}", CRM)
    replayed = adam.post(f"/webhook-endpoints/{endpoint}/deliveries/{failed['id']}/replay")
    assert replayed.status_code == 200
    assert deliver(app, body(), event="e-1").json == replayed.json
    assert len(alice.get("/process-instances").json["items"]) == 1


def test_an_accepted_delivery_is_not_replayed(app: Flask, endpoint: str, adam: As) -> None:
    deliver(app, body())
    (accepted,) = adam.get(f"/webhook-endpoints/{endpoint}/deliveries").json["items"]
    answer = adam.post(f"/webhook-endpoints/{endpoint}/deliveries/{accepted['id']}/replay")
    assert codes(answer) == (409, "delivery_accepted_already")


def test_too_large_and_too_many_deliveries_are_refused(
    parts: Parts, app: Flask, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "BELIEVED", timedelta(0))
    assert codes(deliver(app, b'"' + b"x" * 1_000_000 + b'"')) == (413, "request_too_large")
    with parts.database.engine.connect() as connection:
        deliver(app, body())
        connection.exec_driver_sql(
            "insert into webhook_delivery (id, endpoint_id, event_id, received_at, status, headers, query, body, sentence)"
            " with recursive n(i) as (select 1 union all select i + 1 from n where i < 600)"
            " select printf('%032x', i), endpoint_id, 'n' || i, received_at, status, headers, query, body, sentence"
            " from webhook_delivery, n"
        )
    answer = deliver(app, body())
    assert codes(answer) == (429, "too_many_deliveries")
    assert answer.headers["Retry-After"] == "60"


def test_deliveries_are_counted_between_two_looks_at_the_table(parts: Parts, endpoint: str) -> None:
    few = application(replace(parts, settings=replace(parts.settings, webhook_rate=3)))
    answers = [deliver(few, body(name)) for name in ("Ann", "Ben", "Cid", "Dot")]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


def test_a_delivery_correlates_a_message(app: Flask, endpoint: str, adam: As, oscar: As) -> None:
    id = oscar.post("/messages", {"name": "letter", "variables": {"number": "N-1"}}).json["processInstanceId"]
    wanted = {**CRM, "effect": "message", "target": "answer", "variables": "", "businessKey": "", "correlationKey": "body.number"}
    assert adam.put(f"/webhook-endpoints/{endpoint}", wanted).status_code == 200
    answer = deliver(app, {"number": "N-1"})
    assert answer.json is not None
    assert answer.json["processInstanceId"] == id
    assert oscar.get(f"/process-instances/{id}").json["status"] == "ended"


def test_github_deliveries_are_recognised(app: Flask, endpoint: str, adam: As, alice: As) -> None:
    adam.put(f"/webhook-endpoints/{endpoint}", {**CRM, "style": "github"})
    content = orjson.dumps(body())
    signature = hmac.new(SECRET.encode(), content, hashlib.sha256).hexdigest()
    headers = {"X-Hub-Signature-256": f"sha256={signature}", "X-GitHub-Delivery": "d-1", "Content-Type": "application/json"}
    for _ in range(2):
        assert app.test_client().post("/webhooks/crm", data=content, headers=headers).status_code == 200
    assert len(alice.get("/process-instances").json["items"]) == 1


def test_the_secret_never_comes_out(app: Flask, endpoint: str, adam: As, parts: Parts) -> None:
    deliver(app, body(), headers={"Authorization": "Bearer hidden-value", "Cookie": "hidden-value"})
    for path in ("", f"/{endpoint}", f"/{endpoint}/deliveries"):
        text = adam.get(f"/webhook-endpoints{path}").get_data(as_text=True)
        assert SECRET not in text
        assert "hidden-value" not in text
    with parts.database.engine.connect() as connection:
        assert SECRET.encode() not in connection.exec_driver_sql("select secret from webhook_endpoint").scalar_one()


def test_what_a_delivery_would_mean_can_be_tried(endpoint: str, adam: As, alice: As) -> None:
    meant = adam.post(f"/webhook-endpoints/{endpoint}/try", {"body": body(), "headers": {"Liuzhuan-Event-Id": "e-1"}}).json
    assert meant == {"variables": {"employee": "Eve"}, "businessKey": "7", "correlationKey": None, "eventId": "e-1"}
    assert alice.get("/process-instances").json["items"] == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"variables": "{employee:"}, "variables"),
        ({"variables": "{employee: uper case(body.name)}"}, "variables"),
        ({"secret": "short"}, "secret"),
        ({"actsAs": "nobody"}, "acts_as"),
    ],
)
def test_a_wrong_endpoint_is_refused(adam: As, changed: dict[str, str], field: str) -> None:
    answer = adam.post("/webhook-endpoints", {**CRM, **changed})
    assert codes(answer) == (422, "endpoint_refused")
    assert answer.json["errors"][0]["where"] == field


def test_a_new_endpoint_needs_a_secret_and_a_name_of_its_own(endpoint: str, adam: As) -> None:
    assert codes(adam.post("/webhook-endpoints", CRM)) == (409, "endpoint_name_taken")
    without = {name: value for name, value in CRM.items() if name != "secret"}
    assert codes(adam.post("/webhook-endpoints", {**without, "name": "other"})) == (422, "request_refused")


def test_an_endpoint_is_deleted_with_its_log(app: Flask, endpoint: str, adam: As) -> None:
    deliver(app, body())
    assert adam.delete(f"/webhook-endpoints/{endpoint}").status_code == 204
    assert codes(adam.get(f"/webhook-endpoints/{endpoint}")) == (404, "not_found")
    assert codes(deliver(app, body())) == (404, "not_found")


def github(app: Flask, content: bytes, delivery_id: str) -> TestResponse:
    signature = hmac.new(SECRET.encode(), content, hashlib.sha256).hexdigest()
    headers = {"X-Hub-Signature-256": f"sha256={signature}", "X-GitHub-Delivery": delivery_id, "Content-Type": "application/json"}
    return app.test_client().post("/webhooks/crm", data=content, headers=headers)


def gitlab(app: Flask, content: bytes, delivery_id: str) -> TestResponse:
    headers = {"X-Gitlab-Token": SECRET, "X-Gitlab-Event-UUID": delivery_id, "Content-Type": "application/json"}
    return app.test_client().post("/webhooks/crm", data=content, headers=headers)


@pytest.mark.parametrize(("style", "send"), [("github", github), ("gitlab", gitlab)])
def test_a_delivery_repeated_under_another_id_is_answered_alike_and_has_no_effect(
    style: str, send: Any, app: Flask, adam: As, alice: As
) -> None:
    assert adam.post("/webhook-endpoints", {**CRM, "style": style}).status_code == 201
    first, again = send(app, orjson.dumps(body()), "1"), send(app, orjson.dumps(body()), "2")
    assert (first.status_code, again.json) == (200, first.json)
    assert send(app, orjson.dumps(body("Carl")), "3").json != first.json
    assert len(alice.get("/process-instances").json["items"]) == 2


def test_stripes_signature_is_known_again_whatever_is_added_to_it(app: Flask, adam: As, alice: As) -> None:
    assert adam.post("/webhook-endpoints", {**CRM, "style": "stripe"}).status_code == 201
    stamp, content = int(time.time()), orjson.dumps(body())
    signature = hmac.new(SECRET.encode(), f"{stamp}.".encode() + content, hashlib.sha256).hexdigest()
    answers = [
        app.test_client().post(
            "/webhooks/crm", data=content, headers={"Stripe-Signature": header}, content_type="application/json"
        )
        for header in (f"t={stamp},v1={signature}", f"t={stamp},v1={signature},v1=other", f"t=0{stamp},v1={signature}")
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({str(answer.json) for answer in answers}) == 1
    assert len(alice.get("/process-instances").json["items"]) == 1


def test_expressions_may_begin_with_an_equals_sign(app: Flask, adam: As, alice: As) -> None:
    wanted = {**CRM, "variables": "= {employee: body.person.name}", "businessKey": "=body.number"}
    created = adam.post("/webhook-endpoints", wanted).json
    assert (created["variables"], created["businessKey"]) == ("{employee: body.person.name}", "body.number")
    answer = deliver(app, body())
    assert answer.status_code == 200, answer.json


@pytest.mark.parametrize("column", ["variables", "businessKey", "correlationKey", "eventId"])
def test_every_expression_is_compiled_at_creation(column: str, adam: As) -> None:
    answer = adam.post("/webhook-endpoints", {**CRM, column: "{a: "})
    assert codes(answer) == (422, "endpoint_refused")
    (problem,) = answer.json["errors"]
    assert problem["where"].replace("_", "") == column.lower()


def test_a_delivery_that_starts_a_process_is_checked_by_its_start_form(app: Flask, adam: As, carol: As) -> None:
    claim = {**CRM, "target": "expense", "variables": "{amount: body.sum}", "actsAs": "carol"}
    assert adam.post("/webhook-endpoints", claim).status_code == 201
    answer = deliver(app, {"sum": 5000, "number": 1})
    assert codes(answer) == (422, "variables_refused")
    assert answer.json is not None
    assert [(each["where"], each["rule"]) for each in answer.json["errors"]] == [("amount", "max")]
    assert deliver(app, {"sum": 50, "number": 1}).status_code == 200
    assert len(carol.get("/process-instances").json["items"]) == 1


def test_an_event_id_is_not_cut_to_that_of_another_event(app: Flask, endpoint: str, alice: As) -> None:
    refused = deliver(app, body(), event="e" * 200 + "1")
    assert codes(refused) == (422, "mapping_failed")
    assert "liuzhuan-event-id has more than 200 characters" in refused.get_data(as_text=True)
    assert deliver(app, body(), event="e" * 200).status_code == 200
    assert len(alice.get("/process-instances").json["items"]) == 1


def test_a_delivery_and_its_rehearsal_go_by_the_clock_of_the_company(app: Flask, adam: As, alice: As) -> None:
    assert adam.post("/webhook-endpoints", CRM | {"variables": "{employee: string(now())}"}).status_code == 201
    answer = deliver(app, body()).json
    assert answer is not None
    assert alice.get(f"/process-instances/{answer['processInstanceId']}").json["title"].endswith("+08:00")
