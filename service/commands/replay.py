"""`liuzhuan replay`: does a process instance lead from its log to its state?"""

from __future__ import annotations

from uuid import UUID

import click

from engine.facts.actor import SYSTEM
from engine.facts.sentences import Sentence
from engine.operating.replay import replay as do_again
from service.commands.environment import parts_of_environment
from service.commands.speaking import REFUSED, said

EXAMPLE = """\b
Example:
  liuzhuan replay 01a1f677-aa80-7882-8d9e-feb004832662
"""


@click.command(epilog=EXAMPLE)
@click.argument("instance", type=click.UUID)
@click.pass_context
def replay(context: click.Context, instance: UUID) -> None:
    """Do everything again that was asked of a process instance, in memory; exit code 1 when it leads elsewhere."""
    with parts_of_environment() as parts, parts.begin(SYSTEM) as work:
        found = do_again(work, instance)
    if found.difference is None:
        click.echo(
            said(
                Sentence(
                    "{steps} {steps:step|steps} done again; {steps:it leads|they lead} to the state that is stored.",
                    steps=found.steps,
                )
            )
        )
        return
    version, sentence = found.difference.version, found.difference.sentence
    click.echo(said(Sentence("Version {version}: {sentence}", version=version, sentence=sentence)), err=True)
    context.exit(REFUSED)
