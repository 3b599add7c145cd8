"""Looks for what must never be: the invariants of the engine's tables. Changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from engine.assignment.directory import Directory
from engine.facts.actor import SYSTEM
from engine.facts.sentences import Sentence
from engine.operating.audit import failures, files, steps, work
from engine.operating.audit.company import of_company
from engine.operating.audit.findings import INVARIANTS, Finding, Invariant
from engine.operating.cases import Case, read_case
from engine.operating.rebuild import all_ids
from engine.store import Database
from engine.store.unit_of_work import UnitOfWork, unit_of_work

__all__ = ["INVARIANTS", "Finding", "Invariant", "audit"]

_CHECKS: Mapping[str, Sequence[Callable[[Case], Iterator[Sentence]]]] = {
    "I1": (steps.gaps,),
    "I2": (steps.liveness,),
    "I3": (work.user_tasks, work.jobs_done),
    "I4": (steps.closings,),
    "I7": (steps.reload,),
    "I8": (steps.end,),
    "I9": (steps.seals, steps.anchored),
    "I11": (steps.rows,),
    "I13": (files.of_case,),
    "I19": (failures.tries, failures.stood_for),
}


def audit(
    database: Database,
    directory: Directory,
    ids: Iterable[UUID] | None = None,
    *,
    only: Collection[str] = INVARIANTS,
    further: Callable[[UnitOfWork], Iterable[Finding]] = lambda work: (),
) -> list[Finding]:
    """Every violation found; an empty list is a clean database. I6 is held by a primary key. `ids`: of these instances only;
    `only` these invariants; `further` is asked about what the engine does not know."""
    with unit_of_work(database, SYSTEM, directory=directory) as work:
        findings = [each for each in (*of_company(work), *further(work)) if each.invariant in only]
    for id in all_ids(database, directory) if ids is None else ids:
        with unit_of_work(database, SYSTEM, directory=directory) as work:
            findings.extend(each for each in _of_instance(work, id, only))
    return findings


def _of_instance(work: UnitOfWork, id: UUID, only: Collection[str]) -> Iterator[Finding]:
    try:
        case = read_case(work, id)
        if case is None:
            return
        for invariant, checks in _CHECKS.items():
            if invariant in only:
                yield from (Finding(invariant, id, sentence) for check in checks for sentence in check(case))
    except (KeyError, TypeError, ValueError, AttributeError):
        yield Finding("I1", id, Sentence("Its log cannot be read: a row is not of the form that it was written in."))
