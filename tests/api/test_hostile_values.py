"""Whatever is written into any part of any request is taken or refused with a sentence, and never a fault of ours.

Generated from the route table, the schemas and the sources of the pages; signed in and anonymously; alike on both databases.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from marshmallow import Schema, fields

import service.web
from engine.store.unit_of_work import UnitOfWork
from service.app import application, assemble
from service.parts import Parts
from tests.api.asking import API, BODIES, FIELDS, SCRIPTS, UNKNOWN, Asker, Route, person, routes
from tests.api.conftest import As, fill, settings_for
from tests.documentation.modules import modules

#: As they stand in an address.
IN_ADDRESS = {
    "NUL": "a%00b",
    "only NUL": "%00",
    "a surrogate": "%ED%A0%80",
    "no UTF-8": "%FF%FE",
    "long": "x" * 3_000,
    "a large number": "99999999999999999999",
    "a number of many digits": "9" * 400,
    "less than nothing": "-1",
    "no number": "nan",
    "endless": "1e999",
    "wild": "%25_%5C'\"",
}
#: As they stand in a body of JSON.
IN_JSON = {
    "NUL": r'"a\u0000b"',
    "half a character": r'"\ud800"',
    "256 characters": json.dumps("x" * 256),
    "long": json.dumps("x" * 20_000),
    "2^31": str(2**31),
    "2^63": str(2**63),
    "2^70": str(2**70),
    "-2^70": str(-(2**70)),
    "400 digits": "9" * 400,
    "5000 digits": "9" * 5_000,
    "endless": "1e999",
    "no number": "NaN",
    "33 deep": "[" * 33 + "]" * 33,
    "NUL inside": r'{"a": [{"b\u0000": "\u0000"}]}',
    "nothing": "null",
    "a list": "[1]",
}
#: Whole bodies.
BODIES_OF_ANYTHING = {
    "900 deep": b'{"variables":' + b"[" * 900 + b"]" * 900 + b"}",
    "900 deep with a long number": b'{"variables":' + b"[" * 900 + b"1" * 30 + b"]" * 900 + b"}",
    "a name twice": b'{"variables": {"a": 1, "a": 2}}',
    "no UTF-8": b'{"variables": {"a": "\xff\xfe"}}',
    "NUL bytes": b"\0\0\0",
    "half a character": b'{"variables": {"a": "\xed\xa0\x80"}}',
    "a list": b"[1]",
}
HEADERS = {
    "Idempotency-Key": ("x" * 201, "é" * 10, ""),
    "If-Match": ('"' + "9" * 30 + '"', "x" * 1_000, "é"),
    "Accept-Language": ("x" * 3_000, "é;q=9"),
    "User-Agent": ("é" * 1_000,),
    "Origin": ("http://[", "é"),
    "Authorization": ("Bearer é", "Bearer " + "x" * 5_000),
    "Cookie": ("liuzhuan=é", "liuzhuan=" + "x" * 3_000, "language=%00; theme=\u00e9"),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def parts(request: pytest.FixtureRequest) -> Iterator[Parts]:
    url = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    parts = assemble(settings_for(url))
    fill(parts)
    yield parts
    parts.close()


@pytest.fixture
def app(parts: Parts) -> Flask:
    return application(parts)


@pytest.fixture
def ids(adam: As) -> dict[str, str]:
    """By noun: things that adam has."""
    instance = str(adam.post("/process-definitions/expense/start", {"variables": {"amount": 1}}).json["id"])
    (task,) = adam.get("/user-tasks", processInstanceId=instance).json["items"]
    endpoint = adam.post("/webhook-endpoints", BODIES["POST /webhook-endpoints"] | {"name": "erp"}).json["id"]
    return {"process-instances": instance, "user-tasks": str(task["id"]), "webhook-endpoints": str(endpoint)}


@pytest.fixture
def ask(app: Flask, parts: Parts, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Asks as adam in his browser and anonymously; keeps nothing, so that no request spoils the next one."""
    adam = person(app, parts)
    anonymous = Asker(app.test_client(use_cookies=False), {}, is_program=True)
    end = UnitOfWork.end
    monkeypatch.setattr(UnitOfWork, "end", lambda work, *, keep: end(work, keep=False))
    found: set[str] = set()

    def asked(asking: Asking, *, also_anonymously: bool = True) -> None:
        for asker in (adam, anonymous) if also_anonymously else (adam,):
            answer = asker.client.open(
                asking.address, method=asking.method, headers={**asker.headers, **asking.headers}, **asking.sent
            )
            if answer.status_code >= 500:
                found.add(f"{asking.name}: {answer.status_code}")

    asked.found = found  # type: ignore[attr-defined]
    return asked


@dataclass(frozen=True)
class Asking:
    name: str
    method: str
    address: str
    headers: dict[str, str]
    sent: dict[str, Any]


def addressed(route: Route, ids: dict[str, str], **given: str) -> str:
    """With what is there, and `given` for some of its parts."""
    usual = {"<uuid:id>": ids.get(route.noun, UNKNOWN), "<uuid:delivery_id>": UNKNOWN, "<path:key>": "tests/expense"}
    path = route.path
    for part in re.findall(r"<[^>]+>", path):
        path = path.replace(part, given.get(part, usual.get(part, "leave")))
    return (API if route.is_api else "") + path


def asking(
    route: Route, ids: dict[str, str], name: str, *, query: str = "", sent: dict[str, Any] | None = None, **given: Any
) -> Asking:
    accept = "application/json" if route.is_api else "text/html"
    address = addressed(route, ids, **given.get("parts", {}))
    headers = {"Accept": accept, **given.get("headers", {})}
    return Asking(f"{route.name} {name}", route.method, f"{address}?{query}" if query else address, headers, sent or usual(route))


def usual(route: Route) -> dict[str, Any]:
    if route.method in ("GET", "DELETE"):
        return {}
    if route.is_api:
        return {"json": BODIES.get(route.name, {})}
    return {"json": SCRIPTS[route.name]} if route.name in SCRIPTS else {"data": FIELDS}


def schema_of(route: Route, place: str) -> Schema | None:
    """What the view reads there."""
    arguments = getattr(route.view, "_apidoc", {}).get("arguments", {}).get("parameters", [])
    return next((each["schema"] for each in arguments if each["in"] == place), None)


def names_in_pages(reads: str) -> list[str]:
    """The names that pages read from `request.args` or `request.form`."""
    pattern = re.compile(rf"request\.{reads}\.(?:get|getlist)\(\"(\w+)\"")
    assert list(modules(service.web))
    texts = [
        path.read_text() for folder in service.web.__path__ for path in sorted(__import__("pathlib").Path(folder).glob("*.py"))
    ]
    return sorted({name for text in texts for name in pattern.findall(text)})


def every_route(app: Flask) -> list[Route]:
    """Sign-out would end the session that asks."""
    return [route for route in routes(app) if route.name not in ("POST /sign-out", "DELETE /session")]


def test_parts_of_addresses(app: Flask, ids: dict[str, str], ask: Any) -> None:
    for route in every_route(app):
        for part in re.findall(r"<[^>]+>", route.path):
            for name, value in IN_ADDRESS.items():
                anonymously = route.is_public or name == "NUL"
                ask(asking(route, ids, f"{part} {name}", parts={part: value}), also_anonymously=anonymously)
    assert sorted(ask.found) == []


def test_queries(app: Flask, ids: dict[str, str], ask: Any) -> None:
    of_pages = names_in_pages("args")
    assert len(of_pages) > 10
    for route in every_route(app):
        if route.method != "GET":
            continue
        schema = schema_of(route, "query")
        names = (
            of_pages if not route.is_api else [field.data_key or name for name, field in schema.fields.items()] if schema else []
        )
        for name, value in IN_ADDRESS.items():
            query = "&".join(f"{each}={value}" for each in names)
            ask(asking(route, ids, f"all {name}", query=query), also_anonymously=route.is_public or name == "NUL")
        for each in names:
            for name in IN_ADDRESS if route.is_api else ("a large number", "no number"):
                ask(asking(route, ids, f"?{each} {name}", query=f"{each}={IN_ADDRESS[name]}"), also_anonymously=False)
        ask(asking(route, ids, "?=NUL", query="a%00=1&=&%00"))
    assert sorted(ask.found) == []


def test_fields_of_json(app: Flask, ids: dict[str, str], ask: Any) -> None:
    for route in every_route(app):
        schema = schema_of(route, "json")
        for key, field in () if schema is None else [(each.data_key or name, each) for name, each in schema.fields.items()]:
            others = {other: each for other, each in BODIES.get(route.name, {}).items() if other != key}
            begin = json.dumps(others)[:-1] + (", " if others else "")
            for name, value in IN_JSON.items():
                wholes = {"itself": value}
                if isinstance(field, fields.Dict | fields.List | fields.Raw) or field.__class__.__name__ == "Variables":
                    wholes |= {"inside": f'{{"x": {value}}}', "in a list": f"[{value}]"}
                for where, written in wholes.items():
                    sent = {"data": f'{begin}"{key}": {written}}}'.encode(), "content_type": "application/json"}
                    ask(asking(route, ids, f"{key} {name} {where}", sent=sent), also_anonymously=route.is_public)
    assert sorted(ask.found) == []


def test_bodies_of_anything(app: Flask, ids: dict[str, str], ask: Any) -> None:
    for route in every_route(app):
        if route.method in ("GET", "DELETE"):
            continue
        for name, body in BODIES_OF_ANYTHING.items():
            sent = {"data": body, "content_type": "application/json"}
            ask(asking(route, ids, name, sent=sent), also_anonymously=route.is_public or name == "900 deep")
    assert sorted(ask.found) == []


def test_fields_of_forms(app: Flask, ids: dict[str, str], ask: Any) -> None:
    names = names_in_pages("form")
    assert len(names) > 10
    values = {
        **{"NUL": "a\0b", "long": "x" * 20_000, "number": "9" * 400, "a large number": str(2**70), "json": '{"a": NaN}'},
        **{"deep": "[" * 900 + "]" * 900, "a name twice": '{"a": 1, "a": 2}', "wild": "\ud7ff%"},
    }
    for route in every_route(app):
        if route.method != "POST" or route.is_api or route.name in SCRIPTS:
            continue
        for name, value in values.items():
            sent = {"data": {**FIELDS, **dict.fromkeys(names, value)}}
            ask(asking(route, ids, f"all {name}", sent=sent), also_anonymously=route.is_public)
        for field in names:
            for name in ("long", "a large number"):
                sent = {"data": {**FIELDS, field: values[name]}}
                ask(asking(route, ids, f"{field} {name}", sent=sent), also_anonymously=False)
    assert sorted(ask.found) == []


def test_headers(app: Flask, ids: dict[str, str], ask: Any) -> None:
    for route in every_route(app):
        for header, values in HEADERS.items():
            for value in values if route.noun in ("messages", "user-tasks", "webhooks") else values[:1]:
                ask(asking(route, ids, f"{header} {value[:20]}", headers={header: value}), also_anonymously=route.is_public)
    assert sorted(ask.found) == []


def test_a_refusal_names_the_field_and_the_limit(adam: As, ids: dict[str, str]) -> None:
    answer = adam.post("/messages", {"name": "x" * 256})
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "name")
    assert "255" in answer.json["errors"][0]["sentence"]
    answer = adam.post("/messages", {"name": "letter", "businessKey": "a\0b"})
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "businessKey")
    assert "NUL" in answer.json["errors"][0]["sentence"]
    answer = adam.request("POST", "/messages", data=b'{"name": "letter", "name": "x:y"}', content_type="application/json")
    assert (answer.status_code, "name" in answer.json["detail"]) == (422, True)
    answer = adam.request(
        "POST", "/messages", data=rb'{"name": "letter", "businessKey": "\\u0000 : \""}', content_type="application/json"
    )
    assert answer.status_code == 200
    answer = adam.get("/user-tasks", text="a\0b")
    assert (answer.status_code, "text" in answer.json["detail"], "NUL" in answer.json["detail"]) == (422, True, True)


def test_an_anonymous_name_of_a_webhook(app: Flask) -> None:
    client: FlaskClient = app.test_client(use_cookies=False)
    assert client.post("/webhooks/%00", data=b"{}").status_code == 422
