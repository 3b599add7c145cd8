"""The web process: Flask around the parts."""

from __future__ import annotations

import atexit
import logging
import os
from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from engine.store.poolers import STATEMENT_SECONDS
from service import web
from service.api import description, health, incoming_webhooks, metrics, problem, rest
from service.assembling import assemble
from service.background.schedule import Worker
from service.flask_application import Application, refuse_nul
from service.identity import current
from service.identity.current import Identity
from service.identity.token_memory import TokenMemory
from service.log_lines import write_json_lines
from service.parts import Parts
from service.security_headers import SecurityHeaders
from service.settings import Settings
from service.web.errors import not_found_page

__all__ = ["application", "assemble", "create_app"]


def create_app(settings: Settings | None = None, *, clock: Callable[[], datetime] | None = None) -> Flask:
    """A WSGI application: `gunicorn 'service.app:create_app()'` reads the environment. `clock` is for tests."""
    parts = assemble(settings or Settings.from_environment(os.environ), clock=clock, statement_seconds=STATEMENT_SECONDS)
    if not logging.root.handlers:
        # Under another server nobody has said how to log, and Python would write stacks as they are.
        write_json_lines(parts.settings.log_level)
    if parts.settings.with_worker:
        worker = Worker(parts)
        worker.start()
        atexit.register(worker.stop)
    return application(parts)


def application(parts: Parts) -> Flask:
    """Flask around the parts."""
    app = Application("service", static_folder=None, template_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=parts.settings.largest_request,
        MAX_FORM_PARTS=1_000,
        MAX_FORM_MEMORY_SIZE=1_000_000,
        SECRET_KEY=parts.settings.secret_key or None,
        SESSION_COOKIE_NAME="liuzhuan-messages",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=parts.settings.is_https,
    )
    app.extensions["liuzhuan"] = parts
    tokens = TokenMemory(parts.settings.token_memory_seconds)
    app.extensions["liuzhuan.identity"] = Identity(parts.database, parts.organisations, parts.settings, tokens)
    app.wsgi_app = SecurityHeaders(app.wsgi_app, is_https=parts.settings.is_https)  # type: ignore[method-assign]
    if parts.settings.trusted_proxies:
        hops = parts.settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.before_request(_refuse_unwritable_address)
    app.before_request(current.authenticate)
    app.after_request(metrics.count)
    for routes in (health.routes, metrics.routes, incoming_webhooks.routes, description.routes):
        app.register_blueprint(routes)
    rest.register(app)
    web.register(app)
    app.register_error_handler(404, _unknown_address)
    return app


def _refuse_unwritable_address() -> None:
    """Parts of the path are asked for in tables."""
    refuse_nul("path", request.path)


def _unknown_address(error: HTTPException) -> Response:
    """Browsers get a page, programs a problem."""
    wants_page = any(kind == "text/html" for kind, _ in request.accept_mimetypes)
    if request.method == "GET" and wants_page and not request.path.startswith(("/api/", "/webhooks/")):
        return not_found_page()
    return problem.of_http_exception(error)
