"""What `liuzhuan user` says and does about the open tasks of people who leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import click

from engine.facts.actor import SYSTEM
from engine.facts.sentences import Sentence
from engine.people import stranded_tasks, user_tasks
from engine.people.stranded_tasks import HandedOn, HeldTask
from service.background.hand_on import hand_on_all
from service.commands.speaking import said
from service.parts import Parts


def hand_on_and_tell(parts: Parts) -> None:
    """After an import: which open tasks went to whom, and which nobody can do now."""
    moved = hand_on_all(parts)
    with parts.begin(SYSTEM) as work:
        left = list(stranded_tasks.stranded(work))
    if moved:
        _say(
            Sentence("{count} open tasks went to others, because who had them may not work on them any more:", count=len(moved)),
            map(_moved, moved),
        )
    if left:
        _say(
            Sentence("{count} open tasks are left that nobody can do. Assign them on their pages:", count=len(left)),
            map(_left, left),
        )


def hand_over_all(parts: Parts, person: str, to: str) -> int:
    """The number of open tasks of a person that somebody else has now. Ends with the first refusal: what went before stays."""
    begin = parts.opener()
    with begin(SYSTEM) as work:
        held = [task.id for task in stranded_tasks.held_by(work, person)]
    for id in held:
        with begin(SYSTEM) as work:
            user_tasks.assign(work, id, to)
    return len(held)


def _say(head: Sentence, lines: Iterable[Sentence]) -> None:
    """Like lines once, with how many they are."""
    click.echo(said(head))
    for line, count in Counter(map(said, lines)).items():
        click.echo(f"  {count} × {line}")


def _moved(task: HandedOn) -> Sentence:
    return Sentence(
        "{process} / {step}: from {before} to {now}",
        process=task.key,
        step=task.name,
        before=task.was_with or Sentence("candidates"),
        now=_names(task.assignee, task.candidates),
    )


def _left(task: HeldTask) -> Sentence:
    return Sentence(
        "{process} / {step}: {holders}", process=task.key, step=task.name, holders=_names(task.assignee, task.candidates)
    )


def _names(assignee: str | None, candidates: Sequence[str]) -> str:
    return assignee or ", ".join(candidates)
