"""The composition root of the web process: the only place where the parts meet."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from engine.actor import SYSTEM
from engine.connectors import Connector, Http
from engine.connectors.addresses import networks
from engine.store import open_database
from engine.store.unit_of_work import unit_of_work
from service import web
from service.api import description, health, incoming_webhooks, metrics, problem, rest
from service.background.schedule import Worker
from service.encryption import SecretBox
from service.flask_application import Application
from service.forms.validation import FormValidator
from service.identity import current
from service.identity.current import Identity
from service.identity.snapshot import OrganisationSnapshot
from service.identity.token_memory import TokenMemory
from service.notifications.notify import Notify
from service.parts import Parts
from service.security_headers import SecurityHeaders
from service.settings import Settings
from service.web.errors import not_found_page


def create_app(settings: Settings | None = None, *, clock: Callable[[], datetime] | None = None) -> Flask:
    """A WSGI application: `gunicorn 'service.app:create_app()'` reads the environment. `clock` is for tests."""
    parts = assemble(settings or Settings.from_environment(os.environ), clock=clock)
    if parts.settings.with_worker:
        worker = Worker(parts)
        worker.start()
        atexit.register(worker.stop)
    return application(parts)


def assemble(settings: Settings, *, clock: Callable[[], datetime] | None = None) -> Parts:
    """The parts a web process and a worker share. The database must have been migrated."""
    database = open_database(settings.database_url, clock=clock)
    organisations = OrganisationSnapshot(database)
    connectors: tuple[Connector, ...] = (
        Http(networks(settings.connector_networks)),
        Notify(lambda: unit_of_work(database, SYSTEM, directory=organisations.current())),
    )
    return Parts(
        settings,
        database,
        organisations,
        SecretBox(settings.secret_key),
        FormValidator(),
        {connector.name: connector for connector in connectors},
    )


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
    app.before_request(current.authenticate)
    app.after_request(metrics.count)
    for routes in (health.routes, metrics.routes, incoming_webhooks.routes, description.routes):
        app.register_blueprint(routes)
    rest.register(app)
    web.register(app)
    app.register_error_handler(404, _unknown_address)
    return app


def _unknown_address(error: HTTPException) -> Response:
    """Browsers get a page, programs a problem."""
    wants_page = any(kind == "text/html" for kind, _ in request.accept_mimetypes)
    if request.method == "GET" and wants_page and not request.path.startswith(("/api/", "/webhooks/")):
        return not_found_page()
    return problem.of_http_exception(error)
