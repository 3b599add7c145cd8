"""Open user tasks that nobody can do, as sentences for who operates: why, and what now."""

from __future__ import annotations

from collections.abc import Iterator

from engine.facts.sentences import Sentence
from engine.people.stranded_tasks import HeldTask, stranded
from engine.store.unit_of_work import UnitOfWork


def workless(work: UnitOfWork) -> Iterator[tuple[HeldTask, Sentence]]:
    for task in stranded(work):
        if task.assignee is not None:
            sentence = Sentence(
                "The user task of {element} is with {person}, who may not work on it. Assign it to somebody.",
                element=task.element,
                person=task.assignee,
            )
        else:
            sentence = Sentence(
                "Nobody may work on the user task of {element}: it is for {candidates}. Assign it to somebody.",
                element=task.element,
                candidates=", ".join(task.candidates),
            )
        yield task, sentence


def count(work: UnitOfWork) -> int:
    return sum(1 for _ in stranded(work))
