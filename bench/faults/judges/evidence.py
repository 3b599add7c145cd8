"""What a judge may look at: the tables, what came out of the service, and what the load was answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bench.faults.ledger import Errand, Ledger
from bench.faults.postbox import Letter
from bench.faults.receiver import Call
from engine.facts.actor import SYSTEM
from engine.steps.restoring import restored
from engine.store import Database, process_instances
from engine.store.history import history
from engine.store.process_instances import process_instance
from engine.store.unit_of_work import unit_of_work
from service.identity.organisation import Organisation
from service.identity.snapshot import OrganisationSnapshot


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the history."""

    at: datetime
    actor: str
    verb: str
    element: str | None
    events: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Evidence:
    """`ledger` is None where the load was another one than errands; `disturbances` are moments, by the clock of this machine."""

    database: Database
    ledger: Ledger | None = None
    calls: Sequence[Call] = ()
    letters: Sequence[Letter] = ()
    disturbances: Sequence[float] = field(default_factory=tuple)

    @property
    def errands(self) -> tuple[Errand, ...]:
        """Those whose end is known."""
        return () if self.ledger is None else tuple(errand for errand in self.ledger.all() if errand.is_over)

    @property
    def approved(self) -> tuple[Errand, ...]:
        return tuple(errand for errand in self.errands if not errand.is_refused)

    def was_disturbed(self, since: float, until: float) -> bool:
        return any(since <= moment <= until for moment in self.disturbances)

    @cached_property
    def organisation(self) -> Organisation:
        return OrganisationSnapshot(self.database).current()

    @cached_property
    def echoes(self) -> dict[str, list[UUID]]:
        """Process instances that a message began, by business key."""
        found: dict[str, list[UUID]] = {}
        query = select(process_instance.c.business_key, process_instance.c.id).where(process_instance.c.key == "echo")
        with self.database.engine.connect() as connection:
            for row in connection.execute(query):
                found.setdefault(row.business_key, []).append(row.id)
        return found

    def variables(self, instance: UUID) -> dict[str, Any] | None:
        """As the saved state has them; None when there is no such process instance."""
        with unit_of_work(self.database, SYSTEM, directory=self.organisation) as work:
            stored = process_instances.find_with_state(work, instance)
            return None if stored is None else dict(restored(work, stored).variables)

    def histories(self) -> Iterator[tuple[UUID, list[Transition]]]:
        """Each process instance with its transitions, in order."""
        columns = history.c
        names = (columns.process_instance_id, columns.at, columns.actor, columns.verb, columns.element, columns.events)
        query = select(*names).order_by(columns.process_instance_id, columns.version)
        current, found = None, list[Transition]()
        with self.database.engine.connect() as connection:
            for id, *values in connection.execute(query):
                if id != current and found:
                    yield current, found  # type: ignore[misc]
                    found = []
                current = id
                found.append(Transition(*values))
        if found and current is not None:
            yield current, found
