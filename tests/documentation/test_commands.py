from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from installation.checkout import ROOT
from tests.documentation.documents import commands, documents, links, shell_blocks

README = ROOT / "README.md"
#: What ./liuzhuan answers itself.
SET_UP_WORDS = {"test", "set-up", "sbom"}


def test_the_readme_begins_with_the_two_commands_one_line_each() -> None:
    assert shell_blocks(README)[:2] == ["./liuzhuan demo", "./liuzhuan test"]


def test_continuous_integration_calls_the_readmes_test_command() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert lines[-1] == shell_blocks(README)[1]


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    assert [target for target in links(document) if not (document.parent / target).exists()] == []


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {word for line in all_commands() if line.startswith("make ") for word in line.split()[1:]}
    assert named - targets == set()


def test_every_command_that_is_named_exists() -> None:
    known = subcommands() | SET_UP_WORDS
    named = {match for line in all_commands() for match in re.findall(r"^(?:\./|\.venv/bin/)?liuzhuan ([a-z][a-z-]*)", line)}
    assert named
    assert named - known == set()


def subcommands() -> set[str]:
    """What `liuzhuan --help` lists."""
    program = "import sys; from service.cli import main; sys.exit(main(['--help']))"
    text = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    ).stdout
    return set(re.findall(r"^\s+([a-z-]+)\s", text, re.MULTILINE))


def all_commands() -> list[str]:
    return [line.strip() for document in documents() for line in commands(document)]
