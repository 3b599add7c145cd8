"""`liuzhuan migrate`: brings the database up to the tables of this release."""

from __future__ import annotations

import os

import click

from engine.facts.actor import SYSTEM
from engine.store import schema
from service.commands.environment import parts_of_environment
from service.identity import altered
from service.settings import Settings

EXAMPLE = """\b
Example:
  LIUZHUAN_DATABASE_URL=postgresql://liuzhuan@db/liuzhuan liuzhuan migrate
"""


@click.command(epilog=EXAMPLE)
def migrate() -> None:
    """Create or update the tables; what is there already is left alone."""
    schema.migrate(Settings.from_environment(os.environ, is_serving=False).database_url)
    # What was there before there were seals is sealed as it is.
    with parts_of_environment() as parts, parts.begin(SYSTEM) as work:
        altered.seal_first(work)
    click.echo("The database is up to date.")
