"""Flask with a shorter way through each request: what this service never uses is not looked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, Response
from flask import Request as FlaskRequest
from flask.ctx import RequestContext
from flask.globals import _cv_request as _current
from flask.sessions import NullSession, SecureCookieSession, SecureCookieSessionInterface
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import MapAdapter

from engine.facts.errors import Invalid
from engine.facts.sentences import Sentence
from service import compression
from service.routing import Adapter, Shapes

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
    from flask.typing import ResponseReturnValue

#: Where no page is made that could show a message.
WITHOUT_MESSAGES = ("/api/", "/healthz", "/readyz", "/metrics", "/webhooks/")


class Request(FlaskRequest):
    """A request, with what is found out about it once. Its address and its fields are texts that a database can keep: in UTF-8,
    without NUL."""

    #: Who asks; set by service.identity.current.
    caller: Any = None
    #: The CSRF token as this answer says it, once it has been asked for.
    csrf_token: str = ""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        #: By time.perf_counter.
        self.began_at = time.perf_counter()

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """Refuses as `refuse_nul`."""
        try:
            found = super().args
        except UnicodeDecodeError:
            raise Invalid(why=Sentence("the address is not written in UTF-8.")) from None
        _without_nul(found)
        return found

    def _load_form_data(self) -> None:
        """The fields and files of a form. Refuses as `refuse_nul`."""
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        form, files = self.__dict__["form"], self.__dict__["files"]
        _without_nul(form)
        for name, file in files.items(multi=True):
            refuse_nul(name, str(file.filename))

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


def refuse_nul(name: str, text: str) -> None:
    """No text that anybody writes has it, and PostgreSQL cannot keep it."""
    if "\0" in text or "\0" in name:
        raise Invalid(why=Sentence("{name} contains the character NUL (U+0000). Remove it.", name=name.replace("\0", "␀")))


def _without_nul(fields: MultiDict[str, str]) -> None:
    for name, value in fields.items(multi=True):
        refuse_nul(name, value)


def current_request() -> Request:
    """The request itself: each look at a name of flask.request looks for it anew."""
    return cast(Request, _current.get().request)


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


class Context(RequestContext):
    """A request that is being answered; its view is found by the shape of its address."""

    def match_request(self) -> None:
        try:
            self.request.url_rule, self.request.view_args = cast(Adapter, self.url_adapter).find_view()  # type: ignore[assignment]
        except HTTPException as refused:
            self.request.routing_exception = refused


class Application(Flask):
    """Flask around this service's routes: without signals, and without functions around the views of one blueprint."""

    request_class = Request
    response_class = Answer
    session_interface = FlashedMessages()

    def __init__(self, *args: Any, **more: Any) -> None:
        self._shapes = Shapes()
        super().__init__(*args, **more)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view here is a coroutine, so nobody needs to look anew at each request whether one is."""
        return func

    def request_context(self, environ: WSGIEnvironment) -> Context:
        return Context(self, environ)

    def create_url_adapter(self, request: FlaskRequest | None) -> MapAdapter | None:
        if request is None:
            return super().create_url_adapter(None)
        return Adapter(self.url_map, cast(Request, request), self._shapes)

    def full_dispatch_request(self) -> Response:
        self._got_first_request = True
        try:
            answer = self.preprocess_request()
            if answer is None:
                answer = self.dispatch_request()
        except Exception as fault:
            answer = self.handle_user_exception(fault)
        return self.process_response(answer if isinstance(answer, Answer) else self.make_response(answer))

    def preprocess_request(self) -> ResponseReturnValue | None:
        for before in self.before_request_funcs[None]:
            answer = before()
            if answer is not None:
                return cast("ResponseReturnValue", answer)
        return None

    def process_response(self, response: Response) -> Response:
        context: RequestContext = _current.get()
        for after in (*context._after_request_functions, *self.after_request_funcs[None]):
            response = after(response)  # type: ignore[assignment]
        session = context._session
        if not isinstance(session, NullSession):
            self.session_interface.save_session(self, session, response)  # type: ignore[arg-type]
        return response

    def do_teardown_request(self, exc: BaseException | None = None) -> None:
        """Nothing here waits for the end of a request."""

    def do_teardown_appcontext(self, exc: BaseException | None = None) -> None:
        """Nor for that of its context."""
