"""The execution of a stored process instance: restored when somebody first asks for it, once for all who ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.bpmn import Execution, StateRefused, StepFailed, restore
from engine.steps.host import StoredHost
from engine.store.process_instances import StoredInstance
from engine.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class _Restored:
    """What a StoredInstance keeps for the next who asks."""

    execution: Execution
    host: StoredHost


def restored(work: UnitOfWork, stored: StoredInstance) -> Execution:
    """In memory, as it was saved. A state that cannot be read is a StepFailed: somebody has to look at it."""
    return _restored(work, stored).execution


def answers(work: UnitOfWork, stored: StoredInstance) -> Sequence[dict[str, Any]]:
    """What the surroundings have told the execution since it was restored, in order."""
    return _restored(work, stored).host.answers


def _restored(work: UnitOfWork, stored: StoredInstance) -> _Restored:
    if isinstance(stored.restored, _Restored):
        return stored.restored
    host = StoredHost(work, stored.row.definition_id)
    try:
        stored.restored = found = _Restored(restore(stored.state, host=host), host)
    except StateRefused as fault:
        raise StepFailed(fault.sentence) from fault
    return found
