"""Errands while nothing is broken; kill -9 of random web and worker processes under load; immediate restarts of PostgreSQL."""

from __future__ import annotations

import random
import time
from typing import Any

from bench.faults.errands import Load
from bench.faults.report import Report
from bench.faults.service import wait_for
from bench.faults.stage import Stage, stage
from bench.faults.verdict import findings, numbers, settle
from engine.store import open_database

#: The server writes by itself as late as it can: what a commit did not wait for is lost, not only perhaps.
LAZY = {"wal_writer_delay": "10s"}


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
            here.disturb()
            random.choice(here.service.running).kill_one()
        while load.ledger.transitions < transitions and not load.findings:
            time.sleep(1)
        return judged("kills", here, load, size, began)


def errands(size: int, database: str, patience: float = 60, clients: int = 3, **staging: Any) -> Report:
    """`size` errands with one process, web server and worker. One whose next step is not there within `patience` is a finding."""
    with stage(database, with_worker="yes", **staging) as here:
        here.serve(1)
        load = Load(here, clients, most=size, patience=patience)
        load.start()
        began = time.monotonic()
        return judged("errands", here, load, size, began, patience)


def restarts(size: int, database: str, clients: int = 6, **staging: Any) -> Report:
    """`size` immediate shutdowns of PostgreSQL, each followed by a start; how long until the service is ready again."""
    with stage("postgresql", cluster_settings=LAZY, job_lease_seconds="15", **staging) as here:
        assert here.cluster is not None
        here.serve(2)
        here.work(2)
        load = Load(here, clients)
        load.start()
        began, slowest = time.monotonic(), 0.0
        for _ in range(size):
            time.sleep(random.uniform(3, 6))
            here.disturb()
            here.cluster.stop()
            time.sleep(random.uniform(0.2, 2))
            here.cluster.start()
            slowest = max(slowest, *(wait_for(port, "/readyz") for port in here.ports))
        report = judged("restarts", here, load, size, began)
        report.add("ready again after, at most", f"{slowest:.1f} s")
        report.must(slowest <= 10, "The service was not ready again within 10 seconds.")
        report.must(not any(process.deaths for process in here.service.running), "A process of the service died.")
        return report


def judged(name: str, here: Stage, load: Load, size: int, began: float, patience: float = 120) -> Report:
    """Lets the load come to its end, stops the service, and asks every judge."""
    load.finish()
    settle(here, patience)
    seconds = time.monotonic() - began
    here.service.stop()
    report = Report(name, size)
    database = open_database(here.url)
    counted = numbers(database)
    database.close()
    report.add("transitions", f"{counted['transitions']:,} in {seconds:.0f} s")
    report.add("answers", ", ".join(f"{status}: {count:,}" for status, count in sorted(here.answers.statuses.items())))
    report.add("longest wait of a client", f"{here.answers.longest:.1f} s")
    for what, arrivals in (("calls of the receiver", here.receiver.calls), ("mails", here.postbox.letters)):
        report.add(what, f"{len(arrivals):,} with {len({arrival.key for arrival in arrivals}):,} keys")
    report.hold((*load.findings, *findings(here, load.ledger)))
    return report
