"""Granian with a front in each of its processes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, cast

from granian import loops
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

from service.web_server import limits
from service.web_server.front import Front
from service.web_server.loop import Loop


def run(front: Callable[[], Front], host: str, port: int, *, workers: int, head_seconds: float = limits.HEAD_SECONDS) -> None:
    """Until Ctrl-C or SIGTERM. `front` is called in each of the `workers` processes, which are forked from this one."""
    # What granian calls `auto` is what it takes.
    loops.register("auto")(Loop)
    server = MPServer(
        "liuzhuan",
        interface=Interfaces.RSGI,
        address=host,
        port=port,
        workers=workers,
        # Where both versions of HTTP are taken, a connection that sends nothing has all the time there is.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=int(head_seconds * 1000)),
        websockets=False,
        backpressure=limits.connections(),
        # The service must not look up a hostile Host; the log is ours.
        log_enabled=logging.getLogger().isEnabledFor(logging.DEBUG),
        workers_kill_timeout=20,
        # One that was killed, for want of memory for example, is replaced; the others answer meanwhile.
        respawn_failed_workers=True,
    )
    server.serve(target_loader=cast("Callable[..., Callable[..., Any]]", front), wrap_loader=False)
