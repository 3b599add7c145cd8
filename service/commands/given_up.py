"""`liuzhuan given-up`: what is not tried again by itself and has no incident on any page."""

from __future__ import annotations

from collections.abc import Mapping

import click

from engine import process_instances
from engine.definitions import process_definitions
from engine.facts.actor import SYSTEM
from engine.facts.sentences import Named, Sentence, listed
from engine.operating import given_up as found
from engine.store.unit_of_work import UnitOfWork
from service.commands.environment import parts_of_environment
from service.commands.speaking import said
from service.store import mails

EXAMPLE = """\b
Example:
  liuzhuan given-up
  liuzhuan given-up --retry
"""

KINDS: Mapping[found.Kind, Sentence] = {
    "process": Sentence("process"),
    "timer": Sentence("timer"),
    "message": Sentence("message"),
}
_CLOSING = Sentence("Whoever has put the causes right tries all of it again with “liuzhuan given-up --retry”.")


@click.command("given-up", epilog=EXAMPLE)
@click.option("--retry", is_flag=True, help="Try all of it again.")
def given_up(retry: bool) -> None:
    """List timers of start events, messages, e-mails and paused processes that were given up."""
    with parts_of_environment() as parts, parts.begin(SYSTEM) as work:
        if retry:
            count = found.retry(work) + mails.retry_given_up(work)
            click.echo(said(Sentence("{count} are tried again.", count=count)))
            return
        lines = _lines(work)
        unsent = mails.count_given_up(work)
    for line in lines:
        click.echo(said(line))
    closing = Sentence(
        "{count} processes, timers and messages, {unsent} e-mails were given up.",
        count=len(lines),
        unsent=unsent,
    )
    click.echo(said(closing))
    if lines or unsent:
        click.echo(said(_CLOSING))


def _lines(work: UnitOfWork) -> list[Sentence]:
    """One for each: what it is, of which process or case, since when, and why."""
    rows = found.list_(work)
    names = {each.key: Named(each.name, each.name_en) for each in process_definitions.list_(work)}
    cases = process_instances.several(work, [each.process_instance_id for each in rows if each.process_instance_id])
    titles = {id: case.title for id, case in cases.items()}
    return [
        Sentence(
            "{kind} {what} ({id}), since {since}: {why}",
            kind=KINDS[each.kind],
            what=_what(each, names, titles.get(each.process_instance_id) if each.process_instance_id else None),
            id=each.id,
            since=each.since.isoformat(timespec="seconds"),
            why=each.why,
        )
        for each in rows
    ]


def _what(row: found.GivenUp, names: Mapping[str, Named], title: str | None) -> Sentence:
    """Of the share of a signal whose listener is gone nothing is known."""
    parts = []
    if row.key:
        parts.append(Sentence("“{name}” [{key}]", name=names.get(row.key, Named(row.key)), key=row.key))
    if row.event:
        parts.append(Sentence("“{name}”", name=row.event))
    if row.process_instance_id:
        parts.append(Sentence("of case “{title}”", title=title or row.process_instance_id))
    return listed(parts or ["—"])
