"""The demo company with all shipped processes: prepared once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.app import application, assemble
from service.settings import Settings
from tests.processes.office import Clock, Office, furnish


def settings(url: str) -> Settings:
    return Settings(database_url=url, is_demo=True)


@contextmanager
def opened(url: str, tokens: dict[str, str] | None = None) -> Iterator[Office]:
    clock = Clock()
    parts = assemble(settings(url), clock=clock)
    try:
        yield Office(application(parts), parts, clock, tokens or furnish(parts))
    finally:
        parts.close()


@pytest.fixture(scope="session")
def furnished(sqlite_folder: Path, sqlite_template: Path) -> tuple[Path, dict[str, str]]:
    """A database file with the company and the processes, and everybody's token."""
    path = sqlite_folder / "furnished.db"
    shutil.copyfile(sqlite_template, path)
    parts = assemble(settings(f"sqlite:///{path}"), clock=Clock())
    try:
        return path, furnish(parts)
    finally:
        parts.close()


@pytest.fixture
def office(furnished: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Office]:
    source, tokens = furnished
    path = tmp_path / "office.db"
    shutil.copyfile(source, path)
    with opened(f"sqlite:///{path}", tokens) as office:
        yield office


@pytest.fixture
def postgres_office(postgres_url: str) -> Iterator[Office]:
    with opened(postgres_url) as office:
        yield office
