"""How commands say what went wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from engine.facts.errors import Problem, Refusal, Unavailable
from engine.facts.sentences import Sentence
from service.translations import sentences

#: Exit code of what was refused.
REFUSED = 1

LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Sentences(click.Group):
    """A refusal ends a command with its sentence and its problems, not with a stack."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except Refusal as refusal:
            say_refusal(refusal)
            context.exit(REFUSED)


def say_refusal(refusal: Refusal) -> None:
    click.secho(said(refusal.sentence), fg="red", err=True)
    if type(refusal) is Unavailable and refusal.__cause__ is not None:
        click.echo(f"    {_words(refusal.__cause__)}", err=True)
    say_problems(refusal.problems)


def _words(fault: BaseException) -> str:
    """What the database, or the way to it, said: who calls a command may know, who sends a request may not."""
    return " ".join(str(getattr(fault, "orig", None) or fault).split())


def say_problems(problems: Iterable[Problem]) -> None:
    """`FILE:LINE: [rule] sentence` and below it what to do."""
    for problem in problems:
        place = ":".join(part for part in (problem.file, str(problem.line or "")) if part)
        kind = "warning" if problem.is_warning else problem.rule
        where = f" ({problem.where})" if problem.where else ""
        click.echo(f"{place + ': ' if place else ''}[{kind}] {said(problem.sentence)}{where}", err=True)
        if problem.fix:
            click.echo(f"    {said(problem.fix)}", err=True)


def said(sentence: Sentence) -> str:
    """In the language of the environment."""
    return sentences.said(sentence, language())


def language() -> str:
    """Chinese where the environment speaks Chinese, as POSIX has it: LC_ALL goes before LC_MESSAGES and LANG."""
    locale = next(filter(None, (os.environ.get(name) for name in LOCALES)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar for whoever tells how many are done of how many."""
    with click.progressbar(length=1, label=label) as bar:

        def progress(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield progress
