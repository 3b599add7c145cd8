"""What the columns of our tables keep, out of the tables themselves: asked before a step is written, alike on every database.

PostgreSQL would refuse the whole statement, SQLite would keep what nobody can take over to PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any

from sqlalchemy import Column, Integer, String, Table

from engine.facts.sentences import Sentence
from engine.facts.values import fault_of_text
from engine.facts.widths import LARGEST, LEAST
from engine.store.changes import Changes
from engine.store.columns import columns_of
from engine.store.jobs import NewJob, job
from engine.store.process_instances import ProcessInstance, process_instance
from engine.store.subscriptions import NewSubscription, subscription
from engine.store.timers import NewTimer, timer
from engine.store.user_tasks import NewCandidate, NewUserTask, user_task, user_task_candidate

#: What the value of a column is, to who reads that it does not fit.
WORDS: Mapping[str, Sentence] = {
    "assignee": Sentence("the assignee"),
    "business_key": Sentence("the business key"),
    "candidate": Sentence("the candidate"),
    "comment": Sentence("the comment"),
    "connector": Sentence("the name of the connector or topic"),
    "correlation_key": Sentence("the correlation key"),
    "element": Sentence("the id of the element"),
    "form": Sentence("the key of the form"),
    "name": Sentence("the name"),
    "name_en": Sentence("the English name"),
    "outcome": Sentence("the outcome"),
    "priority": Sentence("the priority"),
    "retries": Sentence("the number of tries"),
    "summary_text": Sentence("the summary"),
    "title": Sentence("the title"),
}
#: Made here, of a width that is ours: words, digests and counters within the limits of an execution.
OURS = frozenset({"attempts", "correlation_digest", "depth", "fired", "kind", "status", "subscription", "token"})


#: Characters where a column has no width.
_ANY = 2**40


class RowLimits:
    """Of the rows that a step writes into a table."""

    def __init__(self, table: Table, names: Collection[str]) -> None:
        columns: list[Column[Any]] = [table.c[name] for name in names if name not in OURS]
        self._texts = {each.name: each.type.length or _ANY for each in columns if isinstance(each.type, String)}
        self._widths = tuple(self._texts.values())
        self._numbers = [each.name for each in columns if isinstance(each.type, Integer)]
        self._take_texts = _taker(list(self._texts))
        self._take_numbers = _taker(self._numbers)

    def fault(self, row: Any) -> Sentence | None:
        """What does not fit, with the limit. Said at length only where something does not fit: each step comes by here."""
        for width, text in zip(self._widths, self._take_texts(row), strict=True):
            if text is not None and (len(text) > width or "\0" in text):
                return self._said(row)
        for number in self._take_numbers(row):
            if number is not None and not LEAST <= number <= LARGEST:
                return self._said(row)
        return None

    def _said(self, row: Any) -> Sentence | None:
        for name, width in self._texts.items():
            text = getattr(row, name) or ""
            if len(text) > width:
                return Sentence(
                    "{what} has {count:,} characters; at most {limit:,} are kept", what=WORDS[name], count=len(text), limit=width
                )
            fault = fault_of_text(text, WORDS[name])
            if fault is not None:
                return fault
        name = next(name for name in self._numbers if not LEAST <= getattr(row, name) <= LARGEST)
        said = f"{Decimal(getattr(row, name)):.6g}"
        return Sentence("{what} is {number}; at most {limit:,} is kept", what=WORDS[name], number=said, limit=LARGEST)


def _taker(names: Sequence[str]) -> Callable[[Any], Sequence[Any]]:
    if len(names) > 1:
        return attrgetter(*names)
    take = [attrgetter(name) for name in names]
    return lambda row: [each(row) for each in take]


def _of_rows(table: Table, row: type[Any]) -> RowLimits:
    return RowLimits(table, [column.name for column in columns_of(table, row)])


#: What a step computes of its process instance. What a person sends along with a task was looked at before.
_INSTANCE = RowLimits(process_instance, ("business_key", "title"))
#: By the name of their list in Changes.
_ROWS: Mapping[str, RowLimits] = {
    "user_tasks": _of_rows(user_task, NewUserTask),
    "candidates": _of_rows(user_task_candidate, NewCandidate),
    "jobs": _of_rows(job, NewJob),
    "timers": _of_rows(timer, NewTimer),
    "subscriptions": _of_rows(subscription, NewSubscription),
}
_LISTS = attrgetter(*_ROWS)
_LIMITS = tuple(_ROWS.values())


def fault_of_step(instance: ProcessInstance, changes: Changes) -> Sentence | None:
    """What of a step no database of ours keeps, before any of it is written."""
    found = _INSTANCE.fault(instance)
    if found is not None:
        return found
    for limits, rows in zip(_LIMITS, _LISTS(changes), strict=True):
        for row in rows:
            found = limits.fault(row)
            if found is not None:
                return found
    return None
