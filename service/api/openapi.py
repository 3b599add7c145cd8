"""What the description of the API says beside its routes: who may ask, how an operation is named, how errors look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask

from service.api.routes import Routes

METHODS = ("get", "post", "put", "delete")
PROBLEM = "application/problem+json"

#: `security` of everything but signing in: one of them is enough.
SECURITY: list[dict[str, list[str]]] = [{"token": []}, {"session": [], "csrf": []}]
SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "An API token, lz_…, made on the page of one's profile."},
    "session": {"type": "apiKey", "in": "cookie", "name": "liuzhuan", "description": "With https it is __Host-liuzhuan."},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token", "description": "With the cookie, on every change."},
}


def complete(app: Flask, described: dict[str, Any], routes: tuple[Routes, ...]) -> dict[str, Any]:
    """The document of flask-smorest with what it does not know; `routes` in the order they are described."""
    described["security"] = SECURITY
    described["components"]["securitySchemes"] = SCHEMES
    for response in described["components"]["responses"].values():
        response["content"] = {PROBLEM: next(iter(response["content"].values()))}
    names = dict(_names(app, {each.name for each in routes}))
    for path, methods in described["paths"].items():
        for method in METHODS:
            if method in methods:
                methods[method]["operationId"] = names[method, path]
    described["paths"]["/api/v1/session"]["post"]["security"] = []
    return described


def _names(app: Flask, blueprints: set[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """(method, path) → `user_tasks_complete`, after the function that answers."""
    for rule in app.url_map.iter_rules():
        blueprint, _, view = rule.endpoint.rpartition(".")
        if blueprint in blueprints:
            path = rule.rule.replace("<uuid:", "{").replace("<", "{").replace(">", "}")
            for method in rule.methods or ():
                yield (method.lower(), path), f"{blueprint}_{view}".replace(" ", "_").rstrip("_")
