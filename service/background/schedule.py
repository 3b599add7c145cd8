"""The worker: its loops, the beat that makes them look, and the ear that hears when there is work in between.

The only file that knows APScheduler. It keeps nothing: due work is found in our own tables.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from engine.store import waking
from service.background import anchor, bring_back, deliver_messages, fire_due_timers, hand_on, look_at_keys, prune, send_mails
from service.background.loop import Loop, Runner
from service.background.run_jobs import Jobs
from service.parts import Parts
from service.settings import Settings

PRUNE_SECONDS = 3600.0
#: How often it is looked whether a day has begun.
ANCHOR_SECONDS = 900.0
#: An import does it at once; this is for what changes otherwise, such as the hour at which an import was broken off.
HAND_ON_SECONDS = 300.0
#: A secret key is changed by a restart; this is for a restore, and for a database that was away when the worker began.
KEYS_SECONDS = 300.0
#: How long what a clock has parked waits when the clock is right again.
BRING_BACK_SECONDS = 30.0


def loops(settings: Settings) -> tuple[Loop, ...]:
    """All loops of a worker."""
    seconds = settings.tick_seconds
    jobs = Jobs(settings.job_threads)
    return (
        Loop("run_jobs", jobs.run_once, seconds, hears="jobs", finish=jobs.finish),
        Loop(
            "fire_due_timers",
            fire_due_timers.run_once,
            seconds,
            hears="timers",
            seconds_to_next=fire_due_timers.seconds_to_next,
        ),
        Loop("deliver_messages", deliver_messages.run_once, seconds, hears="messages"),
        Loop("send_mails", send_mails.run_once, seconds),
        Loop("bring_back", bring_back.run_once, BRING_BACK_SECONDS),
        Loop("hand_on", hand_on.run_once, HAND_ON_SECONDS),
        Loop("anchor", anchor.run_once, ANCHOR_SECONDS),
        Loop("look_at_keys", look_at_keys.Keys().run_once, KEYS_SECONDS),
        Loop("prune", prune.run_once, PRUNE_SECONDS),
    )


class Worker:
    """Works from `start` to `stop`."""

    def __init__(self, parts: Parts, chosen: Sequence[Loop] | None = None) -> None:
        self.parts = parts
        self.runners = tuple(Runner(parts, loop) for loop in chosen or loops(parts.settings))
        self._stopped = threading.Event()
        self._ear = threading.Thread(target=self._listen, name="listener", daemon=True)
        self._scheduler = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )

    def start(self) -> None:
        now = datetime.now(UTC)
        for runner in self.runners:
            runner.start()
            name, seconds = runner.loop.name, runner.loop.seconds
            self._scheduler.add_job(runner.wake, "interval", seconds=seconds, id=name, next_run_time=now)
        self._scheduler.start()
        self._ear.start()

    def stop(self) -> None:
        """What is being done is finished first."""
        self._stopped.set()
        self._scheduler.shutdown(wait=True)
        for runner in self.runners:
            runner.stop()
        self._ear.join()

    def heard(self, kinds: Collection[str]) -> None:
        for runner in self.runners:
            if runner.loop.hears in kinds:
                runner.wake()

    def _listen(self) -> None:
        waking.listen(self.parts.database, self.parts.settings.listen_url, self.heard, self._stopped)


def work_until(stopped: threading.Event, parts: Parts) -> None:
    """A worker process: works until told to stop."""
    worker = Worker(parts)
    worker.start()
    stopped.wait()
    worker.stop()
