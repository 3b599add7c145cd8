"""Puts the routes under /api/v1, with their OpenAPI description and the one shape of errors."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Flask
from flask_smorest import Api
from werkzeug.exceptions import HTTPException

from engine.facts.errors import Refusal
from service.api import (
    attachments,
    conditions,
    decisions,
    deployments,
    incidents,
    jobs,
    messages,
    moves,
    openapi,
    people,
    problem,
    process_definitions,
    process_instances,
    secrets,
    sessions,
    tokens,
    user_tasks,
    webhook_endpoints,
)
from service.api.schemas.problems import ProblemDocument

PREFIX = "/api/v1"
ROUTES = (
    sessions.routes,
    user_tasks.routes,
    process_definitions.routes,
    process_instances.routes,
    moves.routes,
    deployments.routes,
    decisions.routes,
    attachments.routes,
    messages.routes,
    conditions.routes,
    incidents.routes,
    jobs.routes,
    webhook_endpoints.routes,
    secrets.routes,
    people.routes,
    tokens.routes,
)


class Description(Api):  # type: ignore[misc]
    """flask-smorest for describing only: the routes are Flask's, and errors have our shape."""

    ERROR_SCHEMA = ProblemDocument

    def _register_error_handlers(self) -> None:
        """`register` has done that."""


def register(app: Flask) -> None:
    """Adds the API to the application. It is described when somebody asks for it: that takes as long as all the rest."""
    app.config.update(API_TITLE="Liuzhuan 流转", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    app.register_error_handler(Refusal, problem.of_refusal)
    app.register_error_handler(HTTPException, problem.of_http_exception)
    app.register_error_handler(Exception, problem.of_exception)
    for routes in ROUTES:
        app.register_blueprint(routes, url_prefix=PREFIX + (routes.url_prefix or ""))
    app.extensions["liuzhuan.api"] = cache(lambda: described(app))


def described(app: Flask) -> dict[str, Any]:
    """The OpenAPI document of all routes."""
    api = Description(app, spec_kwargs={"servers": [{"url": "/"}]})
    for routes in ROUTES:
        routes.register_views_in_doc(api, app, api.spec, name=routes.name, parameters=None)
        api.spec.tag({"name": routes.name, "description": routes.description})
    return openapi.complete(app, api.spec.to_dict(), ROUTES)
