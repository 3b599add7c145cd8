"""What a person does to a process instance itself: cancelling, changing variables, moving."""

from __future__ import annotations

from uuid import UUID

from engine import access
from engine.access import InstanceVerb
from engine.facts.errors import Conflict
from engine.facts.sentences import Sentence
from engine.steps.advancing import Deed, advance, attempts
from engine.steps.failed_steps import Failed, refuse
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork


def advance_by_hand(work: UnitOfWork, id: UUID, deed: Deed, *, to: InstanceVerb) -> ProcessInstance:
    """The process instance afterwards. Refuses: NotFound, NotAllowed, what `advance` refuses, StepRefused."""
    for locked in attempts(work):
        stored = access.process_instance_with_state(work, id, to=to, locked=locked)
        try:
            instance = advance(work, stored, deed)
        except Failed as failed:
            refuse(work, failed, name=failed.instance.title)
        if instance is not None:
            return instance
    raise Conflict(what=Sentence("'{title}'", title=stored.row.title))
