"""Bodies of requests that are still coming. Granian collects them, without a thread, until a deadline."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge, RequestTimeout, ServiceUnavailable

from service.web_server import limits
from service.web_server.loop import AtOnce

if TYPE_CHECKING:
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope


#: Makes what is raised for who reads a body that did not come. Made when it is raised: an exception keeps the frames that it
#: passed, and with them the connection open.
Why = Callable[[], HTTPException]

_TOO_MUCH = partial(ServiceUnavailable, retry_after=5)


@dataclass(slots=True)
class Request:
    """One request. `body` is what came, or why it did not; `held` are its bytes that count against the budget."""

    scope: Scope
    protocol: HTTPProtocol
    body: bytes | Why = b""
    held: int = 0


class Bodies:
    """`largest` in bytes; `seconds` for each body as a whole, from its head on; `most` bytes of large ones at the same time.

    A request's `receive` and `release` are called once, by any thread; by any thread `arrived` is called.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        arrived: Callable[[Request], None],
        *,
        largest: int,
        seconds: float,
        most: int,
    ) -> None:
        self._loop = loop
        self._arrived = arrived
        self._largest = largest
        self._seconds = seconds
        self._left = most
        self._lock = threading.Lock()
        #: Small bodies with the moment each has to be there, the oldest first: all have the same time.
        self._coming: dict[Any, float] = {}
        self._sweep()

    def receive(self, request: Request) -> None:
        """`arrived` is called with it: at once when there is no body, otherwise when it has come, or will never come."""
        headers = request.scope.headers
        length = headers.get("content-length")
        if "transfer-encoding" in headers:
            self._begin_counting(request, None)
        elif length is None or length == "0":
            self._arrived(request)
        elif int(length) > self._largest:
            request.body = RequestEntityTooLarge
            self._arrived(request)
        elif int(length) > limits.SMALL_BODY:
            self._begin_counting(request, int(length))
        else:
            self._collect(request)

    def release(self, request: Request) -> None:
        """It is answered."""
        if request.held:
            with self._lock:
                self._left += request.held

    def _collect(self, request: Request) -> None:
        coming: Any = request.protocol()
        self._coming[coming] = time.monotonic() + self._seconds

        # It must not name what it is called with: granian's object would hold itself in memory for ever.
        def done(come: Any) -> None:
            self._coming.pop(come, None)
            request.body = _outcome(come)
            self._arrived(request)

        coming.add_done_callback(AtOnce(done))

    def _sweep(self) -> None:
        now = time.monotonic()
        for coming, until in list(self._coming.items()):
            if until > now:
                break
            coming.cancel()
        self._loop.call_later(min(1.0, self._seconds / 4), self._sweep)

    def _begin_counting(self, request: Request, length: int | None) -> None:
        asyncio.run_coroutine_threadsafe(self._count(request, length), self._loop)

    async def _count(self, request: Request, length: int | None) -> None:
        """A large body, or one that does not say its length: piece by piece."""
        try:
            async with asyncio.timeout(self._seconds):
                request.body = await self._pieces(request, length)
        except TimeoutError:
            request.body = RequestTimeout
        self._arrived(request)

    async def _pieces(self, request: Request, length: int | None) -> bytes | Why:
        pieces: list[bytes] = []
        ends = 0
        async for piece in request.protocol:
            # Granian says the end, and a connection that breaks, by an empty piece each: two are a body that broke off.
            ends += not piece
            if request.held + len(piece) > self._largest:
                return RequestEntityTooLarge
            if not self._take(len(piece)):
                return _TOO_MUCH
            request.held += len(piece)
            pieces.append(piece)
        if ends > 1 or (length is not None and request.held != length):
            return BadRequest
        return b"".join(pieces)

    def _take(self, count: int) -> bool:
        with self._lock:
            if count > self._left:
                return False
            self._left -= count
            return True


def _outcome(coming: Any) -> bytes | Why:
    if coming.cancelled():
        return RequestTimeout
    try:
        return bytes(coming.result())
    except RuntimeError:
        # The connection broke.
        return BadRequest
