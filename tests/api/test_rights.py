"""Every route × everybody, generated from the route table: a route nobody thought of fails here.

Objects belong to others: what mallory asks for is not there, whatever she does with it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.api.conftest import As, codes

#: Routes that strangers may use, and why.
PUBLIC = {
    "POST /api/v1/session": "signing in",
    "POST /webhooks/<name>": "the signature decides",
    "GET /healthz": "the load balancer",
    "GET /readyz": "the load balancer",
    "GET /sign-in": "signing in",
    "POST /sign-in": "signing in",
    "POST /profile/language": "a cookie of their own",
    "POST /profile/theme": "a cookie of their own",
    "GET /icon.svg": "the icon of the browser tab",
    "GET /assets/<name>": "styles and scripts of the sign-in page",
}


def rules(app: Flask) -> Iterator[tuple[str, Rule]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, rule


def test_strangers_are_denied_everything_but_what_is_public(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    for method, rule in rules(app):
        name = f"{method} {rule.rule}"
        if name in PUBLIC:
            continue
        path = re.sub(r"<uuid:[^>]*>", str(uuid.uuid4()), rule.rule)
        answer = client.open(re.sub(r"<[^>]*>", "1", path), method=method)
        signed_out = answer.status_code == 401 or (answer.status_code == 302 and "/sign-in" in answer.headers["Location"])
        assert signed_out, f"{name} answered {answer.status_code}"


def test_what_is_public_exists(app: Flask) -> None:
    assert PUBLIC.keys() <= {f"{method} {rule.rule}" for method, rule in rules(app)}


def test_lists_show_mallory_nothing_of_others(leave: str, approval: str, mallory: As) -> None:
    for status in ("open", "all"):
        assert mallory.get("/user-tasks", status=status).json["items"] == []
        assert mallory.get("/user-tasks", status=status, processInstanceId=leave).json["items"] == []
    assert mallory.get("/process-instances").json["items"] == []


@pytest.mark.parametrize(
    ("method", "path", "body", "allowed"),
    [
        ("POST", "/deployments", None, {"dora", "adam"}),
        ("GET", "/webhook-endpoints", None, {"adam"}),
        ("GET", "/jobs", None, {"oscar", "adam"}),
        ("GET", "/incidents", None, {"oscar", "adam"}),
        ("POST", "/signals", {"name": "nobody-waits"}, {"oscar", "adam"}),
        ("POST", "/messages", {"name": "nobody-waits"}, {"oscar", "adam"}),
        ("POST", "/process-definitions/expense/start", {"variables": {"amount": 1}}, {"carol", "adam"}),
        (
            "POST",
            "/process-definitions/leave/start",
            {"variables": {"employee": "x"}},
            {"alice", "bob", "carol", "oscar", "dora", "adam"},
        ),
    ],
)
def test_a_right_opens_exactly_its_doors(
    program: Callable[[str], As], method: str, path: str, body: Any, allowed: set[str]
) -> None:
    for name in ("alice", "bob", "carol", "oscar", "dora", "adam", "mallory"):
        more: dict[str, Any] = {"json": body} if body is not None else {}
        if path == "/deployments":
            more = {"data": {"files": (BytesIO(b"{}"), "tests/empty.form.json")}, "content_type": "multipart/form-data"}
        answer = program(name).request(method, path, **more)
        assert (answer.status_code not in (403, 404)) == (name in allowed), f"{name}: {answer.status_code} {answer.json}"


def test_an_id_in_the_body_gives_no_right_to_it(approval: str, bob: As, mallory: As, leave: str) -> None:
    assert mallory.post(f"/user-tasks/{approval}/assign", {"person": "mallory"}).status_code == 404
    refused = bob.post(f"/user-tasks/{approval}/assign", {"person": "mallory", "id": str(uuid.uuid4())})
    assert codes(refused) == (422, "request_refused")


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/user-tasks;x",
        "/api/v1/session;.css",
        "/api/v1/../v1/user-tasks",
        "/api/v1//user-tasks",
        "/api/v1/%2e%2e/user-tasks",
        "/API/V1/user-tasks",
        "/api/v1/user-tasks%2f",
        "/healthz/../api/v1/user-tasks",
        "/sign-in/../api/v1/user-tasks",
        "/api/v2/user-tasks",
        "/metrics/",
        "/api/v1/user-tasks/%00",
    ],
)
def test_path_tricks_open_nothing(app: Flask, approval: str, path: str) -> None:
    answer = app.test_client(use_cookies=False).get(path)
    assert answer.status_code in (308, 401, 404, 422), answer.status_code
    assert approval not in answer.get_data(as_text=True)
