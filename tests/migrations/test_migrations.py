"""What migrations make is what the code means, on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from engine.store import release, schema
from engine.store.database import parse_url


def difference(url: str) -> list[object]:
    """Of the engine's own tables; those of other rooms are compared by their own tests."""
    ours = schema.tables().tables

    def is_ours(thing: object, name: str | None, type_: str, reflected: bool, compared_to: object) -> bool:
        return type_ != "table" or name in ours

    engine = create_engine(parse_url(url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours, "compare_type": True})
        found: list[object] = compare_metadata(context, schema.tables())
    engine.dispose()
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
    engine = create_engine(parse_url(empty_url))
    with engine.begin() as connection:
        configuration = Config()
        configuration.set_main_option("script_location", str(release.MIGRATIONS))
        configuration.attributes["connection"] = connection
        command.downgrade(configuration, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
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
