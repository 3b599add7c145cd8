"""What a test reads of a process instance, by its id."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from engine import process_instances
from engine.bpmn import TokenFacts
from engine.store.unit_of_work import UnitOfWork


def variables_of(work: UnitOfWork, id: UUID) -> dict[str, Any]:
    return process_instances.variables(work, process_instances.get_with_state(work, id))


def tokens_of(work: UnitOfWork, id: UUID) -> tuple[TokenFacts, ...]:
    return process_instances.tokens(work, process_instances.get_with_state(work, id))
