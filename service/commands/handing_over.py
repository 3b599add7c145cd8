"""What `liuzhuan user` says and does about the open tasks of people who leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import click

from engine.facts.actor import SYSTEM
from engine.facts.sentences import Named, Sentence
from engine.people import stranded_tasks
from engine.people.handing_over import hand_over
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
        say_lines(
            Sentence(
                "{count} open {count:task|tasks} went to others, because who had {count:it|them} may not work any more:",
                count=len(moved),
            ),
            map(moved_line, moved),
        )
    if left:
        say_lines(
            Sentence(
                "{count} open {count:task is|tasks are} left that nobody can do."
                " Assign {count:it on its page|them on their pages}:",
                count=len(left),
            ),
            map(left_line, left),
        )


def hand_over_and_tell(parts: Parts, person: str, to: str) -> bool:
    """Whether all open tasks of a person are somebody else's now; what could not be given is told with its reason."""
    found = hand_over(parts.opener(), SYSTEM, person, to)
    done = Sentence("{to} has {count} open {count:task|tasks} of {person} now.", to=to, count=found.done, person=person)
    click.echo(said(done))
    for task, why in found.refused:
        kept = Sentence(
            "{process} / {step} stays with {person}: {why}",
            process=task.key,
            step=Named(task.name, task.name_en),
            person=person,
            why=why,
        )
        click.echo(said(kept), err=True)
    return not found.refused


def say_lines(head: Sentence, lines: Iterable[Sentence]) -> None:
    """Like lines once, with how many they are."""
    click.echo(said(head))
    for line, count in Counter(map(said, lines)).items():
        click.echo(f"  {count} × {line}")


def moved_line(task: HandedOn) -> Sentence:
    return Sentence(
        "{process} / {step}: from {before} to {now}",
        process=task.key,
        step=Named(task.name, task.name_en),
        before=task.was_with or Sentence("candidates"),
        now=_names(task.assignee, task.candidates),
    )


def place(task: HeldTask) -> Sentence:
    return Sentence("{process} / {step}", process=task.key, step=Named(task.name, task.name_en))


def left_line(task: HeldTask) -> Sentence:
    return Sentence(
        "{process} / {step}: {holders}",
        process=task.key,
        step=Named(task.name, task.name_en),
        holders=_names(task.assignee, task.candidates),
    )


def _names(assignee: str | None, candidates: Sequence[str]) -> str:
    return assignee or ", ".join(candidates)
