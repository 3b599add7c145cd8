"""The receiver of a connector is away: its jobs come back later and later and end as incidents; nobody else waits for them."""

from __future__ import annotations

import time
from typing import Any

import psycopg

from bench.faults.client import Client
from bench.faults.errands import Load
from bench.faults.kills import judged
from bench.faults.report import Report
from bench.faults.stage import Stage, stage
from bench.faults.verdict import findings

#: How long a job for a receiver that answers may take while the others fail.
SECONDS = 1.0

#: A minute of a pause becomes a second, once; `worker` is empty between two tries, and the next one writes its own name there.
_SHORTEN = """
update job set due_at = now() + (due_at - now()) / 60, worker = 'shortened'
 where status = 'open' and worker is null and attempts > 0 and due_at > now()"""
_WAITING = "select id from job where status = 'open' and attempts > 0"


def outage(size: int, database: str) -> Report:
    """`size` jobs for a receiver that is away, with two tries each; meanwhile, one by one, jobs for another receiver."""
    with stage("postgresql") as here, psycopg.connect(here.url, autocommit=True) as connection:
        here.serve(1)
        here.work(1)
        client = here.client()
        _call(here, client, "/")
        _wait(connection, "select count(*) = 1 from process_instance where status = 'ended'")
        for _ in range(size):
            _call(here, client, "/away")
        took = sorted(_time_of_another(here, client, connection) for _ in range(20))
        report = Report("outage", size)
        report.add("jobs for another receiver meanwhile", f"median {took[10]:.2f} s, longest {took[-1]:.2f} s")
        report.must(took[10] <= SECONDS, "Jobs for another receiver were held up.")
        _wait(connection, "select count(*) = 0 from job where status = 'open'", 120)
        away = connection.execute("select count(*) from incident where resolved_at is null").fetchone() or (0,)
        report.add("calls in vain", f"{len(here.receiver.away):,}")
        report.add("incidents", f"{away[0]:,}")
        report.must(away[0] == size, f"{away[0]} incidents, {size} expected.")
        report.must(len(here.receiver.away) == 2 * size, "A job was not tried exactly twice.")
        _repair_all(here, client, connection)
        _wait(connection, "select count(*) = 0 from process_instance where status <> 'ended'", 60)
        here.service.stop()
        here.answers.wrong.clear()
        report.hold(findings(here))
        return report


def away(size: int, database: str, minutes: float = 60) -> Report:
    """`size` errands whose receiver is away for `minutes`, of which each lasts a second; then all go on by themselves.

    Time is made short by shortening each pause between two tries when it has been set.
    """
    with stage("postgresql") as here, psycopg.connect(here.url, autocommit=True) as connection:
        here.serve(1)
        here.work(1)
        load = Load(here, 3, most=size, patience=minutes + 120, receiver="/away")
        load.start()
        began = time.monotonic()
        while time.monotonic() - began < minutes:
            connection.execute(_SHORTEN)
            time.sleep(0.2)
        here.receiver.is_back = True
        while connection.execute(_WAITING).fetchone():
            connection.execute(_SHORTEN)
            time.sleep(0.2)
        report = judged("away", here, load, size, began)
        report.add("calls in vain", f"{len(here.receiver.away):,} within {minutes:.0f} minutes of a second each")
        report.must(len(here.receiver.away) >= 2 * len(load.ledger.approved), "The jobs were hardly tried again.")
        return report


def _call(here: Stage, client: Client, path: str) -> str:
    body = {"variables": {"receiver": here.receiver.url(path)}}
    return str(client.send("POST", "/api/v1/process-definitions/call/start", body)[1]["id"])


def _time_of_another(here: Stage, client: Client, connection: psycopg.Connection) -> float:
    began = time.monotonic()
    instance = _call(here, client, "/")
    _wait(connection, f"select status = 'ended' from process_instance where id = '{instance}'", pause=0.01)
    time.sleep(0.1)
    return time.monotonic() - began - 0.1


def _repair_all(here: Stage, client: Client, connection: psycopg.Connection) -> None:
    """The receiver is back: every incident is retried by hand."""
    here.receiver.is_back = True
    for row in connection.execute("select id from incident where resolved_at is null").fetchall():
        status, answer = client.send("POST", f"/api/v1/incidents/{row[0]}/retry", {})
        assert status in (200, 204), answer


def _wait(connection: psycopg.Connection, query: Any, seconds: float = 60, pause: float = 0.1) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        row = connection.execute(query).fetchone()
        if row is not None and row[0]:
            return
        time.sleep(pause)
