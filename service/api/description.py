"""/api: what the API can do, as a page without a script, and /api/openapi.json for tools. Only for who is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Blueprint, Response, current_app, render_template

from service.api.openapi import METHODS
from service.api.routes import json_response
from service.identity.openings import opens_to

routes = Blueprint("api_description", __name__)


@dataclass(frozen=True, slots=True)
class Operation:
    """One route, as the page shows it; `request` and `answer` are JSON written out."""

    method: str
    path: str
    summary: str
    parameters: list[dict[str, Any]]
    request: str
    example: str
    answer: str


@routes.get("/api/openapi.json")
@opens_to("everybody")
def document() -> Response:
    """OpenAPI 3.1."""
    return json_response(_document())


@routes.get("/api")
@opens_to("everybody")
def page() -> str:
    """All operations by tag, in the frame of the pages."""
    described = _document()
    tags = {tag["name"]: tag.get("description", "") for tag in described["tags"]}
    by_tag = {name: [each for tag, each in _operations(described) if tag == name] for name in tags}
    return render_template("api.html", title=described["info"]["title"], tags=tags, operations=by_tag)


def _document() -> dict[str, Any]:
    described: dict[str, Any] = current_app.extensions["liuzhuan.api"]()
    return described


def _operations(described: dict[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in described["paths"].items():
        for method in METHODS:
            if method in methods:
                operation = methods[method]
                yield operation["tags"][0], _operation(described, method, path, operation, methods.get("parameters", []))


def _operation(described: dict[str, Any], method: str, path: str, operation: dict[str, Any], shared: list[Any]) -> Operation:
    body: dict[str, Any] = next(iter(operation.get("requestBody", {}).get("content", {}).values()), {})
    answers = [answer for status, answer in operation["responses"].items() if str(status).startswith("2")]
    content: dict[str, Any] = next(iter(answers[0].get("content", {}).values()), {}) if answers else {}
    return Operation(
        method.upper(),
        path,
        operation.get("summary", ""),
        [*shared, *operation.get("parameters", [])],
        _shape(described, body.get("schema")),
        orjson.dumps(body["example"], option=orjson.OPT_INDENT_2).decode() if "example" in body else "",
        _shape(described, content.get("schema")),
    )


def _shape(described: dict[str, Any], schema: Any) -> str:
    """`{"name": "string", …}`: enough to write a request by hand."""
    return orjson.dumps(_written(described, schema, 0), option=orjson.OPT_INDENT_2).decode() if schema else ""


def _written(described: dict[str, Any], schema: dict[str, Any], depth: int) -> Any:
    if "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if depth > 5:
        return "…"
    if "properties" in schema:
        return {name: _written(described, each, depth + 1) for name, each in schema["properties"].items()}
    if "items" in schema:
        return [_written(described, schema["items"], depth + 1)]
    kind = schema.get("type", "any")
    return " | ".join(kind) if isinstance(kind, list) else schema.get("format", kind)
