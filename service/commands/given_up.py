"""`liuzhuan given-up`: what is not tried again by itself and has no incident on any page."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

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
@click.option("--each", is_flag=True, help="List each by itself, also where many have one cause.")
def given_up(retry: bool, each: bool) -> None:
    """List timers of start events, messages, e-mails and paused processes that were given up."""
    with parts_of_environment() as parts, parts.begin(SYSTEM) as work:
        if retry:
            count = found.retry(work) + mails.retry_given_up(work)
            click.echo(said(Sentence("Tried again: {count}.", count=count)))
            return
        rows = found.list_(work)
        lines = _lines(work, rows, is_each=each)
        unsent = mails.count_given_up(work)
    for line in lines:
        click.echo(said(line))
    closing = Sentence(
        "Given up: processes, timers and messages {count}, e-mails {unsent}.",
        count=len(rows),
        unsent=unsent,
    )
    click.echo(said(closing))
    if rows or unsent:
        click.echo(said(_CLOSING))


def _lines(work: UnitOfWork, rows: Sequence[found.GivenUp], *, is_each: bool) -> list[Sentence]:
    """One for each cause: what it is, of which process or case, since when, why, and how many there are like it."""
    names = {each.key: Named(each.name, each.name_en) for each in process_definitions.list_(work)}
    cases = process_instances.several(work, [each.process_instance_id for each in rows if each.process_instance_id])
    titles = {id: case.title for id, case in cases.items()}
    alike: dict[Hashable, list[found.GivenUp]] = {}
    for each in rows:
        alike.setdefault(each.id if is_each else (each.kind, each.key, each.event, str(each.why)), []).append(each)
    lines = []
    for group in alike.values():
        first = min(group, key=lambda each: each.since)
        line = Sentence(
            "{kind} {what} ({id}), since {since}: {why}",
            kind=KINDS[first.kind],
            what=_what(first, names, titles.get(first.process_instance_id) if first.process_instance_id else None),
            id=first.id,
            since=first.since.isoformat(timespec="seconds"),
            why=first.why,
        )
        more = Sentence("{line} And {count:,} more like it; --each lists them.", line=line, count=len(group) - 1)
        lines.append(line if len(group) == 1 else more)
    return lines


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
