"""How execution fails. A BPMN error that the model foresaw is none of these: it is a value inside the execution."""

from __future__ import annotations

from engine.facts.errors import Conflict, Invalid
from engine.facts.sentences import Sentence, Spoken


class StepFailed(Exception):
    """An element could not be executed; nobody foresaw it in the model.

    Raised by every entry point of an Execution. The Execution in memory is then half-way and must be dropped; the state
    saved before is still whole. `element` is an id in the model of `definition`, `token` the number of the element instance
    (the process's id and 0 when no element was reached), `cause` a sentence for the person who repairs it.
    """

    def __init__(self, cause: Sentence, *, element: str = "", token: int = 0, definition: str = "") -> None:
        super().__init__(element, cause)
        self.cause = cause
        self.element = element
        self.token = token
        self.definition = definition

    def __str__(self) -> str:
        return f"{self.element}: {self.cause}" if self.element else str(self.cause)


class LimitPassed(Spoken):
    """A limit of engine.bpmn.limits was passed inside a step; it becomes a StepFailed."""

    def __init__(self, name: str, limit: int, what: Sentence) -> None:
        super().__init__(Sentence("{what}; the limit {name} is {limit:,}.", what=what, name=name, limit=limit))


class ElementFailed(Spoken):
    """An element cannot go on; the sentence says why. It becomes a StepFailed of `element`, or of the one being executed."""

    def __init__(self, cause: Sentence, element: str = "") -> None:
        super().__init__(cause)
        self.element = element


class NotWaiting(Conflict):
    """Nothing waits for this any more: {what} of the process instance is not open. Reload and look where the instance is now."""


class MoveRefused(Invalid):
    """The process instance cannot be moved like this: {why}."""


class StateRefused(Spoken, ValueError):
    """The saved state cannot be read: it was written by another version, or the model does not fit it."""
