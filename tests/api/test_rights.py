"""Every route × everybody, generated from the route table: a route nobody thought of fails here.

Objects belong to others: what mallory asks for is not there, whatever she does with it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from engine.facts.actor import SYSTEM, Right
from engine.facts.ids import new_id
from service.identity.company import RIGHTS
from service.identity.hashing import kept
from service.parts import Parts
from service.store import api_tokens
from service.store.api_tokens import ApiToken
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
#: Routes that everybody who is signed in may use, because they show nothing but one's own and the company's names.
OWN = {
    "GET /session",
    "DELETE /session",
    "GET /user-tasks",
    "GET /process-instances",
    "GET /process-definitions",
    "GET /people",
    "GET /departments",
    "GET /process-definitions/<key>",
    "GET /process-definitions/<key>/versions",
    "GET /process-definitions/<key>/form",
    "GET /process-definitions/<uuid:id>/xml",
}
#: What a valid body of a route looks like, so that it is the right that is refused and not the body.
BODIES: dict[str, Any] = {
    "POST /messages": {"name": "letter"},
    "POST /signals": {"name": "year-end"},
    "POST /tokens": {"name": "mine", "rights": []},
    "POST /user-tasks/<uuid:id>/assign": {"person": "mallory"},
    "POST /user-tasks/<uuid:id>/draft": {"variables": {}},
    "POST /process-instances/<uuid:id>/cancel": {"reason": "because"},
    "POST /process-instances/<uuid:id>/move": {"start": [{"element": "start"}], "reason": "because"},
    "POST /process-instances/<uuid:id>/variables": {"variables": {"salary": 1}},
    "POST /webhook-endpoints": {"name": "crm", "style": "github", "secret": "x" * 20, "effect": "signal", "target": "x"},
    "PUT /webhook-endpoints/<uuid:id>": {"name": "crm", "style": "github", "effect": "signal", "target": "x"},
}


def rules(app: Flask) -> Iterator[tuple[str, Rule]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, rule


def address(rule: str, ids: dict[str, str]) -> str:
    """The rule with real ids of other people's objects, by the noun before them."""
    noun = rule.split("/")[1] if not rule.startswith("/webhooks") else ""
    object_id = ids.get(noun, str(uuid.uuid4()))
    for placeholder, value in (
        ("<uuid:id>", object_id),
        ("<uuid:delivery_id>", str(uuid.uuid4())),
        ("<key>", "leave"),
        ("<name>", "crm"),
    ):
        rule = rule.replace(placeholder, value)
    return rule


def test_strangers_are_denied_everything_but_what_is_public(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    for method, rule in rules(app):
        name = f"{method} {rule.rule}"
        if name in PUBLIC:
            continue
        answer = client.open(re.sub(r"<[^>]*>", "1", address(rule.rule, {})), method=method)
        signed_out = answer.status_code == 401 or (answer.status_code == 302 and "/sign-in" in answer.headers["Location"])
        assert signed_out, f"{name} answered {answer.status_code}"


def test_what_is_public_exists(app: Flask) -> None:
    assert PUBLIC.keys() <= {f"{method} {rule.rule}" for method, rule in rules(app)}


def test_mallory_may_do_nothing_with_what_belongs_to_others(
    app: Flask, leave: str, approval: str, mallory: As, adam: As, parts: Parts
) -> None:
    endpoint = adam.post("/webhook-endpoints", BODIES["POST /webhook-endpoints"]).json["id"]
    ids = {"user-tasks": approval, "process-instances": leave, "webhook-endpoints": endpoint}
    tried = 0
    for method, rule in rules(app):
        path = rule.rule.removeprefix("/api/v1")
        name = f"{method} {path}"
        if path == rule.rule or name in OWN or path == "/session":
            continue
        body = BODIES.get(name, {} if method in ("POST", "PUT") else None)
        query = {"query_string": {"processInstanceId": leave}} if name == "GET /attachments" else {}
        answer = mallory.request(method, address(path, ids), **({} if body is None else {"json": body}), **query)
        assert answer.status_code in (401, 403, 404, 415), f"{name} answered {answer.status_code}: {answer.json}"
        tried += 1
    assert tried > 25


def test_lists_show_mallory_nothing_of_others(leave: str, approval: str, mallory: As) -> None:
    for status in ("open", "all"):
        assert mallory.get("/user-tasks", status=status).json["items"] == []
        assert mallory.get("/user-tasks", status=status, processInstanceId=leave).json["items"] == []
    assert mallory.get("/process-instances").json["items"] == []


#: Which one right is enough for each route, where adam has started the process instance and has its task; None: any.
#: The right to administer is enough for every route; that of tokens is that there is a session.
ENOUGH: dict[str, set[Right] | None] = {
    **dict.fromkeys(OWN - {"DELETE /session"}),
    "GET /user-tasks/<uuid:id>": {"work", "operate"},
    "GET /user-tasks/<uuid:id>/form": {"work", "operate"},
    "GET /user-tasks/<uuid:id>/variables": {"work", "operate"},
    "POST /user-tasks/<uuid:id>/assign": {"work", "operate"},
    "POST /user-tasks/<uuid:id>/claim": {"work"},
    "POST /user-tasks/<uuid:id>/complete": {"work"},
    "POST /user-tasks/<uuid:id>/draft": {"work"},
    "POST /user-tasks/<uuid:id>/unclaim": {"work", "operate"},
    "POST /process-definitions/<key>/start": {"start"},
    "GET /process-instances/<uuid:id>": None,
    "GET /process-instances/<uuid:id>/decisions": {"operate"},
    "GET /process-instances/<uuid:id>/history": None,
    "GET /process-instances/<uuid:id>/record": None,
    "GET /process-instances/<uuid:id>/tokens": None,
    "GET /process-instances/<uuid:id>/variables": {"operate"},
    "POST /process-instances/<uuid:id>/cancel": None,
    "POST /process-instances/<uuid:id>/move": {"operate"},
    "POST /process-instances/<uuid:id>/move/preview": {"operate"},
    "POST /process-instances/<uuid:id>/resume": {"operate"},
    "POST /process-instances/<uuid:id>/suspend": {"operate"},
    "POST /process-instances/<uuid:id>/variables": {"operate"},
    "GET /attachments": None,
    "GET /attachments/<uuid:id>": None,
    "POST /attachments": {"start"},
    "POST /deployments": {"design"},
    "GET /decisions": {"start"},
    "GET /decisions/<key>/xml": {"start"},
    "POST /decisions/<key>/evaluate": {"start"},
    "POST /conditions/evaluate": {"operate"},
    "POST /messages": {"operate"},
    "POST /signals": {"operate"},
    "GET /incidents": {"operate"},
    "GET /incidents/<uuid:id>": {"operate"},
    "POST /incidents/<uuid:id>/resolve": {"operate"},
    "POST /incidents/<uuid:id>/retry": {"operate"},
    "GET /jobs": {"operate"},
    "GET /webhook-endpoints": set(),
    "POST /webhook-endpoints": set(),
    "DELETE /webhook-endpoints/<uuid:id>": set(),
    "GET /webhook-endpoints/<uuid:id>": set(),
    "PUT /webhook-endpoints/<uuid:id>": set(),
    "GET /webhook-endpoints/<uuid:id>/deliveries": set(),
    "POST /webhook-endpoints/<uuid:id>/deliveries/<uuid:delivery_id>/replay": set(),
    "POST /webhook-endpoints/<uuid:id>/try": set(),
}
#: Managed by who is signed in, not by a token.
BY_SESSION = {"POST /session", "DELETE /session", "GET /tokens", "POST /tokens", "DELETE /tokens/<uuid:id>"}
#: Nouns whose objects are not there for who may not see them.
HIDDEN = {"user-tasks", "process-instances", "attachments", "incidents"}


@pytest.fixture
def belongings(adam: As, incident: str) -> dict[str, str]:
    """By noun, what adam has: a process instance he started, its task assigned to him, a file, an endpoint; and an incident."""
    instance = str(adam.post("/process-definitions/expense/start", {"variables": {"amount": 1}}).json["id"])
    (task,) = adam.get("/user-tasks", processInstanceId=instance).json["items"]
    file = {"data": {"file": (BytesIO(b"x"), "x.txt"), "processInstanceId": instance}, "content_type": "multipart/form-data"}
    attachment = adam.request("POST", "/attachments", **file).json["id"]
    endpoint = adam.post("/webhook-endpoints", BODIES["POST /webhook-endpoints"]).json["id"]
    return {
        "process-instances": instance,
        "user-tasks": task["id"],
        "attachments": attachment,
        "webhook-endpoints": endpoint,
        "incidents": incident,
    }


def test_every_route_has_an_entry_that_says_which_right_is_enough(app: Flask) -> None:
    routes = {f"{method} {rule.rule.removeprefix('/api/v1')}" for method, rule in rules(app) if rule.rule.startswith("/api/v1/")}
    assert routes == ENOUGH.keys() | BY_SESSION


@pytest.mark.parametrize("right", RIGHTS)
def test_one_right_opens_exactly_its_routes(app: Flask, parts: Parts, belongings: dict[str, str], right: Right) -> None:
    with parts.begin(SYSTEM) as work:
        token = ApiToken(new_id(work.now), "adam", right, (right,), work.now, work.now + timedelta(days=1), work.now)
        api_tokens.add(work, token, kept(f"lz_only_{right}"))
    program = As(app.test_client(use_cookies=False), f"lz_only_{right}")
    wrong = []
    for route in sorted(ENOUGH, key=lambda route: ("cancel" in route, "DELETE" in route, "complete" in route)):
        method, _, path = route.partition(" ")
        answer = program.request(method, address(path, belongings), **asked(route, belongings))
        refused = answer.status_code == 403 or (answer.status_code == 404 and path.split("/")[1] in HIDDEN)
        enough = ENOUGH[route]
        if refused == (enough is None or right in enough or right == "administer"):
            wrong.append(f"{route} {answer.status_code} {answer.json}")
    assert wrong == []


def asked(route: str, belongings: dict[str, str]) -> dict[str, Any]:
    """A request that nothing but the right is wrong with."""
    if route in ("POST /deployments", "POST /attachments"):
        field = {"files": (BytesIO(b"{}"), "a.form.json")} if "deploy" in route else {"file": (BytesIO(b"x"), "x.txt")}
        return {"data": field, "content_type": "multipart/form-data"}
    if route == "GET /attachments":
        return {"query_string": {"processInstanceId": belongings["process-instances"]}}
    if route.endswith("/assign"):
        return {"json": {"person": "adam"}}
    return {} if route.startswith(("GET", "DELETE")) else {"json": BODIES.get(route, {})}


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
    assert answer.status_code in (308, 401, 404), answer.status_code
    assert approval not in answer.get_data(as_text=True)
