"""What can be refused. The docstring of a leaf is the sentence a person reads; its braces are filled with the refusal's values.

Five families: NotFound, NotAllowed, Conflict, Invalid, Unavailable. A caller catches a family or a leaf; a code is stable.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from engine.facts.sentences import Sentence, filled, writable


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what was sent: a rule of a model, a field of a form, a value of a request.

    `where` names the element id or the field path; `line` counts from 1 in an uploaded file, 0 when there is no file;
    `fix` says what to do now. A warning does not refuse anything.
    """

    rule: str
    sentence: Sentence
    where: str = ""
    line: int = 0
    fix: Sentence | None = None
    is_warning: bool = False
    file: str = ""

    def as_json(self, say: Callable[[Sentence], str] = str) -> dict[str, Any]:
        """Without what is empty; `say` puts a sentence into the reader's language."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {
            name: say(value) if isinstance(value, Sentence) else writable(value) if isinstance(value, str) else value
            for name, value in values.items()
            if value not in (None, "", 0, False)
        }


class Refusal(Exception):
    """The request cannot be carried out."""

    def __init__(self, *, problems: tuple[Problem, ...] = (), **values: Any) -> None:
        self.values = values
        self.problems = problems
        super().__init__(self.sentence)

    @property
    def template(self) -> str:
        """The sentence before its values are filled in: the key for a translation."""
        return " ".join((type(self).__doc__ or "").split())

    @property
    def sentence(self) -> Sentence:
        return filled(self.template, self.values)

    @property
    def code(self) -> str:
        """Stable, snake_case, documented: `user_task_already_completed`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(self).__name__).lower()


class NotFound(Refusal):
    """There is no {kind} {id}, or you may not see it."""


class NotAllowed(Refusal):
    """You may not {to}: {why}."""


class Conflict(Refusal):
    """{what} was changed meanwhile. Reload and try again."""


class Invalid(Refusal):
    """The request is not valid: {why}."""


class Unavailable(Refusal):
    """{what} is not available at the moment. Try again in a moment."""


class LostRace(Conflict):
    """Others were at the same data at this moment. Nothing was changed. Try again."""


class TookTooLong(Conflict):
    """The database has ended the request: it took longer than one statement may (statement_timeout: {seconds} s, unless
    LIUZHUAN_DATABASE_URL or the role in the database has another limit), or somebody has cancelled it there. Nothing was changed.
    Ask for less at once, or try again when less is going on; who operates the service can raise the limit."""


class UserTaskAlreadyCompleted(Conflict):
    """Cannot complete '{name}': {by} completed it at {at}. Reload your inbox."""


class UserTaskAlreadyClosed(Conflict):
    """Cannot work on '{name}': it was cancelled at {at} because the process went another way. Reload your inbox."""


class UserTaskAlreadyClaimed(Conflict):
    """Cannot claim '{name}': {by} has claimed it. Ask {by} to return it, or choose another task."""


class ProcessInstanceEnded(Conflict):
    """Cannot {verb} process instance '{title}': it ended at {at}."""


class ProcessInstanceSuspended(Conflict):
    """Cannot {verb} process instance '{title}': it is suspended. Resume it first."""


class ProcessInstanceChanged(Conflict):
    """'{title}' has changed since you read it: it is at version {version} now. Read it again, then decide."""


class ValueNotKept(Invalid):
    """A value cannot be kept: {why}."""


class ModelRefused(Invalid):
    """The model cannot be deployed: {count} {count:problem|problems}."""


class VariablesRefused(Invalid):
    """The values cannot be accepted: {count} {count:problem|problems}."""


class StepRefused(Invalid):
    """'{name}' cannot be done: {why}. Nothing was changed. {now}"""

    #: Where nothing is left behind that could be repaired.
    TRY_AGAIN = Sentence("Correct the values or the model, then try again.")
    #: Where an incident is.
    INCIDENT = Sentence("Those who operate find it among the incidents.")


class JobClosed(Conflict):
    """Cannot report on job {id}: it is {status} already. Nothing more is expected."""


class IncidentClosed(Conflict):
    """Cannot work on the incident: {by} resolved it at {at}."""


class AttachmentLost(NotFound):
    """The content of the file '{name}' is missing in the database. Tell who operates the service: a backup may have it."""


class AttachmentRefused(Invalid):
    """The file '{name}' cannot be attached: {why}."""
