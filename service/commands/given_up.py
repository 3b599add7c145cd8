"""`liuzhuan given-up`: what is not tried again by itself and has no incident on any page."""

from __future__ import annotations

import click

from engine.facts.actor import SYSTEM
from engine.operating import given_up as found
from service.commands.environment import parts_of_environment
from service.commands.speaking import said
from service.store import mails

EXAMPLE = """\b
Example:
  liuzhuan given-up
  liuzhuan given-up --retry
"""


@click.command("given-up", epilog=EXAMPLE)
@click.option("--retry", is_flag=True, help="Try all of it again.")
def given_up(retry: bool) -> None:
    """List timers of start events, messages, e-mails and paused processes that were given up."""
    with parts_of_environment() as parts, parts.begin(SYSTEM) as work:
        if retry:
            click.echo(f"{found.retry(work) + mails.retry_given_up(work)} are tried again.")
            return
        listed = found.list_(work)
        unsent = mails.count_given_up(work)
    for each in listed:
        click.echo(f"{each.kind} {each.id}, due {each.since.isoformat(timespec='seconds')}: {said(each.why)}")
    click.echo(f"{len(listed)} processes, timers and messages, {unsent} e-mails were given up.")
