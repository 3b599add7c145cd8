"""What a compiled expression runs in: one Evaluation with its clock, notes and budget, and a chain of frames with names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeAlias

from engine.facts.computing import ComputesTooLong, TimeBudget, budget_of_thread
from engine.facts.sentences import Sentence
from engine.feel.errors import FeelBudgetExceeded, Note

MAX_STEPS: Final = 1_000_000
#: After so many steps the clock is looked at. No step may take longer than some microseconds: what does, counts as more.
STEPS_BETWEEN_LOOKS: Final = 1_000
MAX_DEPTH: Final = 100
MAX_NOTES: Final = 200
MAX_STRING: Final = 1_000_000
MAX_LIST: Final = 500_000
#: A text that is looked through costs its length, shifted by this.
LENGTH_OF_A_STEP: Final = 7
#: Up to here it costs nothing worth counting.
LONG_TEXT: Final = 5_000

#: Tells the moment of an evaluation, in the zone of the host. Asked only where an expression asks for it.
Clock: TypeAlias = Callable[[], datetime]

#: Answer of a scope that has no such name; no FEEL value is this object.
MISSING: Final[Any] = object()
NO_NAMES: Final[Mapping[str, Any]] = {}


class Frame:
    """The names a part of an expression sees: those of the loop, filter or function around it, then `outer`, then `host`.

    `item` is what a filter looks at. `evaluation` carries the budget, the clock and the notes.
    """

    __slots__ = ("evaluation", "host", "item", "names", "outer")

    def __init__(
        self, host: Mapping[str, Any], evaluation: Evaluation, names: Mapping[str, Any], outer: AnyFrame | None, item: Any = None
    ) -> None:
        self.host = host
        self.evaluation = evaluation
        self.names = names
        self.outer = outer
        self.item = item


class Evaluation:
    """One evaluation, which is also the outermost frame of its expression: one object less on the hot path.

    Steps are counted where work repeats (loops, calls, items of lists), depth where calls nest. A host function passes its
    caller's evaluation on, so that decisions that call each other share one budget. What is rarely set stays in the class.
    """

    host: Mapping[str, Any] = NO_NAMES
    names: Mapping[str, Any] = NO_NAMES
    outer: AnyFrame | None = None
    item: Any = None
    #: What now() answers; without it now() and today() are null.
    now: datetime | Clock | None = None
    #: Where notes go; None: nowhere.
    notes: list[Note] | None = None
    #: Answers functions defined as external, from their description and the arguments, or raises Refused; None: all are refused.
    external: Callable[[Any, list[Any]], Any] | None = None
    #: What is left until the clock is looked at, and what is left beyond that.
    steps: int = STEPS_BETWEEN_LOOKS
    reserve: int = MAX_STEPS - STEPS_BETWEEN_LOOKS
    #: The budget of time, known since the first look.
    time: TimeBudget | None = None
    depth: int = 0
    #: How many notes there were when a name was first missing; None while none was.
    missing_since: int | None = None

    def __init__(self, now: datetime | Clock | None = None, notes: list[Note] | None = None) -> None:
        if now is not None:
            self.now = now
        if notes is not None:
            self.notes = notes

    @property
    def evaluation(self) -> Evaluation:
        """Itself, as every frame has one."""
        return self

    def note(self, position: int, reason: Sentence) -> None:
        """Remember why a part became null."""
        if self.notes is not None and len(self.notes) < MAX_NOTES:
            self.notes.append(Note(reason, position))

    def note_missing(self, position: int, name: str) -> None:
        """Remember that a name has no value."""
        if self.missing_since is None:
            self.missing_since = 0 if self.notes is None else len(self.notes)
        if self.notes is not None:
            self.note(position, Sentence("There is no variable “{name}”", name=name))

    def try_again(self) -> None:
        """Forget what was noted since a name was missing: the text is about to be read another way."""
        if self.notes is not None:
            del self.notes[self.missing_since :]
        self.missing_since = None

    def spend(self, steps: int) -> None:
        """Count work; raises FeelBudgetExceeded when no steps or no time are left."""
        self.steps -= steps
        if self.steps < 0:
            self._go_on()

    def _go_on(self) -> None:
        """A look at the clock, and the next steps out of the reserve."""
        if self.time is None:
            self.time = budget_of_thread()
        try:
            self.time.check()
        except ComputesTooLong as fault:
            raise FeelBudgetExceeded(fault.sentence) from None
        granted = min(STEPS_BETWEEN_LOOKS - self.steps, self.reserve)
        self.steps += granted
        self.reserve -= granted
        if self.steps < 0:
            raise FeelBudgetExceeded(Sentence("it needs too many steps"), MAX_STEPS)

    def go_on_from(self, other: Evaluation) -> None:
        """With what another one has left of steps and time."""
        self.steps, self.reserve, self.time = other.steps, other.reserve, other.time

    def spend_on(self, value: Any) -> int:
        """Count a value with everything inside it, before it is compared, copied or written; answers how much that is."""
        weight = 1
        pending: list[Any] = [value]
        while pending:
            current = pending.pop()
            if isinstance(current, list | dict):
                inside = list(current.values()) if isinstance(current, dict) else current
                steps = len(inside)
                pending.extend(inside)
            elif isinstance(current, str):
                steps = len(current) >> LENGTH_OF_A_STEP
            else:
                continue
            weight += steps
            self.spend(steps)
        return weight

    def enter(self) -> None:
        """Count one more call inside calls; raises FeelBudgetExceeded when they nest too deep."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FeelBudgetExceeded(Sentence("functions call each other too deeply"), MAX_DEPTH)

    def leave(self) -> None:
        """The call counted by `enter` is over."""
        self.depth -= 1


AnyFrame = Frame | Evaluation


def inner_frame(outer: AnyFrame, names: Mapping[str, Any], item: Any = None) -> Frame:
    """A frame inside another."""
    return Frame(outer.host, outer.evaluation, names, outer, item)


def checked_length(length: int) -> None:
    """Refuse a text before it is built."""
    if length > MAX_STRING:
        raise FeelBudgetExceeded(Sentence("a text becomes too long"), MAX_STRING)


def checked_string(text: str) -> str:
    """The text, unless it grew beyond what a value may hold."""
    checked_length(len(text))
    return text


def checked_list(items: list[Any]) -> list[Any]:
    """The list, unless it grew beyond what a value may hold."""
    if len(items) > MAX_LIST:
        raise FeelBudgetExceeded(Sentence("a list becomes too long"), MAX_LIST)
    return items
