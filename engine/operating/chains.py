"""The chain of a log, made again from its rows."""

from __future__ import annotations

from collections.abc import Iterator

from engine.facts.json_text import json_text
from engine.operating.cases import Case, Written
from engine.store.chain import first, following, seal
from engine.store.process_instances import sealed


def chain(case: Case) -> Iterator[bytes]:
    """After each row of the log, in order."""
    made = first(case.stored.id, case.stored.row.definition_id)
    for each in case.log:
        made = following(made, each.transition, each.events, _command(case, each))
        yield made


def head(case: Case) -> bytes:
    """The last one."""
    *_, last = (first(case.stored.id, case.stored.row.definition_id), *chain(case))
    return last


def seal_over(case: Case, chain: bytes) -> bytes:
    return seal(chain, sealed(case.stored.row), case.stored.state)


def _command(case: Case, row: Written) -> bytes | None:
    """Of what was written before there were chains, with the opinions and outcomes that stood nowhere in the log."""
    if case.says_all(row.transition) or row.transition.verb != "complete":
        return row.command
    completed = [event["token"] for event in row.transition.events if event["type"] == "UserTaskCompleted"]
    tasks = (case.tasks.get(token) for token in completed)
    said = [[task.token, task.outcome, task.comment, task.completed_by] for task in tasks if task is not None]
    return b"\n".join((row.command or b"", json_text(said)))
