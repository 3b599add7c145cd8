"""What the API itself refuses, before a verb is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.facts.errors import Conflict, Invalid, Problem
from engine.facts.sentences import Sentence


class RequestRefused(Invalid):
    """The request cannot be accepted; problems: {count}."""


class WrongContentType(Invalid):
    """The body is sent as '{given}', but this needs {needed}."""


class IdempotencyKeyReused(Conflict):
    """This Idempotency-Key was used for another request. Use a new key for a new request."""


@dataclass(frozen=True, slots=True)
class FieldProblem(Problem):
    """A field of a request that breaks a rule; `where` is its path, `value` what was sent, shortened."""

    value: Any = None

    def as_json(self, say: Callable[[Sentence], str] = str) -> dict[str, Any]:
        shown = {"field": self.where, "rule": self.rule, "sentence": say(self.sentence)}
        if self.value is not None:
            shown["value"] = self.value
        return {**shown, "fix": say(self.fix)} if self.fix else shown
