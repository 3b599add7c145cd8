"""How schemas read and write: a right request in one pass, everything else as marshmallow says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from marshmallow import Schema, ValidationError, fields, post_load, validate

from service.api.schemas.directions import Incoming, Outgoing, Variables
from tests.api.conftest import As


class Asked(Incoming):
    """One of each kind of field."""

    name = fields.String(required=True, validate=validate.Length(1, 5))
    long_name = fields.String(load_default="none")
    count = fields.Integer(load_default=None, allow_none=True)
    ids = fields.List(fields.UUID(), load_default=list)
    variables = Variables(load_default=dict)
    left_out = fields.Boolean()


RIGHT: tuple[dict[str, Any], ...] = (
    {"name": "a"},
    {"name": "a", "longName": "b", "count": "7"},
    {"name": "a", "count": None, "leftOut": "true"},
    {"name": "a", "ids": ["00000000-0000-7000-8000-000000000000"], "variables": {"x": {"y": [1]}}},
)
WRONG: tuple[Any, ...] = (
    {},
    [],
    None,
    "name",
    {"name": ""},
    {"name": None},
    {"name": "a", "unknown": 1},
    {"name": "a", "long_name": "b"},
    {"count": "many", "ids": ["x", 1]},
    {"name": "a", "variables": [1]},
)


@pytest.mark.parametrize("written", RIGHT)
def test_a_right_request_reads_as_marshmallow_reads_it(written: dict[str, Any]) -> None:
    assert Asked().load(written) == Schema.load(Asked(), written)


@pytest.mark.parametrize("written", WRONG)
def test_a_wrong_request_is_refused_with_every_problem_marshmallow_finds(written: Any) -> None:
    with pytest.raises(ValidationError) as ours:
        Asked().load(written)
    with pytest.raises(ValidationError) as theirs:
        Schema.load(Asked(), written)
    assert ours.value.messages == theirs.value.messages


def test_two_requests_do_not_share_a_default() -> None:
    schema = Asked()
    schema.load({"name": "a"})["ids"].append(1)
    assert schema.load({"name": "a"})["ids"] == []


def test_a_schema_whose_hooks_would_not_run_is_refused() -> None:
    class Hooked(Incoming):
        name = fields.String()

        @post_load
        def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
            return {}

    with pytest.raises(TypeError, match="Hooked has hooks"):
        Hooked().load({"name": "a"})


@dataclass
class Thing:
    id: int
    inner_name: str = "inner"
    part: Any = None
    parts: tuple[Any, ...] = ()


class Part(Outgoing):
    id = fields.Integer()


class Told(Outgoing):
    parts = fields.List(fields.Nested(Part))
    id = fields.Integer()
    twice = fields.Function(lambda thing: thing.id * 2)
    outer_name = fields.String(attribute="inner_name")
    part = fields.Nested(Part, allow_none=True)


def test_an_answer_has_its_fields_in_their_order() -> None:
    told = Told().dump(Thing(1, part=Thing(2), parts=(Thing(3), Thing(4))))
    assert list(told.items()) == [
        ("parts", [{"id": 3}, {"id": 4}]),
        ("id", 1),
        ("twice", 2),
        ("outerName", "inner"),
        ("part", {"id": 2}),
    ]


def test_what_is_not_there_is_null_and_a_list_is_a_list() -> None:
    assert Told().dump(None) is None
    assert [each["part"] for each in Told(many=True).dump([Thing(1), Thing(2)])] == [None, None]


#: Bodies with what nobody may read again, each sent under a name that is misspelt, or with a value that is not allowed.
SECRETS = (
    ("POST", "/session", {"account": "adam", "passwort": "Sommer-2026-x"}),
    ("POST", "/session", {"account": ["Sommer-2026-x"], "password": "Sommer-2026-x"}),
    ("POST", "/session", {"account": "adam", "password": "Sommer-2026-x" + "x" * 200}),
    ("POST", "/webhook-endpoints", {"name": "crm", "Secret": "Sommer-2026-x"}),
    ("POST", "/webhook-endpoints", {"name": "crm", "secret": "Sommer-2026-x" * 100}),
    ("PUT", "/secrets/crm", {"valeu": "Sommer-2026-x"}),
    ("PUT", "/secrets/crm", {"value": "Sommer-2026-x", "hosts": "Sommer-2026-x"}),
)


@pytest.mark.parametrize(("method", "path", "body"), SECRETS)
def test_a_refusal_repeats_nothing_of_a_body_with_secrets(adam: As, method: str, path: str, body: dict[str, Any]) -> None:
    answer = adam.request(method, path, json=body)
    assert answer.status_code == 422
    assert "Sommer-2026-x" not in answer.text


def test_every_body_with_secrets_is_tried(app: Flask) -> None:
    """Fields that the description calls `writeOnly`, and those whose names say it."""
    described = app.extensions["liuzhuan.api"]()
    schemas = described["components"]["schemas"]
    with_secrets = {
        name for name, schema in schemas.items() if any(each.get("writeOnly") for each in schema["properties"].values())
    }
    named_so = {name for name, schema in schemas.items() if {"password", "secret"} & schema["properties"].keys()}
    assert named_so <= with_secrets
    asked = set()
    for method, path, _ in SECRETS:
        content = described["paths"]["/api/v1" + path.replace("/crm", "/{name}")][method.lower()]["requestBody"]["content"]
        asked.add(content["application/json"]["schema"]["$ref"].rpartition("/")[2])
    assert with_secrets == asked
