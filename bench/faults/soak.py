"""Hours of ordinary work: the service must not grow, get slower or lose anything while nothing is broken."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.faults.errands import Load
from bench.faults.kills import judged
from bench.faults.report import Report
from bench.faults.service import resident
from bench.faults.stage import Stage, stage
from bench.faults.verdict import numbers
from engine.store import Database, open_database

#: Parts of the time; the first one is warming up, the second is compared with the last.
PARTS = 5
SAMPLES = 60
#: In the last part memory may be so many times what it was in the second, and so much of the rate has to be left.
GROWTH, RATE = 1.25, 0.5
#: Below so many minutes what a process has kept says little.
SHORT = 10


@dataclass(frozen=True)
class Sample:
    """`memory` in bytes, of all processes of the service; `errands` that were over, after so many seconds."""

    seconds: float
    memory: int
    errands: int


def soak(size: int, database: str, minutes: float = 30) -> Report:
    """`size` clients work for `minutes`, with two web servers and two workers."""
    with stage(database) as here:
        here.serve(2)
        here.work(2)
        load = Load(here, size)
        load.start()
        began = time.monotonic()
        opened = open_database(here.url)
        samples = []
        while time.monotonic() - began < minutes * 60 and not load.findings:
            time.sleep(minutes * 60 / SAMPLES)
            samples.append(_sample(here, opened, time.monotonic() - began))
        opened.close()
        report = judged("soak", here, load, size, began)
        if len(samples) >= 2 * PARTS:
            _compare(report, samples, minutes)
        return report


def _sample(here: Stage, database: Database, seconds: float) -> Sample:
    memory = sum(resident(process.pids()[0]) for process in here.service.running)
    return Sample(seconds, memory, numbers(database)["echoes"])


def _compare(report: Report, samples: Sequence[Sample], minutes: float) -> None:
    length = len(samples) // PARTS
    early, late = samples[length : 2 * length], samples[-length:]
    memory = [median(sample.memory for sample in part) for part in (early, late)]
    rates = [(part[-1].errands - part[0].errands) / max(part[-1].seconds - part[0].seconds, 1e-9) for part in (early, late)]
    report.add("memory of the service", f"{memory[0] / 2**20:.0f} -> {memory[1] / 2**20:.0f} MiB")
    report.add("errands a second", f"{rates[0]:.1f} -> {rates[1]:.1f}")
    if minutes >= SHORT:
        report.must(memory[1] <= GROWTH * memory[0], f"The service has grown by {memory[1] / memory[0] - 1:.0%}.")
        report.must(rates[1] >= RATE * rates[0], "The service has become slower.")
