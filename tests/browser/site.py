"""The service under test: its address, and the worker's loops, called when a test says so."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from service.background import deliver_messages, fire_due_timers, run_jobs
from service.parts import Parts

LOOPS = (fire_due_timers.run_once, deliver_messages.run_once, run_jobs.run_once)


@dataclass(frozen=True)
class Site:
    address: str
    parts: Parts
    app: Flask

    def work(self) -> None:
        """Until nothing is due any more."""
        while any([loop(self.parts) for loop in LOOPS]):
            pass
