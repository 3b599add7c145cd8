"""Asking every address as adam, who may little or much, so that nothing but a right can be wrong with the request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from engine.facts.actor import SYSTEM, Right
from engine.facts.ids import new_id
from service.identity import csrf
from service.identity.current import CSRF_HEADER
from service.identity.hashing import kept
from service.identity.openings import Opening, opening_of
from service.identity.sign_in import sign_in
from service.parts import Parts
from service.store import api_tokens
from service.store.api_tokens import ApiToken
from tests.api.conftest import PASSWORD, SECRET_KEY

API = "/api/v1"
UNKNOWN = "019ab2c4-0000-7000-8000-000000000000"

#: What a valid body of the API looks like.
BODIES: dict[str, Any] = {
    "POST /messages": {"name": "letter"},
    "POST /signals": {"name": "year-end"},
    "POST /tokens": {"name": "mine", "rights": []},
    "POST /user-tasks/<uuid:id>/assign": {"person": "adam"},
    "POST /user-tasks/<uuid:id>/draft": {"variables": {}},
    "POST /process-instances/<uuid:id>/cancel": {"reason": "because"},
    "POST /process-instances/<uuid:id>/move": {"start": [{"element": "start"}], "reason": "because"},
    "POST /process-instances/<uuid:id>/variables": {"variables": {"salary": 1}},
    "POST /webhook-endpoints": {"name": "crm", "style": "github", "secret": "x" * 20, "effect": "signal", "target": "x"},
    "PUT /secrets/<name>": {"value": "a token of many letters"},
    "PUT /webhook-endpoints/<uuid:id>": {"name": "crm", "style": "github", "effect": "signal", "target": "x"},
}
#: The same of pages: every field that one of their forms has, or the JSON that a script sends.
FIELDS = {
    "reason": "because",
    "name": "salary",
    "value": "1",
    "person": "adam",
    "days": "30",
    "body": "{}",
    "new": "a better horse",
}
SCRIPTS: dict[str, dict[str, Any]] = {
    "POST /user-tasks/<uuid:id>/complete": {"variables": {}},
    "POST /user-tasks/<uuid:id>/draft": {"data": {}},
    "POST /start/<key>": {"variables": {}},
}


@dataclass(frozen=True)
class Route:
    """`path` without the prefix of the API."""

    method: str
    path: str
    is_api: bool
    view: Callable[..., Any]

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def noun(self) -> str:
        return self.path.split("/")[1]

    @property
    def opening(self) -> Opening | None:
        return opening_of(self.view)

    @property
    def is_public(self) -> bool:
        return getattr(self.view, "is_public", False)


def routes(app: Flask) -> Iterator[Route]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            view = app.view_functions[rule.endpoint]
            yield Route(method, rule.rule.removeprefix(API), rule.rule.startswith(API), view)


@dataclass(frozen=True)
class Asker:
    client: FlaskClient
    headers: dict[str, str]
    is_program: bool

    def asks(self, route: Route, ids: dict[str, str]) -> int:
        """The status of the answer; `ids` by noun."""
        address = (API if route.is_api else "") + _addressed(route.path, ids.get(route.noun, UNKNOWN))
        accept = "application/json" if route.is_api else "text/html"
        answer = self.client.open(address, method=route.method, headers={"Accept": accept, **self.headers}, **_sent(route, ids))
        return answer.status_code


def person(app: Flask, parts: Parts) -> Asker:
    """Adam in his browser."""
    session = sign_in(parts.database, parts.organisations, "adam", PASSWORD, address="", lasts=timedelta(hours=1))
    client = app.test_client()
    client.set_cookie("liuzhuan", session.id)
    return Asker(client, {CSRF_HEADER: csrf.masked(SECRET_KEY, session.id)}, is_program=False)


def program(app: Flask, parts: Parts, right: Right | None) -> Asker:
    """With a token of adam's that has this right alone."""
    clear = f"lz_only_{right}"
    with parts.begin(SYSTEM) as work:
        rights = (right,) if right else ()
        token = ApiToken(new_id(work.now), "adam", clear, rights, work.now, work.now + timedelta(days=1), work.now)
        api_tokens.add(work, token, kept(clear))
    return Asker(app.test_client(use_cookies=False), {"Authorization": f"Bearer {clear}"}, is_program=True)


def _addressed(path: str, id: str) -> str:
    given = {
        "<uuid:id>": id,
        "<uuid:delivery_id>": UNKNOWN,
        "<path:key>": "tests/expense",
        "<key>": "leave",
        "<name>": "crm-token",
    }
    for placeholder, value in given.items():
        path = path.replace(placeholder, value)
    return path


def _sent(route: Route, ids: dict[str, str]) -> dict[str, Any]:
    if route.method == "GET":
        return {"query_string": {"processInstanceId": ids["process-instances"]}} if route.name == "GET /attachments" else {}
    if route.name in ("POST /deployments", "POST /attachments", "POST /user-tasks/<uuid:id>/attachments"):
        return {"data": _files(route, ids), "content_type": "multipart/form-data"}
    if route.is_api:
        return {"json": BODIES.get(route.name, {})} if route.method != "DELETE" else {}
    return {"json": SCRIPTS[route.name]} if route.name in SCRIPTS else {"data": FIELDS}


def _files(route: Route, ids: dict[str, str]) -> dict[str, Any]:
    if route.path == "/deployments":
        return {"files": (BytesIO(b"{}"), "a.form.json")}
    if route.is_api:
        return {"file": (BytesIO(b"x"), "x.txt"), "processInstanceId": ids["process-instances"]}
    return {"files": (BytesIO(b"x"), "x.txt")}
