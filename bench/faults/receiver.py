"""The other side of a connector: counts who called with which Idempotency-Key; can be away, and can hang."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """Answers on every path. `/away` refuses with 503 until `is_back`, `/hang` takes ten seconds."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.away: list[float] = []
        self.is_back = False
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if self.path == "/away" and not receiver.is_back:
                    receiver.away.append(time.monotonic())
                    self.send_error(503)
                    return
                if self.path == "/hang":
                    time.sleep(10)
                receiver.calls[self.headers["Idempotency-Key"]] += 1
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def handle(self) -> None:
                """A caller that was killed hears no answer."""
                with contextlib.suppress(ConnectionError):
                    super().handle()

            def log_message(self, format: str, *arguments: Any) -> None:
                """Nothing: there are too many."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}{path}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
