"""`liuzhuan serve`: answers pages and the API."""

from __future__ import annotations

import os

import click

from engine.facts.actor import SYSTEM
from engine.facts.sentences import Sentence, verbatim
from service.commands.environment import parts_of_environment
from service.commands.serving import bound, hand_over
from service.commands.serving import serve as serve_until_stopped
from service.commands.speaking import said
from service.log_lines import write_json_lines
from service.secrets.unreadable import told, unreadable
from service.settings import Settings

EXAMPLE = """\b
Example:
  export LIUZHUAN_SECRET_KEY=$(python3 -c 'import secrets; print(secrets.token_urlsafe(48))')
  liuzhuan migrate && liuzhuan serve --with-worker
"""


@click.command(epilog=EXAMPLE)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that answer.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="Threads of each of them.")
@click.option("--with-worker", is_flag=True, help="Work off jobs, timers and messages in these processes too.")
def serve(host: str, port: int, workers: int, threads: int, with_worker: bool) -> None:
    """Answer pages and the API until stopped by Ctrl-C or SIGTERM."""
    settings = Settings.from_environment(os.environ)
    write_json_lines(settings.log_level)
    try:
        bound(host, port)
    except OSError as fault:
        why = verbatim(fault.strerror or str(fault))
        taken = Sentence("Nothing can be served on {host}:{port}: {why}. Choose another --port.", host=host, port=port, why=why)
        raise click.ClickException(said(taken)) from None
    if with_worker:
        hand_over({"LIUZHUAN_WITH_WORKER": "yes"})
    click.echo(f"Serving on http://{host}:{port}")
    serve_until_stopped(host, port, workers=workers, threads=threads, when_ready=_tell)


def _tell() -> None:
    """That it answers, and what it will not be able to do."""
    click.echo("Liuzhuan is ready.")
    with parts_of_environment() as parts, parts.begin(SYSTEM) as work:
        names = unreadable(work, parts.secrets)
    if names:
        click.secho(said(told(names)), fg="red", err=True)
