"""Every command explains itself with an example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from service.cli import main


def commands(group: click.Group, *words: str) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *words, name)
        else:
            yield (*words, name)


@pytest.mark.parametrize("words", list(commands(main)), ids=" ".join)
def test_a_command_has_help_with_an_example(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*words, "--help"])
    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"liuzhuan {' '.join(words)}" in result.output


@pytest.mark.parametrize("words", list(commands(main)), ids=" ".join)
def test_a_command_is_documented(words: tuple[str, ...]) -> None:
    documented = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert f"`liuzhuan {' '.join(words)}" in documented


def test_all_commands_are_there() -> None:
    commands = {"demo", "serve", "worker", "check", "test", "feel", "decide", "deploy", "migrate", "user", "audit", "rebuild"}
    assert set(main.commands) == commands
