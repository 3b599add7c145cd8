"""Numbers and moments beyond what a database keeps or a clock shows: refused in words, never a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from flask import Flask
from marshmallow import ValidationError, fields

from service.api.schemas.directions import Incoming
from service.parts import Parts
from tests.api.asking import UNKNOWN, person, routes
from tests.api.conftest import As, codes
from tests.api.test_unknown_fields import incoming

TOO_LARGE = (2**31, 2**63, 10**30, -(2**31) - 1, -(10**30))
EXTREMES = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")
EAST, WEST = timezone(timedelta(hours=14)), timezone(-timedelta(hours=12))


def fields_of(kind: type[fields.Field[Any]]) -> Iterator[tuple[type[Incoming], str]]:
    for schema in incoming():
        for name, field in schema().load_fields.items():
            if isinstance(field.inner if isinstance(field, fields.List) else field, kind):
                yield schema, name


def read(schema: type[Incoming], name: str, value: Any) -> Any:
    field = schema().load_fields[name]
    return field.deserialize([value] if isinstance(field, fields.List) else value)


def test_there_are_numbers_and_moments_to_look_at() -> None:
    assert len(list(fields_of(fields.Integer))) > 5
    assert len(list(fields_of(fields.DateTime))) == 4


@pytest.mark.parametrize("value", TOO_LARGE)
@pytest.mark.parametrize(("schema", "name"), list(fields_of(fields.Integer)))
def test_a_number_that_no_column_keeps_is_refused(schema: type[Incoming], name: str, value: int) -> None:
    with pytest.raises(ValidationError):
        read(schema, name, value)


@pytest.mark.parametrize("value", EXTREMES)
@pytest.mark.parametrize(("schema", "name"), list(fields_of(fields.DateTime)))
def test_a_moment_that_leaves_the_calendar_in_some_zone_is_refused(schema: type[Incoming], name: str, value: str) -> None:
    with pytest.raises(ValidationError):
        read(schema, name, value)
    for kept in ("0002-01-01T00:00:00+14:00", "9998-12-31T23:59:59-14:00"):
        moment = read(schema, name, kept)
        assert moment.astimezone(EAST) == moment.astimezone(WEST) == datetime.fromisoformat(kept).astimezone(UTC)


@pytest.mark.parametrize("value", TOO_LARGE)
def test_a_refusal_says_the_number_that_it_refuses(alice: As, value: int) -> None:
    start = alice.post("/process-definitions/leave/start", {"variables": {"employee": "x"}, "version": value})
    token = alice.post("/tokens", {"name": "mine", "rights": [], "days": value})
    assert codes(start) == codes(token) == (422, "request_refused")
    assert start.json["errors"][0]["value"] == token.json["errors"][0]["value"] == value


def test_no_page_fails_for_a_number_or_a_day_in_its_address(app: Flask, parts: Parts) -> None:
    adam = person(app, parts)
    for value in ("9223372036854775808", "-9223372036854775809", "9" * 5_000, "0001-01-01", "9999-12-31"):
        asked = dict.fromkeys(("version", "from", "to", "due", "after", "limit", "days"), value)
        for route in routes(app):
            if route.is_api or route.method != "GET":
                continue
            path = route.path.replace("<path:key>", "tests/expense").replace("<key>", "leave")
            address = path.replace("<uuid:id>", UNKNOWN).replace("<uuid:delivery_id>", UNKNOWN)
            answer = adam.client.get(address, query_string=asked, headers={"Accept": "text/html"})
            assert answer.status_code < 500, (address, value)


def test_a_page_of_a_version_that_cannot_be_is_not_found(app: Flask, parts: Parts) -> None:
    adam = person(app, parts)
    for path in ("/process-definitions/leave", "/forms/tests/expense"):
        assert adam.client.get(path, query_string={"version": 2**63}).status_code == 404
