"""One loop of a worker: a thread that looks for work of one kind whenever it is woken, and sleeps in between."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from engine.facts.actor import SYSTEM
from engine.facts.errors import Unavailable
from engine.facts.pace import PaceOfLast
from engine.store import fault_texts
from engine.store.waking import Kind
from service.parts import Parts
from service.store import background_ticks

log = logging.getLogger(__name__)

#: A loop that always finds more leaves a sign of life after so many rounds.
MOST_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Loop:
    """One loop body, called again as long as it finds something to do."""

    name: str
    run_once: Callable[[Parts], int]
    #: Between two looks that nothing else asked for.
    seconds: float
    #: Which work left by others wakes it.
    hears: Kind | None = None
    #: When something is due that nobody will wake it for, in seconds from now; None when nothing is.
    seconds_to_next: Callable[[Parts], float | None] | None = None
    #: Waits for what its body has left running.
    finish: Callable[[], None] | None = None


class Runner:
    """The thread of one loop. Woken while it is at work, it looks once more: what came in between is not missed."""

    def __init__(self, parts: Parts, loop: Loop) -> None:
        self.loop = loop
        self._parts = parts
        self._woken = threading.Event()
        self._is_stopped = False
        self._signed_at: float | None = None
        self._pace = PaceOfLast()
        self._thread = threading.Thread(target=self._run, name=loop.name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        """What is being done is finished first."""
        self._is_stopped = True
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()
        if self.loop.finish is not None:
            self.loop.finish()

    def _run(self) -> None:
        patience: float | None = None
        while True:
            self._woken.wait(patience)
            if self._is_stopped:
                return
            self._woken.clear()
            self.tick()
            patience = self._patience()

    def tick(self) -> int:
        """One look. Trouble is logged and tried again at the next one: a worker never dies of its work."""
        done = 0
        try:
            done = self._look()
            self._leave_sign_of_life()
        except Unavailable as refusal:
            # A database that is away tells it for all loops.
            if not self._parts.database.outage.is_on and (times := self._times(refusal)):
                log.warning("the worker waits", extra={"loop": self.loop.name, "why": refusal, "times": times})
        except Exception as fault:
            if times := self._times(fault):
                log.exception("a loop of the worker failed", extra={"loop": self.loop.name, "times": times})
        return done

    def _times(self, fault: Exception) -> int:
        """How often it is told to have been met: at the first look, and not at each of the others that meet it."""
        return self._pace.times((type(fault).__name__, fault_texts.said(fault)))

    def _look(self) -> int:
        done = 0
        for _ in range(MOST_ROUNDS):
            found = self.loop.run_once(self._parts)
            done += found
            if not found or self._is_stopped:
                return done
        self._woken.set()
        return done

    def _leave_sign_of_life(self) -> None:
        """For each look on time; those in between need none."""
        now = time.monotonic()
        if self._signed_at is not None and now - self._signed_at < self.loop.seconds / 2:
            return
        with self._parts.begin(SYSTEM) as work:
            background_ticks.tick(work, self.loop.name)
        self._signed_at = now

    def _patience(self) -> float | None:
        if self.loop.seconds_to_next is None:
            return None
        try:
            return self.loop.seconds_to_next(self._parts)
        except Unavailable:
            return None
