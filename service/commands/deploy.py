"""`liuzhuan deploy`: brings models and forms into the database."""

from __future__ import annotations

from pathlib import Path

import click

from engine.definitions import deployments
from engine.facts.actor import SYSTEM
from service.commands.environment import parts_of_environment
from service.commands.files import files_of
from service.commands.speaking import say_problems
from service.forms.checking import check_form
from service.secrets.keeping import names

EXAMPLE = """\b
Example:
  liuzhuan deploy --name "November" processes forms
"""


@click.command(epilog=EXAMPLE)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE…")
@click.option("--name", default="command line", show_default=True, help="Under which the deployment is listed.")
def deploy(paths: tuple[Path, ...], name: str) -> None:
    """Deploy BPMN, DMN and form files (or folders of them): all, or none."""
    files = files_of(paths)
    click.echo(f"Deploying {len(files)} files …")
    with parts_of_environment() as parts, parts.begin(SYSTEM) as work:
        deployment = deployments.deploy(
            work, files, name=name, connectors=parts.connectors, check_form=check_form, secrets=names(work)
        )
    say_problems(deployment.warnings)
    for definition in deployment.definitions:
        click.echo(f"  {definition.key} version {definition.version}  {definition.name}")
    counts = len(deployment.definitions), len(deployment.decisions), len(deployment.forms)
    click.echo("{} processes, {} decisions, {} forms are there.".format(*counts))
