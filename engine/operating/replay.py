"""Doing everything again that was asked of a process instance, from nothing, and comparing it with what is stored.

The log says what was asked, when, and what came from outside: values, results of scripts and decisions, versions of called
processes. The rest follows from the model, the company's time zone and the calendar of working days, which are those of today.
What nothing follows from cannot be held against anything: who did it, at which moment where no time is asked for, what they said
about it, and how a decision came to its answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from uuid import UUID

from engine import access
from engine.bpmn import MoveRefused, NotWaiting, StepFailed
from engine.facts.errors import Invalid
from engine.facts.sentences import Sentence, verbatim
from engine.operating.answering_host import GoesAnotherWay
from engine.operating.repeated_change import Repetition
from engine.steps.restoring import restored
from engine.store import history, process_definitions
from engine.store.history import Transition
from engine.store.process_instances import ProcessInstance, StoredInstance
from engine.store.unit_of_work import UnitOfWork

__all__ = ["Difference", "NotReplayable", "Replayed", "replay"]

#: Changes read at a time.
_PAGE = 500

#: Of the row of a process instance: this follows from other rows.
_OTHERWISE_KEPT = {"has_incidents"}

_OTHER_STATE = Sentence("The state that is stored is not the one that its log leads to.")
_UNREADABLE = Sentence("The log cannot be read from here on.")
_GAP = Sentence("A change is missing in the log before this one.")


class NotReplayable(Invalid):
    """The process instance {id} cannot be done again: it began before its log kept what was asked of it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the repetition goes another way: at the change that made `version`, or in what is stored at the end."""

    version: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Replayed:
    """`steps` were done again, the last one too that differs; `difference` is the first one, None when there is none."""

    steps: int
    difference: Difference | None


def replay(work: UnitOfWork, id: UUID) -> Replayed:
    """In memory; nothing is changed. For who operates. Refuses: NotFound, NotAllowed, NotReplayable."""
    access.right(work, "operate", to=Sentence("replay process instances"))
    stored = access.process_instance_with_state(work, id, to="see")
    definition = process_definitions.find(work, stored.row.definition_id)
    if definition is None:
        raise NotReplayable(id=str(id))
    repetition, steps, version = Repetition(work, definition), 0, 0
    try:
        for change in _changes(work, id):
            if change.version != version + 1:
                return Replayed(steps, Difference(change.version, _GAP))
            version = change.version
            if version == 1 and change.command is None:
                raise NotReplayable(id=str(id))
            steps += change.command is not None
            repetition.do_again(change)
    except GoesAnotherWay as fault:
        return Replayed(steps, Difference(version, fault.sentence))
    except (StepFailed, MoveRefused, NotWaiting) as fault:
        return Replayed(steps, Difference(version, verbatim(str(fault))))
    except ValueError:
        return Replayed(steps, Difference(version + 1, _UNREADABLE))
    return Replayed(steps, _at_the_end(work, stored, repetition, version))


def _changes(work: UnitOfWork, id: UUID) -> Iterator[Transition]:
    after = 0
    while page := history.of_instance(work, id, after=after, limit=_PAGE):
        yield from page
        after = page[-1].version


def _at_the_end(work: UnitOfWork, stored: StoredInstance, repetition: Repetition, version: int) -> Difference | None:
    if repetition.execution is None or repetition.instance is None:
        return Difference(version, _OTHER_STATE)
    try:
        is_same = repetition.execution.save() == restored(work, stored).save()
    except StepFailed:
        is_same = False
    if not is_same:
        return Difference(version, _OTHER_STATE)
    return next((Difference(version, each) for each in _other_values(stored.row, repetition.instance)), None)


def _other_values(stored: ProcessInstance, again: ProcessInstance) -> Iterator[Sentence]:
    """Of the row that lists show."""
    for each in fields(ProcessInstance):
        if each.name not in _OTHERWISE_KEPT and getattr(stored, each.name) != getattr(again, each.name):
            yield Sentence("{column} of the process instance is not what its log leads to.", column=each.name)
