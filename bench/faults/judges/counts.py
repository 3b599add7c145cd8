"""How many there are of everything, held against what was answered as done."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text

from bench.faults.judges.evidence import Evidence
from engine.store import Database

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
    "mails": "select count(*) from notification where mail_due_at is not null",
}


def numbers(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        return {name: int(connection.execute(text(query)).scalar_one()) for name, query in _NUMBERS.items()}


def judge(evidence: Evidence) -> Iterator[str]:
    if evidence.ledger is None:
        return
    counted, echoes = numbers(evidence.database), len(evidence.ledger.approved)
    expected = {
        "errands": len(evidence.ledger.all()),
        "echoes": echoes,
        "completed": sum(len(errand.tasks) for errand in evidence.ledger.all()),
        "jobs": 2 * echoes,
        "versions": counted["transitions"],
        "running": 0,
        "incidents": 0,
        "due": 0,
    }
    for name, number in expected.items():
        if counted[name] != number:
            yield f"{name}: {counted[name]} in the tables, {number} expected."
    for errand in evidence.ledger.all():
        if errand.given_up:
            yield f"{errand.key}: {errand.given_up}."
