"""`liuzhuan element-templates`: our vocabulary in the properties panel of Camunda Modeler. Needs no database."""

from __future__ import annotations

import click
import orjson

from engine.vocabulary import templates
from service.connectors import connectors
from service.settings import LANGUAGES, Settings

EXAMPLE = """\b
Example:
  liuzhuan element-templates --language en > element-templates/liuzhuan.json
"""


@click.command(epilog=EXAMPLE)
@click.option("--language", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="Of names and hints.")
def element_templates(language: str) -> None:
    """Print the element templates for Camunda Modeler; its folder resources/element-templates is where they belong."""
    found = templates.element_templates(language, connectors(Settings()))
    click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2))
