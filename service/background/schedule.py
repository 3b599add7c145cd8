"""The ticker of a worker: the only file that knows APScheduler. It keeps nothing: due work is found in our own tables."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from engine.actor import SYSTEM
from engine.errors import Unavailable
from service.background import deliver_messages, fire_due_timers, prune, run_jobs
from service.parts import Parts
from service.store import background_ticks

log = logging.getLogger(__name__)

#: A loop that always finds more gives the others a turn, and its tick a sign of life, after so many rounds.
MOST_ROUNDS = 50
PRUNE_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Loop:
    """One loop body, called again as long as it finds something to do."""

    name: str
    run_once: Callable[[Parts], int]
    seconds: float


def loops(seconds: float) -> tuple[Loop, ...]:
    """All loops of a worker; `seconds` between two looks for due work."""
    return (
        Loop("run_jobs", run_jobs.run_once, seconds),
        Loop("fire_due_timers", fire_due_timers.run_once, seconds),
        Loop("deliver_messages", deliver_messages.run_once, seconds),
        Loop("prune", prune.run_once, PRUNE_SECONDS),
    )


def tick(parts: Parts, loop: Loop) -> int:
    """One beat of one loop. Trouble is logged and tried again with the next beat: a worker never dies of its work."""
    done = 0
    try:
        for _ in range(MOST_ROUNDS):
            found = loop.run_once(parts)
            done += found
            if not found:
                break
        with parts.begin(SYSTEM) as work:
            background_ticks.tick(work, loop.name)
    except Unavailable as refusal:
        log.warning("the worker waits", extra={"loop": loop.name, "why": str(refusal)})
    except Exception:
        log.exception("a loop of the worker failed", extra={"loop": loop.name})
    return done


class Worker:
    """Ticks from `start` to `stop`."""

    def __init__(self, parts: Parts, chosen: Sequence[Loop] | None = None) -> None:
        self.parts = parts
        self.loops = chosen or loops(parts.settings.tick_seconds)
        self._scheduler = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(len(self.loops))},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )

    def start(self) -> None:
        now = datetime.now(UTC)
        for loop in self.loops:
            self._scheduler.add_job(tick, "interval", (self.parts, loop), seconds=loop.seconds, id=loop.name, next_run_time=now)
        self._scheduler.start()

    def stop(self) -> None:
        """What is being done is finished first."""
        self._scheduler.shutdown(wait=True)


def work_until(stopped: threading.Event, parts: Parts) -> None:
    """A worker process: ticks until told to stop."""
    worker = Worker(parts)
    worker.start()
    stopped.wait()
    worker.stop()
