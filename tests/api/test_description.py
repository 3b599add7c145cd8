"""GET /api and /api/openapi.json"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from lxml import html
from openapi_spec_validator import validate

from service.api import openapi
from service.identity.openings import opening_of

AS_ALICE = {"Authorization": "Bearer lz_alice"}


@pytest.fixture
def described(app: Flask) -> dict[str, Any]:
    """The document as tools get it."""
    document: dict[str, Any] | None = app.test_client().get("/api/openapi.json", headers=AS_ALICE).json
    assert document is not None
    return document


def test_every_route_of_the_api_is_described(app: Flask) -> None:
    described = app.test_client().get("/api/openapi.json", headers=AS_ALICE).json
    assert described is not None
    assert described["openapi"].startswith("3.")
    routes = {
        rule.rule.replace("<uuid:", "<").replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1")
    }
    assert routes == set(described["paths"])


def test_each_operation_has_a_summary_an_answer_and_the_shape_of_errors(app: Flask) -> None:
    described = app.test_client().get("/api/openapi.json", headers=AS_ALICE).json
    assert described is not None
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            if method == "parameters":
                continue
            assert operation.get("summary"), f"{method} {path}"
            assert any(status.startswith("2") for status in operation["responses"]), f"{method} {path}"
            assert "default" in operation["responses"], f"{method} {path}"


def test_the_page_lists_the_operations(app: Flask) -> None:
    page = app.test_client().get("/api", headers=AS_ALICE)
    words = " ".join(str(html.fromstring(page.get_data()).xpath("string()")).split())
    assert page.status_code == 200
    assert "POST /api/v1/user-tasks/{id}/complete" in words


def test_strangers_are_not_told(app: Flask) -> None:
    assert app.test_client().get("/api/openapi.json").status_code == 401


def test_every_route_is_documented_with_whom_it_opens_to(app: Flask) -> None:
    documented = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(("/api/v1", "/healthz", "/readyz", "/metrics", "/webhooks/")):
            path = rule.rule.replace("<uuid:", "{").replace("<", "{").replace(">", "}")
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                opening = openapi.opens_to(opening_of(app.view_functions[rule.endpoint]))
                assert f"| `{method} {path}` | {opening} |" in documented, f"{method} {path} | {opening}"


def test_every_reference_leads_somewhere(app: Flask) -> None:
    text = app.test_client().get("/api/openapi.json", headers=AS_ALICE).get_data(as_text=True)
    described = app.test_client().get("/api/openapi.json", headers=AS_ALICE).json
    assert described is not None
    for name in set(re.findall(r'"#/components/schemas/([^"]+)"', text)):
        assert name in described["components"]["schemas"]


def test_the_description_is_valid_openapi(described: dict[str, Any]) -> None:
    validate(described)


def test_operations_have_names_of_their_own_and_tell_who_may_ask(described: dict[str, Any]) -> None:
    found = [each for path in described["paths"].values() for method, each in path.items() if method != "parameters"]
    names = [each["operationId"] for each in found]
    assert len(names) == len(set(names))
    assert {"user_tasks_complete", "process_definitions_start", "process_instances_record"} <= set(names)
    assert described["security"] == [{"token": []}, {"session": [], "csrf": []}]
    assert [each["operationId"] for each in found if "security" in each] == ["session_sign_in"]
    assert described["paths"]["/api/v1/decisions"]["get"]["x-opens-to"] == "`design`, `operate`"
    (refusals,) = (set(each["content"]) for each in described["components"]["responses"].values())
    assert refusals == {"application/problem+json"}


def test_what_may_be_sent_again_says_so(described: dict[str, Any]) -> None:
    """Every POST that creates something, but tokens: their clear text is kept nowhere."""
    for path, methods in described["paths"].items():
        operation = methods.get("post", {})
        if "201" in operation.get("responses", {}) and path != "/api/v1/tokens":
            assert "Idempotency-Key" in [each["name"] for each in operation.get("parameters", [])], path


def test_every_answer_has_a_content_or_is_empty(described: dict[str, Any]) -> None:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            if method != "parameters":
                success = next(status for status in operation["responses"] if status.startswith("2"))
                assert success == "204" or operation["responses"][success].get("content"), f"{method} {path}"
