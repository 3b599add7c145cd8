"""`liuzhuan user`: people from files, a first administrator, passwords, tokens."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import cast

import click

from engine.facts.actor import SYSTEM, Right
from engine.facts.errors import NotFound
from engine.facts.sentences import Sentence
from service.commands.environment import parts_of_environment
from service.commands.handing_over import hand_on_and_tell, hand_over_and_tell
from service.commands.importing import bring_in, tell_counts, tell_moved_and_left_out, tell_preview
from service.commands.speaking import REFUSED, said
from service.identity import company_file, tokens
from service.identity.company import RIGHTS, USUAL_RIGHTS
from service.identity.company_file import Row, Value, Written
from service.identity.sign_in import set_password

IMPORTING = """\b
Example (a YAML file, or a folder with departments.csv, positions.csv, roles.csv, people.csv):
  liuzhuan user import company.yaml --preview
  liuzhuan user import company.yaml
"""
CREATING = """\b
Example (asks for the password; --password-stdin reads it from a pipe):
  liuzhuan user create hu.wei --name 胡伟 --administer
"""
CHANGING = """\b
Example:
  liuzhuan user password hu.wei
"""
HANDING_OUT = """\b
Example:
  liuzhuan user token hu.wei --name CRM --right start --days 90
"""

HANDING_OVER = """\b
Example:
  liuzhuan user hand-over li.na chen.jing
"""

_password_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@click.group()
def user() -> None:
    """Import people, make a first administrator, set passwords, make tokens."""


@user.command("import", epilog=IMPORTING)
@click.argument("path", type=click.Path(exists=True, path_type=Path), metavar="FILE")
@click.option("--preview", is_flag=True, help="Change nothing; tell what would change, and what leavers have open.")
def import_(path: Path, preview: bool) -> None:
    """Bring people, departments, positions and roles in. Doing it twice changes nothing; nobody is deleted.

    Open tasks of people who have left, and of roles that nobody holds any more, go to who can do them, and are listed. What the
    file does not name any more stays, and is listed too.
    """
    with parts_of_environment() as parts:
        done = bring_in(parts, company_file.read(path), is_preview=preview)
        tell_counts(done)
        tell_moved_and_left_out(parts, done)
        if preview:
            tell_preview(parts, done)
        else:
            hand_on_and_tell(parts)


@user.command(epilog=CREATING)
@click.argument("id")
@click.option("--name", required=True)
@click.option("--email", default="")
@click.option("--administer", is_flag=True, help="Give every right.")
@_password_stdin
def create(id: str, name: str, email: str, administer: bool, password_stdin: bool) -> None:
    """Make one person, such as the first administrator."""
    rights = RIGHTS if administer else tuple(sorted(USUAL_RIGHTS))
    values: dict[str, Value] = {"id": id, "name": name, "rights": rights}
    if email:
        values["email"] = email
    password = _password(password_stdin)
    with parts_of_environment() as parts:
        bring_in(parts, Written((Row("people", values, 0, ""),), ()))
        set_password(parts.database, id, password)
    click.echo(said(Sentence("{name} ({id}) can sign in.", name=name, id=id)))


@user.command(epilog=CHANGING)
@click.argument("id")
@_password_stdin
def password(id: str, password_stdin: bool) -> None:
    """Set a person's password; whoever was signed in with the old one is signed out."""
    with parts_of_environment() as parts:
        if parts.organisation.find_person(id) is None:
            raise NotFound(kind=Sentence("person"), id=id)
        set_password(parts.database, id, _password(password_stdin))
    click.echo(said(Sentence("The password of {id} is set.", id=id)))


@user.command(epilog=HANDING_OUT)
@click.argument("id")
@click.option("--name", required=True, help="What the token is for.")
@click.option("--right", "rights", multiple=True, type=click.Choice(RIGHTS), default=("work", "start"), show_default=True)
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, 3650))
def token(id: str, name: str, rights: tuple[str, ...], days: int) -> None:
    """Make an API token for a person; it is printed this once."""
    with parts_of_environment() as parts:
        owner = parts.organisation.find_actor(id)
        if owner is None:
            raise NotFound(kind=Sentence("person"), id=id)
        with parts.begin(SYSTEM) as work:
            _, clear = tokens.create(work, owner, name, cast("tuple[Right, ...]", rights), timedelta(days=days))
    click.echo(clear)


@user.command("hand-over", epilog=HANDING_OVER)
@click.argument("id")
@click.argument("to")
def hand_over(id: str, to: str) -> None:
    """Give all open tasks of one person to another, before they leave or afterwards."""
    with parts_of_environment() as parts:
        for person in (id, to):
            if parts.organisation.find_person(person) is None:
                raise NotFound(kind=Sentence("person"), id=person)
        if not hand_over_and_tell(parts, id, to):
            raise SystemExit(REFUSED)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    answer: str = click.prompt(said(Sentence("Password")), hide_input=True, confirmation_prompt=True)
    return answer
