"""The command line `liuzhuan`."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from importlib import import_module

import click

from service.commands.speaking import Sentences

#: Where each command is. Only the one that is called is imported: `check` needs no web server.
MODULES: Mapping[str, str] = {
    "demo": "service.commands.demo",
    "serve": "service.commands.serve",
    "worker": "service.commands.worker",
    "check": "service.commands.check",
    "test": "service.commands.decisions",
    "feel": "service.commands.decisions",
    "decide": "service.commands.decisions",
    "deploy": "service.commands.deploy",
    "element-templates": "service.commands.element_templates",
    "migrate": "service.commands.migrate",
    "user": "service.commands.user",
    "audit": "service.commands.audit",
    "anchors": "service.commands.anchors",
    "given-up": "service.commands.given_up",
    "rebuild": "service.commands.audit",
    "secrets": "service.commands.secrets",
    "replay": "service.commands.replay",
}


class Commands(Sentences):
    """The commands, found by name in MODULES."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(MODULES)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in MODULES:
            return None
        # A module stays for good: looking for garbage among modules costs a tenth of importing them, now and ever after.
        gc.disable()
        command: click.Command = getattr(import_module(MODULES[name]), name.replace("-", "_"))
        gc.freeze()
        gc.enable()
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="liuzhuan", prog_name="liuzhuan")
def main() -> None:
    """流转 Liuzhuan: a BPMN workflow engine service. Settings come from LIUZHUAN_… (docs/settings.md)."""
