"""What migrations make is what the code means, on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, inspect

import engine.store
import service.store
from engine.store import columns, release, schema
from engine.store.database import parse_url
from service.store import schema as service_schema


@cache
def tables() -> MetaData:
    """Those of the engine and of the service: of every file of the two rooms, so that none has to be listed."""
    for room in (engine.store, service.store):
        for module in iter_modules(room.__path__, f"{room.__name__}."):
            import_module(module.name)
    both = MetaData(naming_convention=columns.metadata.naming_convention)
    for table in (*columns.metadata.sorted_tables, *service_schema.metadata.sorted_tables):
        table.to_metadata(both)
    return both


def difference(url: str) -> list[object]:
    """Between what the migrations have made and what the code means."""
    database = create_engine(parse_url(url))
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[object] = compare_metadata(context, tables())
    database.dispose()
    return found


def test_the_migrated_schema_is_the_one_the_code_means(database_url: str) -> None:
    assert difference(database_url) == []


def test_migrating_again_changes_nothing(database_url: str) -> None:
    schema.migrate(database_url)
    assert difference(database_url) == []


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new/empty.db"
        shutil.rmtree(tmp_path / "new", ignore_errors=True)
    else:
        yield request.getfixturevalue("empty_postgres_url")


def test_all_migrations_can_be_taken_back(empty_url: str) -> None:
    schema.migrate(empty_url)
    database = create_engine(parse_url(empty_url))
    with database.begin() as connection:
        configuration = Config()
        configuration.set_main_option("script_location", str(release.MIGRATIONS))
        configuration.attributes["connection"] = connection
        command.downgrade(configuration, "base")
    assert inspect(database).get_table_names() == ["alembic_version"]
    database.dispose()
    schema.migrate(empty_url)
    assert difference(empty_url) == []


def test_the_revisions_form_one_line() -> None:
    configuration = Config()
    configuration.set_main_option("script_location", str(release.MIGRATIONS))
    assert ScriptDirectory.from_config(configuration).get_heads() == [release.newest()]


def test_other_databases_are_refused() -> None:
    for url in ("mysql://host/name", "sqlite://", "sqlite:///:memory:"):
        with pytest.raises(ValueError, match=r"SQLite needs|Only sqlite"):
            schema.migrate(url)
