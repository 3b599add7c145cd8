"""What the engine's own audit finds."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from bench.faults.judges.evidence import Evidence
from engine.operating.audit import audit
from engine.store.process_instances import process_instance

#: Process instances that are audited one by one, chosen at random where there are more: each takes milliseconds.
MOST = 4_000
_SAMPLE = select(process_instance.c.id).order_by(func.random()).limit(MOST)


def judge(evidence: Evidence) -> Iterator[str]:
    with evidence.database.engine.connect() as connection:
        ids = [row.id for row in connection.execute(_SAMPLE)]
    for found in audit(evidence.database, evidence.organisation, ids):
        yield f"{found.invariant} {found.process_instance_id}: {found.sentence}"
