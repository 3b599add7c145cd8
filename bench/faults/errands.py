"""The load: people who start errands and do their steps, while workers call a receiver, wait for timers and pass messages on.

An errand has two user tasks; between them lie a job, a script, a timer and a message that begins an echo, which sends a mail. One
in eight is refused at its first step and ends there. What was sent is read back before the next step.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections import deque
from collections.abc import Callable

from bench.faults.ledger import PEOPLE, Errand, Ledger
from bench.faults.report import Finding
from bench.faults.stage import Stage

#: Errands a client has open at the same time.
WINDOW = 20
#: How long the workers get for what lies between the steps before somebody looks, in seconds.
REST = 0.4
#: An errand whose next step is not there after so many seconds is a finding.
PATIENCE = 150.0


class Load:
    """`clients` threads that begin errands until there are `most`, or until `finish`; that lets every errand come to its end.

    `receiver` is the path that their jobs call.
    """

    def __init__(
        self, stage: Stage, clients: int, *, most: int | None = None, patience: float = PATIENCE, receiver: str = "/"
    ) -> None:
        self.ledger = Ledger()
        self.findings: list[Finding] = []
        self._stage = stage
        self._most = most
        self._patience = patience
        self._receiver = receiver
        self._is_finishing = threading.Event()
        self._threads = [threading.Thread(target=self._run) for _ in range(clients)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        """Ends what has begun, and begins nothing new, unless so many are wanted."""
        self._is_finishing.set()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        try:
            Clerk(self._stage, self.ledger, self._patience, self._is_enough, self._receiver).run()
        except BaseException as fault:
            self.findings.append(Finding("load", f"A client gave up: {fault!r}"))

    def _is_enough(self) -> bool:
        return self._is_finishing.is_set() if self._most is None else len(self.ledger.errands) >= self._most


class Clerk:
    """One client: begins errands, and goes on with those that it has begun."""

    def __init__(self, stage: Stage, ledger: Ledger, patience: float, is_enough: Callable[[], bool], receiver: str) -> None:
        self._stage = stage
        self._ledger = ledger
        self._patience = patience
        self._is_enough = is_enough
        self._receiver = stage.receiver.url(receiver)
        self._clients = {person: stage.client(person) for person in PEOPLE}
        self._waiting: deque[tuple[Errand, float, float]] = deque()

    def run(self) -> None:
        while self._waiting or not self._is_enough():
            if len(self._waiting) < WINDOW and not self._is_enough():
                self._wait_for(self._begun())
                continue
            errand, looked_at, since = self._waiting.popleft()
            time.sleep(max(0.0, looked_at + REST - time.monotonic()))
            done = len(errand.tasks)
            self._go_on(errand)
            if errand.is_over:
                continue
            if len(errand.tasks) > done:
                self._wait_for(errand)
            elif time.monotonic() - since < self._patience:
                self._waiting.append((errand, time.monotonic(), since))
            else:
                errand.given_up = f"its next step was not there within {self._patience:.0f} seconds"

    def _wait_for(self, errand: Errand) -> None:
        now = time.monotonic()
        self._waiting.append((errand, now, now))

    def _begun(self) -> Errand:
        errand = Errand(self._ledger.next_number(), str(uuid.uuid4()), self._receiver)
        body = {"businessKey": errand.key, "variables": {"key": errand.key, "receiver": errand.receiver}}
        for _ in range(2 if errand.is_started_twice else 1):
            path, headers = "/api/v1/process-definitions/errand/start", {"Idempotency-Key": errand.key}
            status, answer = self._clients["ann"].send("POST", path, body, headers=headers)
            if status not in (200, 201):
                raise RuntimeError(f"A start was answered {status}: {answer}")
            if errand.instance not in ("", answer["id"]):
                self._blame(f"The same start again was answered with another process instance: {answer['id']}", "effects")
            errand.instance = answer["id"]
        self._ledger.add(errand)
        return errand

    def _go_on(self, errand: Errand) -> None:
        """Does the step that is open. Where none is, the workers are still at it."""
        _, page = self._clients["ann"].send("GET", f"/api/v1/user-tasks?processInstanceId={errand.instance}&status=open")
        for task in page["items"]:
            element = errand.steps[len(errand.tasks)]
            if element == "first":
                self._claim(errand, task["id"])
            self._read_back(errand, task["id"], element)
            path = f"/api/v1/user-tasks/{task['id']}/complete"
            status, answer = self._clients[errand.person(element)].send("POST", path, errand.submission(element))
            if status not in (200, 409):
                raise RuntimeError(f"A completion was answered {status}: {answer}")
            errand.tasks[element] = task["id"]

    def _claim(self, errand: Errand, task: str) -> None:
        """Whoever else tries to complete it is refused."""
        person = errand.person("first")
        status, answer = self._clients[person].send("POST", f"/api/v1/user-tasks/{task}/claim", {})
        if status not in (200, 409):
            raise RuntimeError(f"A claim was answered {status}: {answer}")
        if status == 200 and errand.is_contested:
            other = next(each for each in PEOPLE if each != person)
            body = {**errand.submission("first"), "comment": "not mine"}
            status, _ = self._clients[other].send("POST", f"/api/v1/user-tasks/{task}/complete", body)
            if status not in (403, 404, 409):
                self._blame(f"{person} has claimed a task, and {other} was answered {status} when completing it.")

    def _read_back(self, errand: Errand, task: str, element: str) -> None:
        status, answer = self._clients["ann"].send("GET", f"/api/v1/user-tasks/{task}/variables")
        if status != 200:
            return
        sent = {"key": errand.key, "receiver": errand.receiver}
        if element == "second":
            sent |= {**errand.submission("first")["variables"], "decision": errand.outcome}
        lacking = {name: answer.get(name) for name, value in sent.items() if answer.get(name) != value}
        if lacking:
            self._blame(f"The step {element} of {errand.key} reads {lacking}.", "values")

    def _blame(self, sentence: str, judge: str = "people") -> None:
        self._stage.answers.blame(sentence, judge)
