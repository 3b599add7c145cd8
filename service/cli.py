"""The command line `liuzhuan`."""

from __future__ import annotations

import click

from service.commands.audit import audit, rebuild
from service.commands.check import check
from service.commands.decisions import decide, feel, test
from service.commands.demo import demo
from service.commands.deploy import deploy
from service.commands.migrate import migrate
from service.commands.serve import serve
from service.commands.speaking import Sentences
from service.commands.user import user
from service.commands.worker import worker


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="liuzhuan", prog_name="liuzhuan")
def main() -> None:
    """流转 Liuzhuan: a BPMN workflow engine service. Settings come from LIUZHUAN_… (docs/settings.md)."""


for command in (demo, serve, worker, check, test, feel, decide, deploy, migrate, user, audit, rebuild):
    main.add_command(command)
