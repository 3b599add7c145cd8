"""The command line, run in this process; its settings come from an environment of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from service.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """run("user", "import", "company.yaml") against a migrated database."""
    monkeypatch.setenv("LIUZHUAN_DATABASE_URL", sqlite_url)
    monkeypatch.delenv("LIUZHUAN_SECRET_KEY", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def invoke(*words: str, **more: Any) -> Result:
        return CliRunner().invoke(main, words, catch_exceptions=False, **more)

    return invoke
