"""What WSGI knows of a request, out of what granian knows of it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
    from granian.rsgi import Scope
    from werkzeug.exceptions import HTTPException

_ALWAYS = {
    "SCRIPT_NAME": "",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    # The body is there as a whole: it ends where it ends.
    "wsgi.input_terminated": True,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}
#: By the names of headers that were met; those that nobody knows are not kept.
_NAMES = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
_NAMES_KEPT = 500


def environ(scope: Scope, body: bytes | Callable[[], HTTPException]) -> WSGIEnvironment:
    """Names with an underscore are left out: `X_Forwarded_For` would stand where the proxy's `X-Forwarded-For` does."""
    found: dict[str, Any] = dict(_ALWAYS)
    found["REQUEST_METHOD"] = scope.method
    found["PATH_INFO"] = scope.path.encode().decode("latin-1")
    found["QUERY_STRING"] = scope.query_string
    found["REMOTE_ADDR"] = _host(scope.client)
    found["SERVER_NAME"], found["SERVER_PORT"] = _host(scope.server), scope.server.rpartition(":")[2]
    found["wsgi.url_scheme"] = scope.scheme
    for name, value in scope.headers.items():
        key = _NAMES.get(name) or _key(name)
        if key in found:
            value = f"{found[key]}{';' if key == 'HTTP_COOKIE' else ','}{value}"
        if key:
            found[key] = value
    if "HTTP_HOST" not in found and scope.authority:
        found["HTTP_HOST"] = scope.authority
    if isinstance(body, bytes):
        found["wsgi.input"] = io.BytesIO(body)
        if body or "CONTENT_LENGTH" in found:
            found["CONTENT_LENGTH"] = str(len(body))
    else:
        found["wsgi.input"] = Missing(body)
    return found


class Missing(io.RawIOBase):
    """In place of a body that has not come: who reads it raises why."""

    def __init__(self, why: Callable[[], HTTPException]) -> None:
        self._why = why

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        raise self._why()

    def readinto(self, buffer: Any) -> int:
        raise self._why()

    def readline(self, size: int | None = -1) -> bytes:
        raise self._why()


def _key(name: str) -> str:
    """Empty for a name that is left out."""
    if "_" in name:
        return ""
    key = "HTTP_" + name.upper().replace("-", "_")
    if len(_NAMES) < _NAMES_KEPT and len(name) < 100:
        _NAMES[name] = key
    return key


def _host(address: str) -> str:
    """Without its port: `127.0.0.1:8080`, `[::1]:8080`."""
    return address.rpartition(":")[0].strip("[]")
