"""What a compiled expression runs in: one Evaluation with its clock, notes and budget, and a chain of frames with names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from engine.feel.errors import FeelBudgetExceeded, Note

MAX_STEPS: Final = 2_000_000
MAX_DEPTH: Final = 60
MAX_STRING: Final = 1_000_000
MAX_LIST: Final = 500_000

#: Answer of a scope that has no such name; no FEEL value is this object.
MISSING: Final[Any] = object()
NO_NAMES: Final[Mapping[str, Any]] = {}


class Evaluation:
    """One evaluation: the moment `now` answers, where notes go (None: nowhere), and what is left of the budget.

    Steps are counted where work repeats (loops, calls, items of lists), depth where calls nest. A host function passes its
    caller's evaluation on, so that decisions that call each other share one budget.
    """

    __slots__ = ("depth", "missing", "notes", "now", "steps")

    def __init__(self, now: datetime | None, notes: list[Note] | None) -> None:
        self.now = now
        self.notes = notes
        self.steps = MAX_STEPS
        self.depth = 0
        self.missing = False

    def note(self, position: int, reason: str) -> None:
        """Remember why a part became null."""
        if self.notes is not None:
            self.notes.append(Note(reason, position))

    def noted(self) -> int:
        """How many notes there are."""
        return 0 if self.notes is None else len(self.notes)

    def forget_notes(self, since: int) -> None:
        """Drop the notes of an attempt that did not count."""
        if self.notes is not None:
            del self.notes[since:]

    def spend(self, steps: int) -> None:
        """Count work; raises FeelBudgetExceeded when nothing is left."""
        self.steps -= steps
        if self.steps < 0:
            raise FeelBudgetExceeded("it needs too many steps", MAX_STEPS)

    def enter(self) -> None:
        """Count one more call inside calls; raises FeelBudgetExceeded when they nest too deep."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FeelBudgetExceeded("functions call each other too deeply", MAX_DEPTH)

    def leave(self) -> None:
        """The call counted by `enter` is over."""
        self.depth -= 1


class Frame:
    """The names a part of an expression sees: those of the loop, filter or function around it, then `outer`, then `host`."""

    __slots__ = ("evaluation", "host", "item", "names", "outer")

    def __init__(
        self, host: Mapping[str, Any], evaluation: Evaluation, names: Mapping[str, Any], outer: Frame | None, item: Any = None
    ) -> None:
        self.host = host
        self.evaluation = evaluation
        self.names = names
        self.outer = outer
        self.item = item

    def inner(self, names: Mapping[str, Any], item: Any = None) -> Frame:
        """A frame inside this one."""
        return Frame(self.host, self.evaluation, names, self, item)


def checked_length(length: int) -> None:
    """Refuse a text before it is built."""
    if length > MAX_STRING:
        raise FeelBudgetExceeded("a text becomes too long", MAX_STRING)


def checked_string(text: str) -> str:
    """The text, unless it grew beyond what a value may hold."""
    checked_length(len(text))
    return text


def checked_list(items: list[Any]) -> list[Any]:
    """The list, unless it grew beyond what a value may hold."""
    if len(items) > MAX_LIST:
        raise FeelBudgetExceeded("a list becomes too long", MAX_LIST)
    return items
