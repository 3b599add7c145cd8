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
from service.commands.handing_over import hand_on_and_tell, hand_over_all
from service.commands.speaking import progress_bar, said
from service.identity import company_file, tokens
from service.identity.altered import ALTERED
from service.identity.company import RIGHTS, USUAL_RIGHTS, CompanyRefused, company
from service.identity.company_file import Row, Value, Written
from service.identity.importing import Imported, import_company
from service.identity.sign_in import set_password
from service.parts import Parts

IMPORTING = """\b
Example (a YAML file, or a folder with departments.csv, positions.csv, roles.csv, people.csv):
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
def import_(path: Path) -> None:
    """Bring people, departments, positions and roles in. Doing it twice changes nothing; nobody is deleted.

    Open tasks of people who have left, and of roles that nobody holds any more, go to who can do them, and are listed.
    """
    with parts_of_environment() as parts:
        imported = _import(parts, company_file.read(path))
        if imported.was_altered:
            click.echo(said(ALTERED), err=True)
        click.echo(f"{imported.added} new, {imported.changed} changed, {imported.unchanged} as before.")
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
        _import(parts, Written((Row("people", values, 0, ""),), ()))
        set_password(parts.database, id, password)
    click.echo(f"{name} ({id}) can sign in.")


@user.command(epilog=CHANGING)
@click.argument("id")
@_password_stdin
def password(id: str, password_stdin: bool) -> None:
    """Set a person's password; whoever was signed in with the old one is signed out."""
    with parts_of_environment() as parts:
        if parts.organisation.find_person(id) is None:
            raise NotFound(kind=Sentence("person"), id=id)
        set_password(parts.database, id, _password(password_stdin))
    click.echo(f"The password of {id} is set.")


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
        count = hand_over_all(parts, id, to)
    click.echo(f"{to} has {count} open tasks of {id} now.")


def _import(parts: Parts, written: Written) -> Imported:
    if written.problems:
        raise CompanyRefused(problems=written.problems, count=len(written.problems))
    found = company(written.rows, parts.organisation)
    with progress_bar("People") as progress, parts.begin(SYSTEM) as work:
        return import_company(work, found, progress)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    answer: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return answer
