"""The event loop of a process that answers. Granian hands every callback to it, also those that need no loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import Context
from typing import Any


class AtOnce:
    """A callback that whoever has the result calls: it may be called by any thread, and must not wait. Through the loop one more
    thread would be woken for each request that has a body."""

    __slots__ = ("_call",)

    def __init__(self, call: Callable[[Any], None]) -> None:
        self._call = call

    def __call__(self, result: Any) -> None:
        self._call(result)


class Loop(asyncio.SelectorEventLoop):
    """Calls what is `AtOnce` where it is; everything else as it does."""

    def call_soon_threadsafe(  # type: ignore[override]
        self, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> Any:
        if isinstance(callback, AtOnce):
            return callback(*args)
        return super().call_soon_threadsafe(callback, *args, context=context)
