"""Clients that fall silent in the middle of a request, or do not read what is answered: the others are not held up."""

from __future__ import annotations

import http.client
import socket
import statistics
import time

from bench.faults.report import Report
from bench.faults.stage import stage

#: What each kind of client sends, and no more.
KINDS = {
    "heads": b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Le",
    "bodies": b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n{",
    "small bodies": b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{",
    "open-ended bodies": b"POST /webhooks/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
    "answers": b"GET /api/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n",
}
#: Looks at /healthz beside each kind.
LOOKS = 50
#: Seconds until what can be answered to them is.
SETTLED = 2.0


def slow(size: int, database: str) -> Report:
    """`size` connections of each kind, beside which /healthz is asked."""
    report = Report("slow", size)
    with stage(database) as here:
        here.serve(1)
        port = here.ports[0]
        for kind, sent in KINDS.items():
            connections = [_connected(port, sent) for _ in range(size)]
            time.sleep(SETTLED)
            spans = [_look(port) for _ in range(LOOKS)]
            for connection in connections:
                connection.close()
            answered = [span for span in spans if span is not None]
            report.must(len(answered) == LOOKS, f"{kind}: {LOOKS - len(answered)} of {LOOKS} looks were not answered.")
            if answered:
                report.add(kind, f"/healthz median {statistics.median(answered):.1f} ms, longest {max(answered):.1f} ms")
    return report


def _connected(port: int, sent: bytes) -> socket.socket:
    connection = socket.socket()
    # What is not read does not fit in here.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(10)
    connection.connect(("127.0.0.1", port))
    connection.sendall(sent)
    return connection


def _look(port: int) -> float | None:
    """Milliseconds, with the connection; None without an answer."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        is_well = connection.getresponse().status == 200
    except OSError:
        return None
    finally:
        connection.close()
    return (time.perf_counter() - began) * 1000 if is_well else None
