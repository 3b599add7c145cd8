"""`liuzhuan audit` and `liuzhuan rebuild`: is what is stored in itself right, and deriving the lists anew."""

from __future__ import annotations

from collections.abc import Sequence

import click

from engine.facts.actor import SYSTEM
from engine.facts.sentences import Sentence
from engine.operating.audit import INVARIANTS, Finding
from engine.operating.audit import audit as find_violations
from engine.operating.rebuild import rebuild as rebuild_rows
from service.commands import counting
from service.commands.environment import parts_of_environment
from service.commands.speaking import REFUSED, said
from service.identity import altered

EXAMPLE = """\b
Example:
  liuzhuan audit && echo "All invariants hold."
  liuzhuan audit --explain
"""
REBUILD_EXAMPLE = """\b
Example:
  liuzhuan rebuild && liuzhuan audit
"""


@click.command(epilog=EXAMPLE)
@click.option("--explain", is_flag=True, help="Say of each invariant what is checked, and what to do about its findings.")
@click.option(
    "--accept", is_flag=True, help="Seal API tokens, webhook endpoints and secrets (I18) as they are, after somebody has looked."
)
@click.pass_context
def audit(context: click.Context, explain: bool, accept: bool) -> None:
    """Check the invariants of all process instances; exit code 1 when one is broken."""
    if accept:
        _accept()
    with parts_of_environment() as parts:
        findings = find_violations(parts.database, parts.organisation, further=altered.findings)
    if explain:
        _explain(findings)
    else:
        for finding in findings:
            click.echo(f"{finding.invariant} {about(finding)}", err=True)
    click.echo(said(Sentence("{findings}.", findings=counting.findings(len(findings)))))
    if findings:
        context.exit(REFUSED)


def _accept() -> None:
    with parts_of_environment() as parts, parts.begin(SYSTEM) as work:
        accepted = altered.seal_as_they_are(work)
    for kind in accepted:
        click.echo(said(Sentence("{kind}: sealed as they are now.", kind=kind)))


def _explain(findings: Sequence[Finding]) -> None:
    """By invariant: what is checked, what was found, what to do."""
    for name, invariant in INVARIANTS.items():
        broken = [finding for finding in findings if finding.invariant == name]
        click.echo(said(Sentence("{invariant}: {checked}", invariant=name, checked=invariant.checked)))
        for finding in broken:
            click.echo(f"    {about(finding)}", err=True)
        if broken:
            click.echo("    " + said(Sentence("What to do: {do}", do=invariant.do)), err=True)
    click.echo(
        said(
            Sentence(
                "Not held against anything: sessions, deliveries of webhooks, that an incident was resolved and by whom, "
                "moments of jobs within their pauses, what was given up, notifications, drafts."
            )
        )
    )


def about(finding: Finding) -> str:
    """The process instance and what is wrong with it."""
    return " ".join((*([f"{finding.process_instance_id}:"] if finding.process_instance_id else []), said(finding.sentence)))


@click.command(epilog=REBUILD_EXAMPLE)
def rebuild() -> None:
    """Derive user tasks, jobs, timers and subscriptions anew from the saved states and models."""
    with parts_of_environment() as parts:
        wrong = rebuild_rows(parts.database, parts.organisation)
    click.echo(said(Sentence("The lists are derived anew; rows that were wrong: {count}.", count=wrong)))
