"""`liuzhuan secrets`: passwords and tokens for connectors. Values come from standard input, never from arguments."""

from __future__ import annotations

import sys

import click

from engine.facts.actor import SYSTEM
from service.commands.environment import parts_of_environment
from service.commands.speaking import REFUSED, said
from service.secrets import keeping
from service.secrets.rotating import rotate as rotate_all
from service.secrets.unreadable import told, unreadable

SETTING = """\b
Example (asks for the value; from a pipe it is read as it comes):
  liuzhuan secrets set crm-token --host api.crm.example.com < token.txt
"""
LISTING = """\b
Example:
  liuzhuan secrets list
"""
DELETING = """\b
Example:
  liuzhuan secrets delete crm-token
"""
ROTATING = """\b
Example (LIUZHUAN_SECRET_KEY is the new key, LIUZHUAN_PREVIOUS_SECRET_KEY the one before):
  liuzhuan secrets rotate
"""


@click.group()
def secrets() -> None:
    """Passwords and tokens that connectors are given by name."""


@secrets.command("set", epilog=SETTING)
@click.argument("name")
@click.option(
    "--host",
    "hosts",
    multiple=True,
    help="The only host it may be sent to, with a port where it is not 443 or 80; several times for several.",
)
def set_(name: str, hosts: tuple[str, ...]) -> None:
    """Set a secret, or give it a new value."""
    value = _value()
    with parts_of_environment(is_serving=True) as parts, parts.begin(SYSTEM) as work:
        found = keeping.set_(work, parts.secrets, name, value, hosts)
    click.echo(f"{found.name} is set; it may be sent to {', '.join(found.hosts) or 'any host'}.")


@secrets.command("list", epilog=LISTING)
@click.pass_context
def list_(context: click.Context) -> None:
    """List the secrets: names, hosts, who set them and when. Values are never shown. Tells which ones the secret key cannot
    read, when it is there."""
    with parts_of_environment() as parts, parts.begin(SYSTEM) as work:
        found = keeping.list_(work)
        lost = unreadable(work, parts.secrets) if parts.settings.secret_key else ()
    for each in found:
        at = each.set_at.isoformat(timespec="seconds")
        click.echo(f"{each.name}  {', '.join(each.hosts) or 'any host'}  set {at} by {each.set_by}")
    click.echo(f"{len(found)} secrets.")
    if lost:
        click.secho(said(told(lost)), fg="red", err=True)
        context.exit(REFUSED)


@secrets.command(epilog=DELETING)
@click.argument("name")
def delete(name: str) -> None:
    """Delete a secret; steps that use it stop with an incident."""
    with parts_of_environment() as parts, parts.begin(SYSTEM) as work:
        keeping.delete(work, name)
    click.echo(f"{name} is deleted.")


@secrets.command(epilog=ROTATING)
@click.pass_context
def rotate(context: click.Context) -> None:
    """Encrypt everything anew under the secret key of now, the secrets of webhook endpoints too."""
    with parts_of_environment(is_serving=True) as parts, parts.begin(SYSTEM) as work:
        rotated = rotate_all(work, parts.secrets)
    click.echo(f"{rotated.renewed} encrypted anew, {rotated.current} were under this key already.")
    for name in rotated.unreadable:
        click.secho(f"{name} can be read under neither key: set it again.", fg="red", err=True)
    if rotated.unreadable:
        context.exit(REFUSED)


def _value() -> str:
    """All of standard input but the line break at its end."""
    if not sys.stdin.isatty():
        return sys.stdin.read().removesuffix("\n").removesuffix("\r")
    answer: str = click.prompt("Value", hide_input=True, confirmation_prompt=True)
    return answer
