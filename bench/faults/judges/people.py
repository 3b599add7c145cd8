"""Who did what, with which outcome and which words: in the row of the task, and in the history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import select

from bench.faults.judges.evidence import Evidence, Transition
from bench.faults.ledger import Errand
from engine.store.process_instances import process_instance
from engine.store.user_tasks import user_task

_TASKS = select(user_task.c.id, user_task.c.completed_by, user_task.c.outcome, user_task.c.comment, user_task.c.assignee)
_INITIATORS = select(process_instance.c.id, process_instance.c.initiator)


def judge(evidence: Evidence) -> Iterator[str]:
    if evidence.ledger is None:
        return
    yield from _rows(evidence)
    errands = {UUID(errand.instance): errand for errand in evidence.errands}
    for id, transitions in evidence.histories():
        if id in errands:
            yield from _history(errands[id], transitions)


def _rows(evidence: Evidence) -> Iterator[str]:
    with evidence.database.engine.connect() as connection:
        tasks = {row.id: row for row in connection.execute(_TASKS)}
        initiators = {row.id: row.initiator for row in connection.execute(_INITIATORS)}
    for errand in evidence.errands:
        if initiators.get(UUID(errand.instance)) != "ann":
            yield f"{errand.key} was started by {initiators.get(UUID(errand.instance))}, it says; it was ann."
        for element, id in errand.tasks.items():
            row, sent = tasks.get(UUID(id)), errand.submission(element)
            found = None if row is None else (row.completed_by, row.outcome, row.comment)
            expected = (errand.person(element), sent.get("outcome"), sent.get("comment"))
            if found != expected:
                yield f"{errand.key} {element}: who, outcome, opinion are {found}, they were {expected}."
            if row is not None and element == "first" and row.assignee != errand.person("first"):
                yield f"{errand.key} {element}: {errand.person('first')} has claimed it, and it is with {row.assignee}."


def _history(errand: Errand, transitions: Sequence[Transition]) -> Iterator[str]:
    for element in errand.steps:
        actors = [each.actor for each in transitions if each.verb == "complete" and each.element == element]
        if actors != [errand.person(element)]:
            yield f"{errand.key} {element}: the history says {actors}, it was {errand.person(element)}."
