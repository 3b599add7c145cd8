"""Small bodies are handed on by the thread that has them: the loop is not asked."""

from __future__ import annotations

import threading
from contextlib import closing

from service.web_server.loop import AtOnce, Loop


def test_what_need_not_wait_for_the_loop_is_called_where_it_is() -> None:
    called: list[tuple[str, int]] = []
    with closing(Loop()) as loop:
        loop.call_soon_threadsafe(AtOnce(lambda result: called.append((result, threading.get_ident()))), "there")
        assert called == [("there", threading.get_ident())]


def test_everything_else_is_called_by_the_loop() -> None:
    called: list[str] = []
    with closing(Loop()) as loop:
        loop.call_soon_threadsafe(called.append, "later")
        assert called == []
        loop.call_soon(loop.stop)
        loop.run_forever()
    assert called == ["later"]
