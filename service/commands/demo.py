"""`liuzhuan demo`: a company at work on this machine, in one command."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click

from engine.store import schema
from service.assembling import assemble
from service.commands.serving import free_port, hand_over, serve
from service.commands.speaking import progress_bar
from service.demo import loading
from service.identity.organisation import Member, Organisation
from service.log_lines import write_json_lines
from service.parts import Parts
from service.settings import Settings

HOST = "127.0.0.1"
EXAMPLE = """\b
Example:
  liuzhuan demo --port 8080
"""


@click.command(epilog=EXAMPLE)
@click.option(
    "--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="The next free one when taken; 0: any."
)
@click.option("--folder", default="var/demo", show_default=True, type=click.Path(path_type=Path), help="Where it keeps its data.")
def demo(port: int, folder: Path) -> None:
    """Start with SQLite, a demo company and its processes. Listens on this machine only."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise click.ClickException(str(fault)) from fault
    port = free_port(HOST, port)
    address = f"http://{HOST}:{port}"
    environment = _environment(folder, address)
    settings = Settings.from_environment(environment)
    write_json_lines("WARNING")
    schema.migrate(settings.database_url)
    parts = assemble(settings)
    try:
        _load(parts, folder / "loaded")
        introduce(parts, address)
    finally:
        parts.close()
    hand_over(environment)
    serve(HOST, port, workers=1, threads=4, when_ready=lambda: click.echo(f"Liuzhuan is ready: {address}   (Ctrl-C ends it)"))


def _environment(folder: Path, address: str) -> dict[str, str]:
    """What of the demo differs from a service; everything else of the environment is as it is."""
    database = (folder / "liuzhuan.db").resolve()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LIUZHUAN_")}
    return inherited | {
        "LIUZHUAN_DATABASE_URL": f"sqlite:///{database}",
        "LIUZHUAN_SECRET_KEY": _secret_key(folder / "secret-key"),
        "LIUZHUAN_PUBLIC_URL": address,
        "LIUZHUAN_IS_DEMO": "yes",
        "LIUZHUAN_WITH_WORKER": "yes",
        "LIUZHUAN_LOG_LEVEL": "WARNING",
    }


def _secret_key(file: Path) -> str:
    """Made once, so that who is signed in stays so over a restart. Only its owner can read it."""
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(secrets.token_urlsafe(48))
    return file.read_text().strip()


def _load(parts: Parts, mark: Path) -> None:
    """Nothing, when the same was loaded before, into the database that is there."""
    files = list(loading.shipped_files())
    print_ = loading.fingerprint(files)
    if mark.exists() and mark.read_text() == print_ and parts.organisation.members:
        return
    with progress_bar("People") as progress:
        imported = loading.load_company(parts, progress)
    click.echo(f"  {imported.added} new, {imported.changed} changed, {imported.unchanged} as before.")
    click.echo(f"Deploying {len(files)} files …")
    deployment = loading.deploy_shipped(parts, files)
    click.echo(
        f"  {len(deployment.definitions)} processes, {len(deployment.decisions)} decisions, {len(deployment.forms)} forms."
    )
    mark.write_text(print_)


def introduce(parts: Parts, address: str) -> None:
    company = parts.organisation
    # Whoever tries things may have imported another company.
    introduced = [id for id in loading.INTRODUCED if id in company.members]
    click.echo(f"\n流转 Liuzhuan   {address}\n\nSign in as one of these; everybody's password is {loading.PASSWORD!r}:\n")
    for id in introduced:
        click.echo(f"  {id:<12} {company.members[id].person.name}  {_post(company, company.members[id])}")
    click.echo(f"  … and {len(company.members) - len(introduced)} more.\n")


def _post(company: Organisation, member: Member) -> str:
    """Department and position, in both languages."""
    found = (company.departments.get(member.person.department or ""), company.positions.get(member.position or ""))
    known = [each for each in found if each is not None]
    return f"{' '.join(each.name for each in known)} · {', '.join(each.name_en for each in known)}"
