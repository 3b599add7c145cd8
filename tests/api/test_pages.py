"""Lists: every one comes in pages, is asked in the same words, and refuses a cursor that is not its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.api.conftest import As, codes

AS_ADAM = {"Authorization": "Bearer lz_adam"}


@pytest.fixture
def lists(app: Flask) -> dict[str, list[str]]:
    """Path of each list → the names of its query, found in the description: what answers `items`."""
    described: Any = app.test_client().get("/api/openapi.json", headers=AS_ADAM).json
    return dict(_lists(described))


def _lists(described: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    schemas = described["components"]["schemas"]
    for path, methods in described["paths"].items():
        answer = methods.get("get", {}).get("responses", {}).get("200", {})
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        assert schema.get("type") != "array", f"{path} answers a bare array"
        if "items" in schemas.get(schema.get("$ref", "").rpartition("/")[2], {}).get("properties", {}):
            yield path.removeprefix("/api/v1"), [each["name"] for each in methods["get"]["parameters"] if each["in"] == "query"]


def test_every_list_is_asked_for_its_pages_in_the_same_words(lists: dict[str, list[str]]) -> None:
    assert len(lists) >= 16
    for path, names in lists.items():
        assert {"after", "limit"} <= set(names), path


@pytest.mark.parametrize("after", ["nonsense", "W10", "WyJhIiwiYiIsImMiLCJkIiwiZSJd", "e30"])
def test_a_cursor_that_no_list_gave_is_refused_or_harmless(lists: dict[str, list[str]], leave: str, adam: As, after: str) -> None:
    for path in lists:
        if path == "/tokens":
            continue
        query = {"processInstanceId": leave} if path == "/attachments" else {}
        answer = adam.get(path.replace("{key}", "leave").replace("{id}", leave), after=after, **query)
        assert answer.status_code in (200, 404, 422), f"{path} {answer.json}"
        if after == "nonsense" and answer.status_code != 404:
            assert codes(answer) == (422, "cursor_invalid"), path


def test_pages_of_a_list_together_are_the_list(alice: As) -> None:
    whole = alice.get("/people", limit=100).json["items"]
    page = alice.get("/people", limit=2).json
    found = page["items"]
    while page["next"]:
        page = alice.get("/people", limit=2, after=page["next"]).json
        found += page["items"]
    assert found == whole


@pytest.mark.parametrize("limit", ["0", "1001", "-1", "many"])
def test_a_limit_that_is_none_is_refused(alice: As, limit: str) -> None:
    assert codes(alice.get("/user-tasks", limit=limit)) == (422, "request_refused")


def test_a_cursor_of_another_list_is_refused(lists: dict[str, list[str]], leave: str, expense: str, adam: As) -> None:
    """Also where both are an id, which would begin a page anywhere."""
    cursors = {}
    for path in ("/process-instances", "/user-tasks", "/people", "/process-definitions"):
        cursors[path] = adam.get(path, limit=1).json["next"]
        assert cursors[path], path
    for path in lists:
        query = {"processInstanceId": leave} if path == "/attachments" else {}
        for origin, cursor in cursors.items():
            answer = adam.get(path.replace("{key}", "leave").replace("{id}", leave), after=cursor, **query)
            assert codes(answer) == (422, "cursor_invalid") if path != origin else answer.status_code == 200, (path, origin)
