"""GET /api and /api/openapi.json"""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask

AS_ALICE = {"Authorization": "Bearer lz_alice"}


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


def test_the_page_lists_the_operations_without_a_script(app: Flask) -> None:
    page = app.test_client().get("/api", headers=AS_ALICE)
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "POST /api/v1/user-tasks/{id}/complete" in text
    assert "<script" not in text


def test_strangers_are_not_told(app: Flask) -> None:
    assert app.test_client().get("/api/openapi.json").status_code == 401


def test_every_route_is_documented(app: Flask) -> None:
    documented = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(("/api/v1", "/healthz", "/readyz", "/metrics", "/webhooks/")):
            path = rule.rule.replace("<uuid:", "{").replace("<", "{").replace(">", "}")
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                assert f"`{method} {path}`" in documented, f"{method} {path}"


def test_every_reference_leads_somewhere(app: Flask) -> None:
    text = app.test_client().get("/api/openapi.json", headers=AS_ALICE).get_data(as_text=True)
    described = app.test_client().get("/api/openapi.json", headers=AS_ALICE).json
    assert described is not None
    for name in set(re.findall(r'"#/components/schemas/([^"]+)"', text)):
        assert name in described["components"]["schemas"]
