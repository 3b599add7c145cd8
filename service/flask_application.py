"""Flask with a shorter way through each request: what this service never uses is not looked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, Response
from flask import Request as FlaskRequest
from flask.globals import request_ctx
from flask.sessions import NullSession, SecureCookieSession, SecureCookieSessionInterface
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import MapAdapter

from service import compression

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

#: Where no page is made that could show a message.
WITHOUT_MESSAGES = ("/api/", "/healthz", "/readyz", "/metrics", "/webhooks/")


class Request(FlaskRequest):
    """A request, with what is found out about it once."""

    #: Who asks; set by service.identity.current.
    caller: Any = None
    #: The CSRF token as this answer says it, once it has been asked for.
    csrf_token: str = ""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        #: By time.perf_counter.
        self.began_at = time.perf_counter()

    def body(self, most: int) -> bytes:
        """The whole body; of one that is longer than `most` bytes only a little more than that."""
        if "wsgi.input_terminated" not in self.environ or "_cached_data" in self.__dict__:
            return self.get_data()
        allowed = self.max_content_length
        content: bytes = self.environ["wsgi.input"].read(most + 1)
        if allowed is not None and len(content) > allowed:
            raise RequestEntityTooLarge
        self._cached_data = content
        return content


def current_request() -> Request:
    """The request itself: each look at a name of flask.request looks for it anew."""
    return cast(Request, request_ctx.request)


class Answer(Response):
    """What is there as a whole leaves as a list, so that the server sends it in one piece and need not ask for more; long texts
    are compressed."""

    def get_wsgi_response(self, environ: WSGIEnvironment) -> tuple[Iterable[bytes], str, list[tuple[str, str]]]:
        if environ["REQUEST_METHOD"] == "HEAD" or not self._is_whole():
            return super().get_wsgi_response(environ)
        body = list(self.iter_encoded())
        if len(body) == 1 and len(body[0]) >= compression.LEAST:
            body = [compression.encoded(body[0], self.headers, environ)]
        return body, self.status, self.headers.to_wsgi_list()

    def _is_whole(self) -> bool:
        """Complete, of known length, with a body and without an address in its headers that would have to be encoded."""
        if not isinstance(self.response, list) or self._on_close or "Content-Length" not in self.headers:
            return False
        return self.status_code == 200 or self.status_code >= 400


class FlashedMessages(SecureCookieSessionInterface):
    """Flask's own session carries a page's message over a redirect, nothing else: programs do without its cost."""

    def open_session(self, app: Flask, request: FlaskRequest) -> SecureCookieSession | None:
        return NullSession() if request.path.startswith(WITHOUT_MESSAGES) else super().open_session(app, request)


class Application(Flask):
    """Flask around this service's routes."""

    request_class = Request
    response_class = Answer
    session_interface = FlashedMessages()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view here is a coroutine, so nobody needs to look anew at each request whether one is."""
        return func

    def create_url_adapter(self, request: FlaskRequest | None) -> MapAdapter | None:
        """No route here depends on the host, so it is not taken apart."""
        if request is None:
            return super().create_url_adapter(None)
        query = request.query_string.decode(errors="replace")
        return MapAdapter(self.url_map, request.host, request.root_path, "", request.scheme, request.path, request.method, query)
