"""`liuzhuan audit` and `liuzhuan rebuild`: is what is stored in itself right, and deriving the lists anew."""

from __future__ import annotations

import click

from engine.operating.audit import audit as find_violations
from engine.operating.rebuild import rebuild as rebuild_rows
from service.commands.environment import parts_of_environment
from service.commands.speaking import REFUSED, said

EXAMPLE = """\b
Example:
  liuzhuan audit && echo "All invariants hold."
"""
REBUILD_EXAMPLE = """\b
Example:
  liuzhuan rebuild && liuzhuan audit
"""


@click.command(epilog=EXAMPLE)
@click.pass_context
def audit(context: click.Context) -> None:
    """Check the invariants of all process instances; exit code 1 when one is broken."""
    with parts_of_environment() as parts:
        findings = find_violations(parts.database, parts.organisation)
    for finding in findings:
        click.echo(f"{finding.invariant} {finding.process_instance_id}: {said(finding.sentence)}", err=True)
    click.echo(f"{len(findings)} findings.")
    if findings:
        context.exit(REFUSED)


@click.command(epilog=REBUILD_EXAMPLE)
def rebuild() -> None:
    """Derive user tasks, jobs, timers and subscriptions anew from the saved states."""
    with parts_of_environment() as parts:
        wrong = rebuild_rows(parts.database, parts.organisation)
    click.echo(f"The lists are derived anew; {wrong} rows were wrong.")
