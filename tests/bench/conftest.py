"""The company of `bench.lists` with its process instances: one of each on SQLite, thousands on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from bench.lists.company import bring_in, sign_in
from bench.lists.filling import fill
from bench.lists.originals import deploy, originals
from service.assembling import assemble
from service.parts import Parts
from service.settings import Settings
from tests.fixtures.databases import database
from tests.fixtures.postgres_server import PostgresServer

KEYS = ("sales-request", "it-inspection", "legal-contract")
numbers = count(1)


def _settings(url: str) -> Settings:
    return Settings(secret_key="tests only: 0123456789 abcdefghij", database_url=url, public_url="http://localhost")


@pytest.fixture(scope="session")
def few(sqlite_folder: Path, sqlite_template: Path) -> Iterator[Parts]:
    """Everything that a list can have, on SQLite."""
    path = sqlite_folder / "few.db"
    shutil.copyfile(sqlite_template, path)
    parts = assemble(_settings(f"sqlite:///{path}"))
    bring_in(parts)
    sign_in(parts)
    deploy(parts, KEYS)
    list(originals(parts, KEYS))
    yield parts
    parts.close()


@pytest.fixture(scope="session")
def many(postgres_server: PostgresServer, administration: psycopg.Connection, postgres_template: str) -> Iterator[Parts]:
    """`FINISHED` instances beside `OPEN` ones on PostgreSQL, with statistics."""
    for url in database(postgres_server, administration, template=postgres_template):
        parts = assemble(_settings(url))
        bring_in(parts)
        sign_in(parts)
        deploy(parts, KEYS)
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            fill(connection, originals(parts, KEYS), finished=FINISHED, open=OPEN)
        yield parts
        parts.close()


FINISHED, OPEN = 40_000, 2_000
