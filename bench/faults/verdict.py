"""The verdict on a case: every judge is asked, when nobody works any more."""

from __future__ import annotations

import time
from collections.abc import Iterator

from bench.faults.judges import JUDGES, audited
from bench.faults.judges.counts import numbers
from bench.faults.judges.evidence import Evidence
from bench.faults.ledger import Ledger
from bench.faults.report import Finding
from bench.faults.stage import Stage
from engine.store import Database, open_database

__all__ = ["audit_findings", "findings", "numbers", "settle"]


def settle(stage: Stage, seconds: float = 120) -> None:
    """Until nothing runs any more, or until the time is over: then the verdict says what is left.

    Mails get ten seconds more; those of a worker that was killed wait for a quarter of an hour, and nobody for them.
    """
    until = time.monotonic() + seconds
    database = open_database(stage.url)
    while time.monotonic() < until:
        found = numbers(database)
        if not found["running"] and not found["due"]:
            until = min(until, time.monotonic() + 10)
            if not found["mails"]:
                break
        time.sleep(0.2)
    database.close()


def findings(stage: Stage, ledger: Ledger | None = None) -> list[Finding]:
    """None means that nothing was lost and nothing was done twice."""
    database = open_database(stage.url)
    evidence = Evidence(database, ledger, stage.receiver.calls, stage.postbox.letters, stage.disturbances)
    try:
        return [*stage.answers.wrong, *_judged(evidence)]
    finally:
        database.close()


def audit_findings(database: Database) -> list[Finding]:
    """Of the audit alone: for a copy of the tables."""
    return [Finding("audit", sentence) for sentence in audited.judge(Evidence(database))]


def _judged(evidence: Evidence) -> Iterator[Finding]:
    for name, judge in JUDGES.items():
        for sentence in judge(evidence):
            yield Finding(name, sentence)
