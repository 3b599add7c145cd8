"""The two judges after a case: the audit of the engine, and the ledger of the load against the tables."""

from __future__ import annotations

import time
from collections.abc import Iterator

from sqlalchemy import func, select, text

from bench.faults.errands import Ledger
from bench.faults.stage import Stage
from engine.operating.audit import audit
from engine.store import Database, open_database
from engine.store.process_instances import process_instance
from service.identity.snapshot import OrganisationSnapshot

_ONCE = text("select business_key, count(*) from process_instance where key = :key group by business_key having count(*) <> 1")
#: Instances that are audited one by one.
MOST_AUDITED = 4_000
_SAMPLE = select(process_instance.c.id).order_by(func.random()).limit(MOST_AUDITED)
_NUMBERS = {
    "transitions": "select count(*) from history",
    "versions": "select coalesce(sum(version), 0) from process_instance",
    "errands": "select count(*) from process_instance where key = 'errand'",
    "echoes": "select count(*) from process_instance where key = 'echo'",
    "completed": "select count(*) from user_task where status = 'completed'",
    "jobs": "select count(*) from job where status = 'completed'",
    "running": "select count(*) from process_instance where status <> 'ended'",
    "incidents": "select count(*) from incident where resolved_at is null",
    "due": "select count(*) from outbox where done_at is null",
}


def numbers(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        return {name: int(connection.execute(text(query)).scalar_one()) for name, query in _NUMBERS.items()}


def settle(stage: Stage, seconds: float = 120) -> None:
    """Until nothing runs any more, or until the time is over: then the verdict says what is left."""
    until = time.monotonic() + seconds
    database = open_database(stage.url)
    while time.monotonic() < until:
        found = numbers(database)
        if not found["running"] and not found["due"]:
            break
        time.sleep(0.5)
    database.close()


def findings(stage: Stage, ledger: Ledger | None = None) -> list[str]:
    """Sentences; none means that nothing was lost and nothing was done twice. Nobody works any more meanwhile."""
    database = open_database(stage.url)
    try:
        found = audited(database)
        found += [f"answer: {sentence}" for sentence in stage.answers.wrong[:20]]
        if ledger is not None:
            found += list(_compared(stage, database, ledger))
        return found
    finally:
        database.close()


def audited(database: Database) -> list[str]:
    """What the audit finds; of very many process instances it looks at a random part, because each takes milliseconds."""
    with database.engine.connect() as connection:
        ids = [row.id for row in connection.execute(_SAMPLE)]
    found = audit(database, OrganisationSnapshot(database).current(), ids)
    return [f"audit: {each.invariant} {each.process_instance_id}: {each.sentence}" for each in found]


def _compared(stage: Stage, database: Database, ledger: Ledger) -> Iterator[str]:
    counted = numbers(database)
    with database.engine.connect() as connection:
        for key in ("errand", "echo"):
            for row in connection.execute(_ONCE, {"key": key}):
                yield f"{key} {row[0]} is there {row[1]} times."
    expected = {
        "errands": len(ledger.started),
        "echoes": len(ledger.ended),
        "completed": len(ledger.completed),
        "jobs": len(ledger.ended),
        "versions": counted["transitions"],
        "running": 0,
        "incidents": 0,
        "due": 0,
    }
    for name, number in expected.items():
        if counted[name] != number:
            yield f"{name}: {counted[name]} in the tables, {number} expected."
    if len(stage.receiver.calls) != counted["jobs"]:
        yield f"The receiver was called with {len(stage.receiver.calls)} keys for {counted['jobs']} jobs."
