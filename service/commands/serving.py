"""Granian around the application: one process that supervises, and workers that answer."""

from __future__ import annotations

import multiprocessing
import os
import socket
from collections.abc import Callable

from service.app import create_app
from service.commands.readiness import tell_when_ready
from service.settings import Settings
from service.web_server.front import Front
from service.web_server.server import run


def serve(host: str, port: int, *, workers: int, threads: int, when_ready: Callable[[], None]) -> None:
    """Until Ctrl-C or SIGTERM. The workers read the settings from the environment."""
    # A process, not a thread: granian forks its workers, and a lock that a thread holds at that moment is never released in them.
    multiprocessing.get_context("fork").Process(target=tell_when_ready, args=(host, port, when_ready), daemon=True).start()
    run(lambda: _front(threads), host, port, workers=workers)


def _front(threads: int) -> Front:
    """In a process that answers. The modules that it needs were imported by the one it was forked from."""
    settings = Settings.from_environment(os.environ)
    return Front(create_app(settings), threads=threads, largest_request=settings.largest_request)


def free_port(host: str, wanted: int) -> int:
    """The wanted port or the next one that is free; 0 asks for any."""
    for port in range(wanted, wanted + 100) if wanted else (0,):
        try:
            return bound(host, port)
        except OSError:
            continue
    raise OSError(f"no free port from {wanted} on")


def bound(host: str, port: int) -> int:
    """The port, after a moment at which this process had it for itself alone. Raises OSError when another one has it: granian
    shares it with whoever is there already, who may be of another release, or of another company."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        return int(probe.getsockname()[1])


def hand_over(settings: dict[str, str]) -> None:
    """Settings for the workers, which are started with this environment."""
    os.environ.update(settings)
