"""Every command explains itself with an example."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from service.cli import main


def commands(group: click.Group, *words: str) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
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
    with_people = {"demo", "serve", "worker", "user"}
    with_files = {"check", "test", "feel", "decide", "deploy", "element-templates"}
    with_a_database = {"migrate", "audit", "anchors", "given-up", "rebuild", "replay", "secrets"}
    assert {*main.list_commands(click.Context(main))} == with_people | with_files | with_a_database


def test_an_unknown_command_is_refused() -> None:
    result = CliRunner().invoke(main, ["os"])
    assert result.exit_code == 2
    assert "No such command 'os'" in result.output


@pytest.mark.parametrize(
    ("words", "unneeded"),
    [
        ("--version", {"flask", "sqlalchemy", "lxml"}),
        ("check --help", {"flask_smorest", "granian"}),
        ("worker --help", {"granian"}),
    ],
)
def test_a_command_loads_only_what_it_needs(words: str, unneeded: set[str]) -> None:
    program = f"import sys; from service.cli import main; main({words.split()!r}, standalone_mode=False); print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert unneeded.isdisjoint(ended.stdout.split())
