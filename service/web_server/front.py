"""Hands requests that have arrived to threads, and what Flask answers back to granian."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from service.web_server import limits, scheduling
from service.web_server.bodies import Bodies, Request
from service.web_server.environ import environ

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope

log = logging.getLogger(__name__)


class Front:
    """An application of RSGI around one of WSGI: `threads` requests are answered at the same time, the others wait.

    `largest_request` and `held_bytes` are bytes of bodies, of one and of all large ones; `body_seconds` is the time for each.
    """

    def __init__(
        self,
        application: WSGIApplication,
        *,
        threads: int,
        largest_request: int,
        body_seconds: float = limits.BODY_SECONDS,
        held_bytes: int = limits.HELD_BYTES,
    ) -> None:
        self._application = application
        self._threads = threads
        self._largest, self._seconds, self._held = largest_request, body_seconds, held_bytes
        self._waiting: queue.SimpleQueue[Request] = queue.SimpleQueue()

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """In the process that answers, before the first request."""
        bodies = Bodies(loop, self._waiting.put, largest=self._largest, seconds=self._seconds, most=self._held)
        scheduling.hand_to(lambda scope, protocol: bodies.receive(Request(scope, protocol)))
        for number in range(self._threads):
            threading.Thread(target=self._answer_all, args=(bodies,), name=f"request {number}", daemon=True).start()

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """What granian would call for each request, a coroutine with two more changes of thread: see scheduling."""
        raise NotImplementedError

    def _answer_all(self, bodies: Bodies) -> None:
        while True:
            request = self._waiting.get()
            try:
                self._answer(request)
            except Exception:
                log.exception("a request could not be answered")
                request.protocol.response_empty(500, [("Connection", "close")])
            finally:
                bodies.release(request)
                # Not held while this thread waits: the connection is closed when nobody has what is left of its body.
                del request

    def _answer(self, request: Request) -> None:
        started = _Started()
        answer = self._application(environ(request.scope, request.body), started)
        try:
            content = _whole(answer)
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
        if not isinstance(request.body, bytes):
            # The rest of it may still come; it is not the next request.
            started.headers.append(("Connection", "close"))
        request.protocol.response_bytes(started.status, started.headers, content)


class _Started:
    """WSGI's start_response: keeps what the answer begins with."""

    __slots__ = ("headers", "status")

    def __init__(self) -> None:
        self.status = 500
        self.headers: list[tuple[str, str]] = []

    def __call__(self, status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        self.status = int(status[:3])
        self.headers = headers


def _whole(answer: Iterable[bytes]) -> bytes:
    """Granian sends it from memory: no thread waits for who reads it."""
    if isinstance(answer, list) and len(answer) == 1:
        return bytes(answer[0])
    return b"".join(answer)
