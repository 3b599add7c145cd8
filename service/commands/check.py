"""`liuzhuan check`: every problem of models and forms, with file, line and a fix. Needs no database."""

from __future__ import annotations

from pathlib import Path

import click

from engine.definitions import deployments
from engine.facts.sentences import Sentence
from service.commands import counting
from service.commands.files import files_of
from service.commands.speaking import REFUSED, said, say_problems
from service.connectors import connectors
from service.forms.checking import check_form
from service.settings import Settings

EXAMPLE = """\b
Example:
  liuzhuan check processes forms
"""


@click.command(epilog=EXAMPLE)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE…")
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...]) -> None:
    """Print every problem of BPMN, DMN and form files (or of folders of them)."""
    files = files_of(paths)
    problems = deployments.check(files, connectors=connectors(Settings()), check_form=check_form)
    say_problems(problems)
    errors = [problem for problem in problems if not problem.is_warning]
    click.echo(
        said(
            Sentence(
                "{files}, {problems}, {warnings}.",
                files=counting.files(len(files)),
                problems=counting.problems(len(errors)),
                warnings=counting.warnings(len(problems) - len(errors)),
            )
        )
    )
    if errors:
        context.exit(REFUSED)
