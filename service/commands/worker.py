"""`liuzhuan worker`: works off jobs, timers and messages."""

from __future__ import annotations

import signal
import threading

import click

from engine.store.reaching import trouble
from service.background.schedule import work_until
from service.commands.environment import parts_of_environment
from service.commands.speaking import said
from service.identity.snapshot import NOBODY
from service.log_lines import write_json_lines

EXAMPLE = """\b
Example (any number of them may run, on any number of machines):
  liuzhuan worker
"""


@click.command(epilog=EXAMPLE)
def worker() -> None:
    """Work until stopped by Ctrl-C or SIGTERM; what is being done is finished first."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with parts_of_environment(is_serving=True) as parts:
        write_json_lines(parts.settings.log_level)
        away = trouble(parts.settings.database_url, NOBODY)
        click.echo("The worker is ready." if away is None else said(away), err=True)
        work_until(stopped, parts)
