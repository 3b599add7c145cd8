"""What every answer tells the browser. A page may be stricter; only the page around a file allows more: a frame of ours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Cache-Control", "no-store"),
)
#: A year; only where the service is reached by https.
STRICT_TRANSPORT_SECURITY = ("Strict-Transport-Security", "max-age=31536000")


class SecurityHeaders:
    """Around the whole application, so that no answer leaves without them, whoever made it."""

    def __init__(self, application: WSGIApplication, *, is_https: bool) -> None:
        self._application = application
        self._headers = (*HEADERS, STRICT_TRANSPORT_SECURITY) if is_https else HEADERS

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            given = {name for name, _ in headers}
            return start_response(status, headers + [header for header in self._headers if header[0] not in given], *error)

        return self._application(environ, start)
