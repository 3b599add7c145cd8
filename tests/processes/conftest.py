"""The demo company with all shipped processes: prepared once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from service.app import application, assemble
from service.forms.validation import FormValidator
from service.parts import Parts
from service.settings import Settings
from tests.processes.office import Clock, Office, furnish

Furnished = tuple[Path, dict[str, str]]


@contextmanager
def assembled(url: str, clock: Clock, validator: FormValidator) -> Iterator[Parts]:
    """The parts over a database; they share one V8, which takes 0.1 s to start."""
    parts = replace(assemble(Settings(database_url=url, is_demo=True), clock=clock), forms=validator)
    try:
        yield parts
    finally:
        parts.database.close()


@pytest.fixture(scope="session")
def validator() -> Iterator[FormValidator]:
    validator = FormValidator()
    yield validator
    validator.close()


@pytest.fixture(scope="session")
def furnished(sqlite_folder: Path, sqlite_template: Path, validator: FormValidator) -> Furnished:
    """A database file with the company and the processes, and everybody's token."""
    path = sqlite_folder / "furnished.db"
    shutil.copyfile(sqlite_template, path)
    with assembled(f"sqlite:///{path}", Clock(), validator) as parts:
        return path, furnish(parts)


@pytest.fixture
def office(furnished: Furnished, sqlite_url: str, validator: FormValidator) -> Iterator[Office]:
    source, tokens = furnished
    shutil.copyfile(source, sqlite_url.removeprefix("sqlite:///"))
    clock = Clock()
    with assembled(sqlite_url, clock, validator) as parts:
        yield Office(application(parts), parts, clock, tokens)


@pytest.fixture
def postgres_office(postgres_url: str, validator: FormValidator) -> Iterator[Office]:
    clock = Clock()
    with assembled(postgres_url, clock, validator) as parts:
        yield Office(application(parts), parts, clock, furnish(parts))
