"""Moving a process instance by hand: tokens are taken away here and begin there; or only telling what that would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from engine import access
from engine.bpmn import MovePlace, MoveTarget, StepFailed, TokenFacts
from engine.facts.errors import Invalid, StepRefused
from engine.facts.sentences import Sentence
from engine.steps.advancing import Deed, require_running
from engine.steps.by_hand import advance_by_hand
from engine.steps.commands import Move
from engine.steps.restoring import restored
from engine.store.process_instances import ProcessInstance, StoredInstance
from engine.store.unit_of_work import UnitOfWork

__all__ = ["MovePlace", "MoveTarget", "Preview", "move", "preview"]


@dataclass(frozen=True, slots=True)
class Preview:
    """Where the process instance is before and after: tokens that go, that stay, that are new. `ends` when none is left."""

    going: tuple[TokenFacts, ...]
    staying: tuple[TokenFacts, ...]
    coming: tuple[TokenFacts, ...]
    ends: bool


def move(work: UnitOfWork, id: UUID, *, cancel: Sequence[int | str], start: Sequence[MoveTarget], why: str) -> ProcessInstance:
    """Takes away the tokens with these numbers and everything at these elements, then begins at the targets, all in one step.

    Refuses: NotFound, NotAllowed, Invalid without a reason, MoveRefused when the model allows no such state, StepRefused when an
    element that is reached cannot be executed.
    """
    if not why.strip():
        raise Invalid(why=Sentence("say in a sentence why the process is moved."))

    deed = Deed(Move(cancel, start), element=start[0].element if start else None, why=why.strip())
    return advance_by_hand(work, id, deed, to="change")


def movable(work: UnitOfWork, id: UUID) -> StoredInstance:
    """The instance, for who may move it."""
    return access.process_instance_with_state(work, id, to="change")


def preview(work: UnitOfWork, stored: StoredInstance, *, cancel: Sequence[int | str], start: Sequence[MoveTarget]) -> Preview:
    """What `move` would do now; nothing is changed. Refuses as `move` does."""
    require_running(stored.row, "move")
    try:
        execution = restored(work, stored)
        before = execution.tokens()
        execution.move(cancel, start, work.now)
    except StepFailed as fault:
        raise StepRefused(name=stored.row.title, why=fault.cause, now=StepRefused.TRY_AGAIN) from fault
    after = execution.tokens()
    return Preview(
        going=tuple(token for token in before if token not in after),
        staying=tuple(token for token in before if token in after),
        coming=tuple(token for token in after if token not in before),
        ends=execution.is_ended,
    )
