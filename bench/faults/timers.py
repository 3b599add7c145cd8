"""Eight hours of downtime: very many timers are due when four workers come back."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg

from bench.faults.copies import copy
from bench.faults.report import Report
from bench.faults.stage import Stage, stage
from bench.faults.verdict import findings

WORKERS = 4
SECONDS = 60.0
#: Each worker takes a hundred at a time, and one may be as slow as the others together.
DISORDER = 2 * WORKERS * 100

#: How far a timer's place among the fired ones is from its place among the due ones, at most.
_DISORDER = """
with fired as (
  select row_number() over (order by h.at, h.process_instance_id) as place, row_number() over (order by c.older desc) as due
  from history h join copied c on c.id = h.process_instance_id where h.version = 2)
select max(abs(place - due)) from fired"""
_ONCE = "select count(*), count(distinct process_instance_id) from history where version > 1"


def timers(size: int, database: str, **staging: Any) -> Report:
    """`size` timers due over the last eight hours, on PostgreSQL."""
    with stage("postgresql", **staging) as here:
        here.serve(1)
        original = UUID(here.client().send("POST", "/api/v1/process-definitions/alarm/start", {"variables": {}})[1]["id"])
        with psycopg.connect(here.url, autocommit=True) as connection:
            copy(connection, original, size, timedelta(hours=8))
            connection.execute("update timer set due_at = now() - older from copied where copied.id = process_instance_id")
            seconds = _fired(here, connection)
            report = _counted(connection, size, seconds)
        here.service.stop()
        report.hold(findings(here))
        return report


def _fired(here: Stage, connection: psycopg.Connection) -> float:
    """From the start of the workers until none of the copies has a timer any more."""
    here.work(WORKERS)
    began, rate_from = time.monotonic(), 0.0
    while time.monotonic() - began < 10 * SECONDS:
        row = connection.execute("select count(*), (select count(*) from copied) from timer where due_at <= now()").fetchone()
        assert row is not None
        if row[0] == 0:
            break
        if row[0] == row[1]:
            rate_from = time.monotonic() - began
        time.sleep(0.5)
    print(f"  the workers needed {rate_from:.1f} s to start", flush=True)
    return time.monotonic() - began


def _counted(connection: psycopg.Connection, size: int, seconds: float) -> Report:
    report = Report("timers", size)
    fired, instances = connection.execute(_ONCE).fetchone() or (0, 0)
    disorder = (connection.execute(_DISORDER).fetchone() or (0,))[0]
    report.add("all fired after", f"{seconds:.1f} s, {size / seconds:,.0f}/s with {WORKERS} workers, their start included")
    report.add("farthest from the order in which they were due", f"{disorder:,} places")
    report.must(fired == instances == size, f"{fired} firings of {instances} instances, {size} expected.", "effects")
    report.must(disorder <= DISORDER, f"A timer fired {disorder:,} places from its own.", "order")
    report.must(seconds <= SECONDS, f"It took longer than {SECONDS:.0f} seconds.")
    return report
