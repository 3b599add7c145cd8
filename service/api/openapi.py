"""What the description of the API says beside its routes: who may ask, how an operation is named, how errors look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from flask import Flask
from werkzeug.routing import Rule

from engine.facts.actor import Right
from service.api.routes import Routes
from service.identity.openings import Holder, Opening, opening_of

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
    openings = dict(_openings(app))
    for path, methods in described["paths"].items():
        for method in METHODS:
            if method in methods:
                methods[method]["operationId"] = names[method, path]
                methods[method]["x-opens-to"] = openings[method, path]
    described["paths"]["/api/v1/session"]["post"]["security"] = []
    return described


def _openings(app: Flask) -> Iterator[tuple[tuple[str, str], str]]:
    """(method, path) → the rights that are enough, as docs/api.md has them."""
    for rule in app.url_map.iter_rules():
        opening = opening_of(app.view_functions[rule.endpoint])
        for method in rule.methods or ():
            yield (method.lower(), _path(rule)), opens_to(opening)


def opens_to(opening: Opening | None) -> str:
    """In words: "`operate`; own: `work`"."""
    if opening is None:
        return "anybody"
    own = _named(opening.own - opening.holders)
    parts = (_named(opening.holders), f"own: {own}" if own else "", "" if opening.for_tokens else "not tokens")
    return "; ".join(part for part in parts if part)


def _named(holders: frozenset[Holder]) -> str:
    if "everybody" in holders:
        return "everybody"
    return ", ".join(f"`{right}`" for right in get_args(Right) if right in holders)


def _names(app: Flask, blueprints: set[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """(method, path) → `user_tasks_complete`, after the function that answers."""
    for rule in app.url_map.iter_rules():
        blueprint, _, view = rule.endpoint.rpartition(".")
        if blueprint in blueprints:
            for method in rule.methods or ():
                yield (method.lower(), _path(rule)), f"{blueprint}_{view}".replace(" ", "_").rstrip("_")


def _path(rule: Rule) -> str:
    return rule.rule.replace("<uuid:", "{").replace("<", "{").replace(">", "}")
