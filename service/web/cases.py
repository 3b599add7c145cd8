"""A process instance as a page shows it. Each part is read when it is first asked for, once for all rooms of the page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from engine import process_instances
from engine.definitions import process_definitions
from engine.definitions.process_definitions import ProcessDefinition
from engine.operating import incidents
from engine.operating.incidents import Incident
from engine.process_instances import ProcessInstance, Record, StoredInstance, Transition
from engine.store.unit_of_work import UnitOfWork

#: Changes read. Of a process with more the first ones are shown: one that went round so often has all of its path marked by then.
CHANGES = 1000


class Case:
    """Made from what the gate has granted; it lives as long as the unit of work."""

    def __init__(self, work: UnitOfWork, stored: StoredInstance) -> None:
        self.work = work
        self.stored = stored
        self._definitions: dict[UUID, ProcessDefinition] = {}

    @property
    def instance(self) -> ProcessInstance:
        return self.stored.row

    @cached_property
    def record(self) -> Record:
        return process_instances.record(self.work, self.instance)

    @cached_property
    def changes(self) -> tuple[Transition, ...]:
        """In order, with all values."""
        return process_instances.history(self.work, self.instance, limit=CHANGES)

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """The open ones; nothing is read where there are none."""
        return incidents.of_instance(self.work, self.instance) if self.instance.has_incidents else ()

    @property
    def definition(self) -> ProcessDefinition:
        """Its own."""
        return self.definition_of(self.instance.definition_id)

    def read_definitions(self, ids: Iterable[UUID]) -> None:
        """Several at once, before they are asked for one by one."""
        self._definitions |= process_definitions.several(self.work, {*ids} - self._definitions.keys())

    def definition_of(self, id: UUID) -> ProcessDefinition:
        """Its own, or that of a called process."""
        if id not in self._definitions:
            self._definitions[id] = process_definitions.get(self.work, id)
        return self._definitions[id]
