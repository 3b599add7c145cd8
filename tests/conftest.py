"""Fixtures for every test; what they need is brought along or installed, see tests/fixtures."""

import sys
from pathlib import Path

import pytest

from installation.checkout import TRANSLATIONS
from installation.translations import compile_catalogues

pytest_plugins = ["tests.fixtures.databases", "tests.fixtures.browsers", "tests.fixtures.releases"]


def pytest_configure(config: pytest.Config) -> None:
    """Tests see the translations as they are written; a process of a parallel run leaves it to the one that starts it."""
    stale = [catalogue for catalogue in TRANSLATIONS.rglob("*.po") if _is_stale(catalogue, catalogue.with_suffix(".mo"))]
    if stale and not hasattr(config, "workerinput"):
        compile_catalogues(Path(sys.executable), stale)


def _is_stale(written: Path, compiled: Path) -> bool:
    return not compiled.exists() or compiled.stat().st_mtime < written.stat().st_mtime
