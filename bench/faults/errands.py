"""The load: people who start errands and do their steps, while workers call a receiver, wait for timers and pass messages on.

An errand has two user tasks; between them lie a job, a timer and a message that begins an echo: six transitions in two instances.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections import deque
from dataclasses import dataclass, field

from bench.faults.client import Client
from bench.faults.stage import Stage

TRANSITIONS = 6
#: Errands a client has open at the same time.
WINDOW = 20
#: How long the workers get for what lies between the steps before somebody looks, in seconds.
REST = 0.4


@dataclass
class Ledger:
    """What the service has said to be done."""

    started: dict[str, str] = field(default_factory=dict)
    completed: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def transitions(self) -> int:
        """At least so many."""
        return len(self.started) + len(self.completed) + (TRANSITIONS - 3) * len(self.ended)

    def add(self, *, started: tuple[str, str] | None = None, completed: str = "", ended: str = "") -> None:
        with self._guard:
            if started:
                self.started[started[0]] = started[1]
            if completed:
                self.completed.add(completed)
            if ended:
                self.ended.add(ended)


@dataclass
class Errand:
    key: str
    instance: str
    step: int = 0
    not_before: float = 0.0


class Load:
    """`clients` threads that go on until `finish`, which lets every errand come to its end."""

    def __init__(self, stage: Stage, clients: int, *, most: int | None = None) -> None:
        self.ledger = Ledger()
        self._stage = stage
        self._most = most
        self._is_finishing = threading.Event()
        self._threads = [threading.Thread(target=self._run) for _ in range(clients)]
        self.faults: list[str] = []

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        """Begins nothing new, ends what has begun."""
        self._is_finishing.set()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        client, waiting = self._stage.client(), deque[Errand]()
        try:
            while waiting or not self._is_finishing.is_set():
                if len(waiting) < WINDOW and not self._is_finishing.is_set() and not self._is_enough():
                    waiting.append(self._begin(client))
                elif waiting:
                    errand = waiting.popleft()
                    time.sleep(max(0.0, errand.not_before - time.monotonic()))
                    if not self._go_on(client, errand):
                        waiting.append(errand)
                else:
                    time.sleep(0.05)
        except BaseException as fault:
            self.faults.append(f"A client gave up: {fault!r}")

    def _is_enough(self) -> bool:
        return self._most is not None and len(self.ledger.started) >= self._most

    def _begin(self, client: Client) -> Errand:
        key = str(uuid.uuid4())
        body = {"businessKey": key, "variables": {"key": key, "receiver": self._stage.receiver.url()}}
        status, answer = client.send("POST", "/api/v1/process-definitions/errand/start", body, headers={"Idempotency-Key": key})
        if status not in (200, 201):
            raise RuntimeError(f"A start was answered {status}: {answer}")
        self.ledger.add(started=(key, answer["id"]))
        return Errand(key, answer["id"])

    def _go_on(self, client: Client, errand: Errand) -> bool:
        """Whether the errand is over. Where no task is open yet, the workers are still at it."""
        _, page = client.send("GET", f"/api/v1/user-tasks?processInstanceId={errand.instance}&status=open")
        for task in page["items"]:
            status, answer = client.send("POST", f"/api/v1/user-tasks/{task['id']}/complete", {"variables": {}})
            if status not in (200, 409):
                raise RuntimeError(f"A completion was answered {status}: {answer}")
            self.ledger.add(completed=task["id"])
            errand.step += 1
        errand.not_before = time.monotonic() + REST
        if errand.step < 2:
            return False
        self.ledger.add(ended=errand.key)
        return True
