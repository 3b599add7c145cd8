"""kill -9 of random web and worker processes under load; and immediate restarts of PostgreSQL."""

from __future__ import annotations

import random
import time

from bench.faults.errands import Load
from bench.faults.report import Report
from bench.faults.service import wait_for
from bench.faults.stage import Stage, stage
from bench.faults.verdict import findings, numbers, settle
from engine.store import open_database


def kills(size: int, database: str, transitions: int = 0, pause: float = 1.0, clients: int = 6) -> Report:
    """`size` kills, about every `pause` seconds, of any process of two web servers and two workers; then on to `transitions`."""
    with stage(database, job_lease_seconds="15", job_threads="4") as here:
        here.serve(2)
        here.work(2)
        load = Load(here, clients)
        load.start()
        began = time.monotonic()
        for _ in range(size):
            time.sleep(pause * random.uniform(0.5, 1.5))
            random.choice(here.service.running).kill_one()
        while load.ledger.transitions < transitions and not load.faults:
            time.sleep(1)
        return _judged("kills", here, load, size, began)


def restarts(size: int, database: str, clients: int = 6) -> Report:
    """`size` immediate shutdowns of PostgreSQL, each followed by a start; how long until the service is ready again."""
    with stage("postgresql", job_lease_seconds="15") as here:
        assert here.cluster is not None
        here.serve(2)
        here.work(2)
        load = Load(here, clients)
        load.start()
        began, slowest = time.monotonic(), 0.0
        for _ in range(size):
            time.sleep(random.uniform(3, 6))
            here.cluster.stop()
            time.sleep(random.uniform(0.2, 2))
            here.cluster.start()
            slowest = max(slowest, *(wait_for(port, "/readyz") for port in here.ports))
        report = _judged("restarts", here, load, size, began)
        report.add("ready again after, at most", f"{slowest:.1f} s")
        report.must(slowest <= 10, "The service was not ready again within 10 seconds.")
        report.must(not any(process.deaths for process in here.service.running), "A process of the service died.")
        return report


def _judged(name: str, here: Stage, load: Load, size: int, began: float) -> Report:
    load.finish()
    settle(here)
    seconds = time.monotonic() - began
    here.service.stop()
    report = Report(name, size)
    database = open_database(here.url)
    counted = numbers(database)
    database.close()
    report.add("transitions", f"{counted['transitions']:,} in {seconds:.0f} s")
    report.add("answers", ", ".join(f"{status}: {count:,}" for status, count in sorted(here.answers.statuses.items())))
    report.add("longest wait of a client", f"{here.answers.longest:.1f} s")
    report.add("calls of the receiver", f"{sum(here.receiver.calls.values()):,} for {counted['jobs']:,} jobs")
    for sentence in (*load.faults, *findings(here, load.ledger)):
        report.must(False, sentence)
    return report
