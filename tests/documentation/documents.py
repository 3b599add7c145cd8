"""The documents of this repository and what is quoted in them."""

from __future__ import annotations

import re
from pathlib import Path

from installation.checkout import ROOT

SHELL_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
CODE = re.compile(r"`([^`\n]+)`")


def documents() -> list[Path]:
    """Every Markdown file at the top and in docs/."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def shell_blocks(document: Path) -> list[str]:
    return [block.strip() for block in SHELL_BLOCK.findall(document.read_text())]


def links(document: Path) -> list[str]:
    """Targets inside the repository, relative to the document."""
    return LINK.findall(document.read_text())


def commands(document: Path) -> list[str]:
    """Every line of a shell block and every piece of inline code."""
    lines = [line for block in shell_blocks(document) for line in block.splitlines()]
    return lines + CODE.findall(document.read_text())


def is_documented(name: str) -> bool:
    """Whether any document names it as a whole word."""
    return any(re.search(rf"\b{re.escape(name)}\b", document.read_text()) for document in documents())
