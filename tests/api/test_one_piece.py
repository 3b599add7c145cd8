"""How a request comes in and an answer goes out, as the server sees it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder

from service.app import application, assemble
from service.parts import Parts
from service.sent_json import LARGEST_JSON


def answer(app: Flask, path: str, method: str = "GET", **environ: Any) -> tuple[str, dict[str, str], Any]:
    """Status, headers and body, as a WSGI server gets them."""
    told: list[Any] = []
    asked: dict[str, Any] = {
        **EnvironBuilder(path, method=method, headers=[("Authorization", "Bearer lz_alice")]).get_environ(),
        **environ,
    }
    body = app.wsgi_app(asked, lambda status, headers, *_: told.extend((status, dict(headers))))  # type: ignore[arg-type]
    return told[0], told[1], body


def posted(app: Flask, body: bytes) -> str:
    """The status of a body whose length was not told."""
    environ = {"wsgi.input": io.BytesIO(body), "wsgi.input_terminated": True, "CONTENT_TYPE": "application/json"}
    return answer(app, "/api/v1/messages", "POST", **environ)[0]


def test_an_answer_goes_out_in_one_piece_with_its_length(app: Flask) -> None:
    for path in ("/healthz", "/api/v1/user-tasks", "/api/v1/nothing", "/sign-in"):
        _, headers, body = answer(app, path)
        assert isinstance(body, list)
        assert int(headers["Content-Length"]) == len(b"".join(body)) > 0


def test_who_asks_for_the_head_gets_no_body_but_its_length(app: Flask) -> None:
    status, headers, body = answer(app, "/healthz", "HEAD")
    assert status == "200 OK"
    assert (int(headers["Content-Length"]) > 0, b"".join(body)) == (True, b"")


def test_the_address_of_a_redirect_is_encoded(app: Flask) -> None:
    status, headers, _ = answer(app, "/", HTTP_AUTHORIZATION="", HTTP_ACCEPT="text/html")
    assert status.startswith("302")
    assert headers["Location"].isascii()


def test_a_body_of_untold_length_is_read_and_limited(app: Flask) -> None:
    assert posted(app, b'{"name": "x"}').startswith("403")
    assert posted(app, b'{"name": "' + b"x" * LARGEST_JSON).startswith("413")


def test_the_largest_request_holds_for_json_too(parts: Parts) -> None:
    other = assemble(replace(parts.settings, largest_request=100))
    try:
        assert posted(application(other), b'{"name": "x"}').startswith("403")
        assert posted(application(other), b'{"name": "' + b"x" * 200).startswith("413")
    finally:
        other.close()
