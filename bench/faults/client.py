"""A client that does not give up: what it was not answered it sends again, to whichever web process answers."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.faults.report import Finding

#: A service that is not back after so many seconds is a finding.
PATIENCE = 60.0


@dataclass
class Answers:
    """What all clients together were answered."""

    statuses: Counter[str] = field(default_factory=Counter)
    #: Answers that must not be, with their first words.
    wrong: list[Finding] = field(default_factory=list)
    #: The longest time somebody was not answered, in seconds.
    longest: float = 0.0
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str) -> None:
        with self._guard:
            self.statuses[what] += 1

    def blame(self, sentence: str, judge: str = "answers") -> None:
        with self._guard:
            self.wrong.append(Finding(judge, sentence))

    def waited(self, seconds: float) -> None:
        with self._guard:
            self.longest = max(self.longest, seconds)


class Client:
    """One kept-alive connection to one of the ports."""

    def __init__(self, ports: Sequence[int], token: str, answers: Answers) -> None:
        self._ports = list(ports)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._answers = answers
        self._connection = self._new()

    def send(self, method: str, path: str, body: Any = None, *, headers: Mapping[str, str] | None = None) -> tuple[int, Any]:
        """The final answer: anything but no answer and 503. Sent again as often as that takes."""
        began = time.monotonic()
        while True:
            status, answer = self.once(method, path, body, headers=headers)
            if status not in (0, 503):
                self._answers.waited(time.monotonic() - began)
                return status, answer
            if time.monotonic() - began > PATIENCE:
                raise SystemExit(f"{method} {path} was not answered within {PATIENCE} seconds.")
            time.sleep(0.05)

    def once(self, method: str, path: str, body: Any = None, *, headers: Mapping[str, str] | None = None) -> tuple[int, Any]:
        """Sent one time; status 0 means that nobody answered."""
        content = None if body is None else json.dumps(body)
        try:
            self._connection.request(method, path, content, self._headers | dict(headers or {}))
            answer = self._connection.getresponse()
            text, kind = answer.read(), answer.getheader("Content-Type") or ""
        except (OSError, http.client.HTTPException):
            self._answers.count("no answer")
            self._connection.close()
            self._ports.append(self._ports.pop(0))
            self._connection = self._new()
            return 0, None
        self._answers.count(str(answer.status))
        if answer.status >= 500 and answer.status != 503:
            self._answers.blame(f"{answer.status} {method} {path}: {text[:300]!r}")
        return answer.status, json.loads(text) if text and "json" in kind else None

    def _new(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self._ports[0], timeout=40)
