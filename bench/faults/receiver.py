"""The other side of a connector: keeps who called with which Idempotency-Key, what and when; can be away, and can take long."""

from __future__ import annotations

import contextlib
import json
import threading
import time
import uuid
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: One call in so many is answered after `LONG` seconds, so that kills and takeovers find calls on their way.
SLOW_ONES, LONG = 16, 1.5


@dataclass(frozen=True, slots=True)
class Call:
    """`at` is when it came, by the clock of this machine; `receipt` is what it was answered, of no other call."""

    key: str
    at: float
    body: Any
    receipt: str


class Receiver:
    """Answers a receipt on every path. `/away` refuses with 503 until `is_back`."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.away: list[Call] = []
        self.is_back = False
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                receipt = str(uuid.uuid4())
                call = Call(self.headers["Idempotency-Key"], time.time(), json.loads(content), receipt)
                if self.path == "/away" and not receiver.is_back:
                    receiver.away.append(call)
                    self.send_error(503)
                    return
                receiver.calls.append(call)
                if len(receiver.calls) % SLOW_ONES == 1:
                    time.sleep(LONG)
                answer = json.dumps({"receipt": receipt}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

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
