"""Every way an error can leave the API has one shape."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from engine.facts import errors
from engine.facts.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal, Unavailable
from engine.people import user_tasks
from service.api.problem import STATUS, status_of
from tests.api.conftest import As, codes

FORM = "application/x-www-form-urlencoded"
NOWHERE = str(uuid.UUID(int=0))


def leaves(family: type[Refusal]) -> Iterator[type[Refusal]]:
    for leaf in family.__subclasses__():
        yield leaf
        yield from leaves(leaf)


def test_every_refusal_has_a_status_and_a_code_of_its_own() -> None:
    found = list(leaves(Refusal))
    assert len(found) > 20
    for leaf in found:
        assert any(issubclass(leaf, family) for family in STATUS), leaf
    codes_ = [leaf(**_AnyValue()).code for leaf in found]
    assert len(codes_) == len(set(codes_))


class _AnyValue(dict[str, Any]):
    def __init__(self) -> None:
        names = (
            "kind",
            "id",
            "verb",
            "what",
            "why",
            "by",
            "at",
            "name",
            "title",
            "count",
            "seconds",
            "given",
            "needed",
            "version",
        )
        super().__init__({name: "…" for name in (*names, "status", "limit")})


@pytest.mark.parametrize(
    ("family", "status"), [(NotFound, 404), (NotAllowed, 403), (Conflict, 409), (Invalid, 422), (Unavailable, 503)]
)
def test_the_five_families_have_their_status(family: type[Refusal], status: int) -> None:
    assert status_of(family(**_AnyValue())) == status


@pytest.mark.parametrize(
    ("method", "path", "more", "expected"),
    [
        ("POST", "/messages", {"data": "{", "content_type": "application/json"}, (400, "not_json")),
        ("POST", "/messages", {"data": b"\xff", "content_type": "application/json"}, (400, "not_json")),
        ("POST", "/messages", {"data": "[" * 2000, "content_type": "application/json"}, (400, "not_json")),
        ("POST", "/messages", {"data": "[" * 40 + "]" * 40, "content_type": "application/json"}, (413, "request_too_large")),
        ("POST", "/messages", {"data": "x" * 1_000_001, "content_type": "application/json"}, (413, "request_too_large")),
        ("POST", "/messages", {"data": "name=x", "content_type": "text/plain"}, (415, "wrong_content_type")),
        (
            "POST",
            "/messages",
            {"data": "name=x", "content_type": "application/x-www-form-urlencoded"},
            (415, "wrong_content_type"),
        ),
        ("POST", "/deployments", {"json": {"files": {"filename": "/etc/passwd"}}}, (415, "wrong_content_type")),
        ("POST", "/messages", {"json": []}, (422, "request_refused")),
        ("POST", "/messages", {"json": {}}, (422, "request_refused")),
        ("GET", "/user-tasks", {"query_string": "sort=name%3B%20drop%20table"}, (422, "request_refused")),
        ("GET", "/user-tasks", {"query_string": "after=%00%00"}, (422, "invalid")),
        ("GET", "/user-tasks", {"query_string": "limit=1&limit=2"}, (422, "request_refused")),
        ("GET", f"/user-tasks/{NOWHERE}", {}, (404, "not_found")),
        ("GET", "/user-tasks/1", {}, (404, "not_found")),
        ("GET", "/no-such-thing", {}, (404, "not_found")),
        ("PUT", "/user-tasks", {}, (405, "method_not_allowed")),
        ("POST", "/messages", {"json": {"name": "x"}}, (403, "not_allowed")),
    ],
)
def test_each_refusal_has_the_one_shape(
    alice: As, method: str, path: str, more: Mapping[str, Any], expected: tuple[int, str]
) -> None:
    assert codes(alice.request(method, path, **more)) == expected


def test_without_a_token_it_says_how_to_sign_in(anonymous: As) -> None:
    answer = anonymous.get("/user-tasks")
    assert codes(answer) == (401, "not_signed_in")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_method_that_is_not_there_names_those_that_are(alice: As) -> None:
    assert "GET" in alice.request("PUT", "/user-tasks").headers["Allow"]


def test_a_field_is_named_with_rule_and_value(alice: As) -> None:
    answer = alice.get("/user-tasks", limit="many", view="everybodys")
    problems = {each["field"]: each for each in answer.json["errors"]}
    assert (problems["limit"]["rule"], problems["limit"]["value"]) == ("type", "many")
    assert (problems["view"]["rule"], problems["view"]["value"]) == ("choice", "everybodys")


def test_a_fault_of_ours_gives_a_number_and_the_log_the_stack(
    alice: As, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a secret detail")

    monkeypatch.setattr(user_tasks, "list_", broken)
    with caplog.at_level(logging.ERROR):
        answer = alice.get("/user-tasks")
    assert codes(answer) == (500, "internal_error")
    assert "secret" not in answer.get_data(as_text=True)
    (record,) = [record for record in caplog.records if record.name == "service.errors"]
    assert vars(record)["reference"] == answer.json["reference"]
    assert record.exc_info


def test_a_database_that_does_not_answer_is_unavailable(alice: As, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise errors.Unavailable(what="The database")

    monkeypatch.setattr(user_tasks, "list_", unreachable)
    answer = alice.get("/user-tasks")
    assert codes(answer) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0


def test_an_upload_beyond_the_limit_of_the_server_is_refused(app: Flask, dora: As) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 10
    answer = dora.request("POST", "/deployments", data={"files": (b"", "x")}, content_type="multipart/form-data")
    assert answer.status_code == 413


SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize("path", ["/api/v1/user-tasks", "/api/v1/nothing", "/nothing", "/healthz", "/sign-in", "/webhooks/x"])
def test_every_answer_carries_the_security_headers(app: Flask, path: str) -> None:
    answer: TestResponse = app.test_client().get(path)
    assert {name: answer.headers.get(name) for name in SECURITY} == SECURITY
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_an_unknown_address_is_a_page_for_browsers_and_a_problem_for_programs(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/nothing", headers={"Accept": "text/html"}).mimetype == "text/html"
    for path, accept in (("/nothing", "application/json"), ("/api/nothing", "text/html"), ("/webhooks/", "text/html")):
        assert codes(client.get(path, headers={"Accept": accept})) == (404, "not_found")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (None, "There is no user task"),
        ("en-GB,en;q=0.9", "There is no user task"),
        ("zh-CN,zh;q=0.9,en;q=0.5", "没有任务"),
        ("fr", "There is no user task"),
    ],
)
def test_a_refusal_is_said_in_the_language_that_is_asked_for(oscar: As, language: str | None, words: str) -> None:
    headers = {"Accept-Language": language} if language else {}
    answer = oscar.request("GET", f"/user-tasks/{NOWHERE}", headers=headers)
    assert answer.status_code == 404
    assert answer.json["detail"].startswith(words) and NOWHERE in answer.json["detail"]


def test_problems_are_said_in_the_language_that_is_asked_for(dora: As) -> None:
    answer = dora.request("GET", "/process-instances?limit=0&limit=1", headers={"Accept-Language": "zh"})
    assert [(each["sentence"], each["fix"]) for each in answer.json["errors"]] == [("limit 给出了 2 次。", "请只给出一次。")]


@pytest.mark.parametrize(
    ("method", "path", "more"),
    [
        ("POST", "/messages", {"json": {"name": "x", "nonsense": 1}}),
        ("POST", "/messages", {"json": {}}),
        ("POST", "/messages", {"json": []}),
        ("POST", "/messages", {"data": '{"name":"x",}', "content_type": "application/json"}),
        ("POST", "/process-definitions/x/start", {"json": {"version": 0, "variables": 1}}),
        ("POST", f"/user-tasks/{NOWHERE}/assign", {"json": {"person": 1}}),
        ("GET", "/user-tasks?limit=abc&sort=x&createdAfter=y", {}),
        ("POST", "/webhook-endpoints", {"json": {"name": "A B", "style": "x", "effect": None}}),
    ],
)
def test_a_request_that_is_refused_is_refused_in_chinese(dora: As, method: str, path: str, more: Mapping[str, Any]) -> None:
    """No three words of English in a row."""
    answer = dora.request(method, path, headers={"Accept-Language": "zh"}, **more)
    assert answer.status_code in (400, 422)
    for sentence in (answer.json["detail"], *(each["sentence"] for each in answer.json["errors"])):
        assert re.search("[\u4e00-\u9fff]", sentence) and not re.search("[A-Za-z]+ [A-Za-z]+ [A-Za-z]+", sentence)
