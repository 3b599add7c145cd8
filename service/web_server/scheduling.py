"""Takes requests out of granian without a coroutine for each.

Granian calls an application of RSGI as a coroutine in an event loop. Measured, this costs 40 to 100 µs of processor time a
request, a third of what is around an answer: the request changes threads twice more. Granian's own scheduler of these calls is
replaced by one that hands the request on where it arrives. That uses two names of granian which are not documented; setup.cfg
holds its version.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import granian.server.mp
from granian._granian import CallbackScheduler

if TYPE_CHECKING:
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope

log = logging.getLogger(__name__)

#: Called for each request in the thread in which granian hands over: it must not wait.
Receiver = Callable[["Scope", "HTTPProtocol"], None]


def hand_to(receive: Receiver) -> None:
    """Requests of this process go there. Before granian makes its scheduler: `__rsgi_init__` is."""

    def scheduler(loop: Any, callback: Any, impl_asyncio: bool = False) -> _Scheduler:
        return _Scheduler(loop, receive)

    granian.server.mp._new_cbscheduler = scheduler  # type: ignore[attr-defined]


class _Scheduler(CallbackScheduler):
    def __new__(cls, loop: Any, receive: Receiver) -> _Scheduler:
        return super().__new__(cls, loop, receive, None, None, None)  # type: ignore[call-arg]

    def __init__(self, loop: Any, receive: Receiver) -> None:
        super().__init__()

        def schedule(watcher: Any) -> None:
            # Nobody above can take an exception.
            try:
                receive(watcher.scope, watcher.proto)
            except Exception:
                log.exception("a request could not be taken")
                watcher.proto.response_empty(500, [("Connection", "close")])

        self._schedule_fn = schedule
