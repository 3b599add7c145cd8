"""What `liuzhuan user import` tells beside its counts: who leaves and what they have, what is not in the file any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import click

from engine.facts.actor import SYSTEM
from engine.facts.sentences import Named, Sentence
from engine.people import stranded_tasks
from engine.people.handing_over import count_claimable, count_held
from engine.people.stranded_tasks import HandedOn, HeldTask
from engine.store.unit_of_work import UnitOfWork, unit_of_work
from service.commands.handing_over import left_line, moved_line, place, say_lines
from service.commands.speaking import progress_bar, said
from service.identity import comparing
from service.identity.altered import ALTERED
from service.identity.company import Company, CompanyRefused, company
from service.identity.company_file import Written
from service.identity.comparing import LeftOut
from service.identity.importing import Imported, import_company
from service.identity.organisation import Member, Organisation
from service.identity.snapshot import read
from service.parts import Parts

#: Lines about what a file leaves out.
MOST = 20


@dataclass(frozen=True, slots=True)
class Import:
    """A file, and the company before and after it."""

    company: Company
    counts: Imported
    before: Organisation
    after: Organisation


def bring_in(parts: Parts, written: Written, *, is_preview: bool = False) -> Import:
    """Refuses with every problem of the file. A preview is done in a transaction that is taken back."""
    if written.problems:
        raise CompanyRefused(problems=written.problems, count=len(written.problems))
    before = parts.organisation
    found = company(written.rows, before)
    with progress_bar(said(Sentence("People"))) as progress, parts.begin(SYSTEM) as work:
        if is_preview:
            work.rehearse()
        counts = import_company(work, found, progress)
        after = read(work)
    return Import(found, counts, before, after)


def tell_counts(done: Import) -> None:
    if done.counts.was_altered:
        click.echo(said(ALTERED), err=True)
    counts = done.counts
    click.echo(
        said(
            Sentence(
                "{added} new, {changed} changed, {same} as before.",
                added=counts.added,
                changed=counts.changed,
                same=counts.unchanged,
            )
        )
    )


def tell_moved_and_left_out(parts: Parts, done: Import) -> None:
    """Nothing that a file takes away is taken away in silence."""
    with parts.begin(SYSTEM) as work:
        for line in (*_moved(done), *_left_out(work, done)):
            click.echo(said(line))


def tell_preview(parts: Parts, done: Import) -> None:
    """Before it is done: what leavers have and how to hand it over, and where the rest would go by itself."""
    # The transaction of the import is over: nobody has to wait for what is only looked up.
    with unit_of_work(parts.database, SYSTEM, directory=done.after) as work:
        leavers = list(comparing.leavers(done.before, done.after))
        held = count_held(work, [each.person.id for each in leavers])
        for member in leavers:
            count = held.get(member.person.id, 0)
            say_lines(_leaves(member, count), map(place, stranded_tasks.held_by(work, member.person.id) if count else ()))
        goes, stays = _would_go(work)
    if goes:
        say_lines(
            Sentence("{count} open {count:task|tasks} would go to others by {count:itself|themselves}:", count=len(goes)),
            map(moved_line, goes),
        )
    if stays:
        say_lines(
            Sentence("{count} open {count:task|tasks} would be left that nobody can do:", count=len(stays)), map(left_line, stays)
        )
    click.echo(said(Sentence("This was a preview: nothing is changed.")))


def _leaves(member: Member, count: int) -> Sentence:
    person, id = Named(member.person.name, member.person.name_en), member.person.id
    why = Sentence("may not work any more") if member.person.is_active else Sentence("leaves")
    if not count:
        return Sentence("{person} ({id}) {why}, and has no open tasks.", person=person, id=id, why=why)
    return Sentence(
        "{person} ({id}) {why}, and has {count} open {count:task|tasks}. Before the import you can choose who gets"
        " {count:it|them}: liuzhuan user hand-over {id} ID",
        person=person,
        id=id,
        why=why,
        count=count,
    )


def _would_go(work: UnitOfWork) -> tuple[list[HandedOn], list[HeldTask]]:
    goes, stays = [], []
    for task in stranded_tasks.stranded(work):
        found = stranded_tasks.would_go(work, task.id)
        if found is None:
            stays.append(task)
        else:
            goes.append(found)
    return goes, stays


def _moved(done: Import) -> Iterator[Sentence]:
    for was, now in comparing.moved(done.before, done.after):
        yield Sentence(
            "The department {name} ({id}) moves from {before} to {now}.",
            name=Named(now.name, now.name_en),
            id=now.id,
            before=was.parent or Sentence("the top"),
            now=now.parent or Sentence("the top"),
        )


def _left_out(work: UnitOfWork, done: Import) -> Iterator[Sentence]:
    """What most work waits for comes first."""
    missing = list(comparing.left_out(done.company, done.after))
    held = count_held(work, [each.id for each in missing if each.kind == "person"])
    claimable = count_claimable(work, [each.is_named_by for each in missing])
    tasks = [held.get(each.id, 0) * (each.kind == "person") + count for each, count in zip(missing, claimable, strict=True)]
    ordered = sorted(zip(missing, tasks, strict=True), key=lambda pair: (-pair[1], -len(pair[0].people)))
    yield from (_is_left_out(each, count) for each, count in ordered[:MOST])
    if len(ordered) > MOST:
        yield Sentence("{count} more {count:is|are} not in the file and {count:stays|stay}.", count=len(ordered) - MOST)


def _is_left_out(each: LeftOut, tasks: int) -> Sentence:
    name = Named(each.name, each.name_en)
    if each.kind == "person":
        return Sentence(
            "{name} ({id}) is not in the file and stays active, with {tasks} open {tasks:task|tasks}."
            " Who has left gets active: no.",
            name=name,
            id=each.id,
            tasks=tasks,
        )
    return Sentence(
        "The {kind} {name} ({id}) is not in the file and stays; {people} {people:person|people} and {tasks} open"
        " {tasks:task|tasks} still name it.",
        kind=each.word,
        name=name,
        id=each.id,
        people=len(each.people),
        tasks=tasks,
    )
