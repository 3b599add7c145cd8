"""`liuzhuan anchors`: digests over all that was written, to be kept elsewhere, and what is held against them."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import click

from engine.facts.actor import SYSTEM
from engine.facts.sentences import Sentence
from engine.operating import anchor_files
from engine.operating.audit import Finding, audit
from engine.store.unit_of_work import UnitOfWork
from service.anchor_keys import make_key, verifier
from service.background.anchor import make_now
from service.commands import counting
from service.commands.audit import about
from service.commands.environment import parts_of_environment
from service.commands.speaking import REFUSED, said

EXAMPLE = """\b
Example:
  liuzhuan anchors make
"""
EXPORTING = """\b
Example:
  liuzhuan anchors export anchors.jsonl
"""
VERIFYING = """\b
Example:
  liuzhuan anchors verify anchors.jsonl --public-key anchors.public.pem
"""
KEEPING = """\b
Example:
  liuzhuan anchors key /etc/liuzhuan/anchors.pem > anchors.public.pem
"""


@click.group()
def anchors() -> None:
    """Make, export and verify digests over all that was written."""


@anchors.command(epilog=EXAMPLE)
def make() -> None:
    """Make an anchor now; a worker makes one each day."""
    with parts_of_environment() as parts:
        made = make_now(parts)
    words = Sentence(
        "Anchor {number} is over {count} {count:change|changes}: {digest}",
        number=made.number,
        count=made.count,
        digest=made.digest.hex(),
    )
    click.echo(said(words))


@anchors.command(epilog=EXPORTING)
@click.argument("file", type=click.File("wb"), default="-")
@click.option("--since", default=1, show_default=True, help="The first anchor to write.")
@click.option("--without-heads", is_flag=True, help="Only the anchors: as good a proof, and it does not name what differs.")
def export(file: BinaryIO, since: int, without_heads: bool) -> None:
    """Write anchors to a FILE that is kept elsewhere."""
    with parts_of_environment() as parts, parts.begin(SYSTEM) as work:
        for line in anchor_files.lines(work, since=since, with_heads=not without_heads):
            file.write(line)


@anchors.command(epilog=VERIFYING)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--public-key", default="", help="A file with the key that the signatures have to be of.")
@click.pass_context
def verify(context: click.Context, file: Path, public_key: str) -> None:
    """Hold the database against a FILE of anchors; exit code 1 when it is another one."""
    is_signature = verifier(public_key) if public_key else None

    def of_file(work: UnitOfWork) -> list[Finding]:
        with file.open("rb") as read:
            return [Finding("I9", None, each) for each in anchor_files.differences(work, read, is_signature)]

    with parts_of_environment() as parts:
        findings = audit(parts.database, parts.organisation, only={"I9"}, further=of_file)
    for finding in findings:
        click.echo(about(finding), err=True)
    click.echo(said(Sentence("{findings}.", findings=counting.findings(len(findings)))))
    if findings:
        context.exit(REFUSED)


@anchors.command(epilog=KEEPING)
@click.argument("file", type=click.Path(path_type=Path))
def key(file: Path) -> None:
    """Write a new private key to FILE and print its public key."""
    click.echo(make_key(file), nl=False)
