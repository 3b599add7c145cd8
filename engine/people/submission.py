"""What a person sends with a user task, held against what the task allows: fields, outcome, comment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from engine.facts.errors import Problem, VariablesRefused
from engine.facts.sentences import Named, Sentence, listed
from engine.facts.user_task_facts import Outcome
from engine.facts.values import checked_variables, fault_of_text
from engine.facts.widths import NAME
from engine.store.user_tasks import UserTask

#: What the engine itself writes: who started the instance, and where in a loop an activity is.
ENGINE_VARIABLES = frozenset({"initiator", "initiatorDepartment", "loopCounter"})

#: Characters of a comment.
MAX_COMMENT = 4_000


@dataclass(frozen=True, slots=True)
class Submission:
    """The variables that go into the process, the outcome among them."""

    variables: dict[str, Any]
    outcome: str | None
    comment: str | None


def read_submission(
    task: UserTask,
    variables: Mapping[str, Any],
    *,
    outcome: str | None,
    comment: str | None,
    closed: Collection[str] = (),
) -> Submission:
    """`closed` variables are left out unless the task says that they may be written.

    Raises VariablesRefused with all problems: an outcome the task does not have, a comment that is missing.
    """
    values = writable_variables(task, checked_variables(variables), closed)
    comment = (comment or "").strip() or None
    # Without outcomes the variable of that name is one as any other, and no decision that the record could show.
    chosen = outcome if outcome is not None else values.get(task.facts.outcome_variable) if task.facts.outcomes else None
    problems = [*_outcome_problems(task, outcome, chosen), *_comment_problems(task, chosen, comment)]
    if problems:
        raise VariablesRefused(count=len(problems), problems=tuple(problems))
    if outcome is not None:
        values[task.facts.outcome_variable] = outcome
    return Submission(values, chosen if isinstance(chosen, str) else None, comment)


def writable_variables(task: UserTask, values: Mapping[str, Any], closed: Collection[str] = ()) -> dict[str, Any]:
    """Without the fields that the task shows only to read, or hides. An unnamed field may be written, unless it is `closed`."""
    rights = task.facts.access()
    return {name: value for name, value in values.items() if rights.get(name, "read" if name in closed else "write") == "write"}


def shown_variables(task: UserTask, values: Mapping[str, Any]) -> dict[str, Any]:
    """Without the fields that the task hides."""
    rights = task.facts.access()
    return {name: value for name, value in values.items() if rights.get(name) != "hidden"}


def _outcome_problems(task: UserTask, pressed: str | None, chosen: Any) -> list[Problem]:
    """`pressed` was sent as an outcome, `chosen` perhaps as the variable of that name only."""
    outcomes = [outcome.value for outcome in task.facts.outcomes]
    if not outcomes and pressed is not None:
        return [
            Problem(
                "outcome",
                Sentence("'{task}' has no outcomes to choose from.", task=task.name),
                where="outcome",
                fix=Sentence("Leave it out."),
            )
        ]
    if isinstance(chosen, str) and len(chosen) > NAME:
        said = Sentence("{what} has 1 to {limit} characters.", what=Sentence("the outcome"), limit=NAME)
        return [Problem("outcome", said, where="outcome")]
    if not outcomes or chosen in outcomes:
        return []
    said = (
        Sentence("No outcome was chosen.")
        if chosen is None
        else Sentence("'{outcome}' is not an outcome of '{task}'.", outcome=chosen, task=task.name)
    )
    fix = Sentence("Choose one of: {outcomes}.", outcomes=listed(map(_outcome, task.facts.outcomes)))
    return [Problem("outcome", said, where="outcome", fix=fix)]


def _outcome(outcome: Outcome) -> Sentence:
    """As programs write it, and as its button is called."""
    name = Named(outcome.name or outcome.value, outcome.name_en)
    return Sentence("{value} ({name})", value=outcome.value, name=name)


def _comment_problems(task: UserTask, chosen: Any, comment: str | None) -> list[Problem]:
    if comment is not None and len(comment) > MAX_COMMENT:
        sentence = Sentence(
            "The comment has {count:,} characters; at most {limit:,} are kept.", count=len(comment), limit=MAX_COMMENT
        )
        return [Problem("comment-length", sentence, where="comment", fix=Sentence("Shorten it, or attach a file."))]
    if comment is not None and (fault := fault_of_text(comment, Sentence("the comment"))) is not None:
        return [Problem("comment-character", fault, where="comment")]
    if comment is None and task.facts.needs_comment(chosen):
        return [
            Problem(
                "comment-required",
                Sentence("A comment is required here."),
                where="comment",
                fix=Sentence("Say why in a sentence."),
            )
        ]
    return []
