"""What migrations make is what the code means, on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, inspect, select
from sqlalchemy import text as sql

import engine.store
import service.store
from engine.facts.sentences import verbatim
from engine.store import columns, release, schema, timers
from engine.store.correlation import digest
from engine.store.database import DatabaseAddressRefused, parse_url
from service.store import schema as service_schema
from service.store.webhook_deliveries import webhook_delivery
from service.store.webhook_endpoints import webhook_endpoint
from tests.documentation.modules import modules

ID = "0" * 32


@cache
def tables() -> MetaData:
    """Those of the engine and of the service: of every file of the two rooms, so that none has to be listed."""
    assert list(modules(engine.store, service.store))
    both = MetaData(naming_convention=columns.metadata.naming_convention)
    for table in (*columns.metadata.sorted_tables, *service_schema.metadata.sorted_tables):
        table.to_metadata(both)
    return both


def difference(url: str) -> list[object]:
    """Between what the migrations have made and what the code means."""
    database = create_engine(parse_url(url))
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": _is_compared})
        found: list[object] = compare_metadata(context, tables())
    database.dispose()
    return found


def _is_compared(name: str | None, kind: str, parents: object) -> bool:
    """An index of an expression is known to its migration only."""
    return (kind, name) != ("index", "process_instance_words")


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
    for url in (
        "mysql://host/name",
        "sqlite://",
        "sqlite:///:memory:",
        "postgres",
        "",
        "postgresql://host:port/name",
        "oracel://x",
    ):
        with pytest.raises(DatabaseAddressRefused, match="LIUZHUAN_DATABASE_URL cannot be used: "):
            schema.migrate(url)


def test_what_was_stored_as_an_english_text_is_still_said(empty_url: str) -> None:
    """By revision 0012, and by the way back."""
    schema.migrate(empty_url, revision="0011")
    engine = create_engine(parse_url(empty_url))
    text = "There is no form leave in advance."
    moment = "2026-01-01T00:00:00.000000Z"
    rows: dict[str, dict[str, object]] = {
        "timer": {"definition_id": ID, "element": "wait", "due_at": moment, "since": moment, "error": text},
        "webhook_endpoint": {
            **dict.fromkeys(("name", "style", "effect", "target", "created_by"), "x"),
            **dict.fromkeys(("variables", "business_key", "correlation_key", "event_id"), ""),
            **{"is_enabled": True, "created_at": moment, "secret": b"", "refused_count": 1, "refused_why": text},
        },
        "webhook_delivery": {
            **{"endpoint_id": ID, "event_id": "1", "received_at": moment, "status": "failed", "body": b"", "sentence": ""},
            **{"headers": "{}", "query": "{}"},
        },
    }
    with engine.begin() as connection:
        for table, row in rows.items():
            names = ", ".join(["id", *row])
            values = ", ".join(f":{name}" for name in ("id", *row))
            connection.execute(sql(f"insert into {table} ({names}) values ({values})"), {"id": ID, **row})
    schema.migrate(empty_url)
    with engine.begin() as connection:
        assert connection.execute(select(timers.timer.c.error)).scalar_one() == verbatim(text)
        assert connection.execute(select(webhook_endpoint.c.refused_why)).scalar_one() == verbatim(text)
        assert connection.execute(select(webhook_delivery.c.sentence)).scalar_one() is None
    with engine.begin() as connection:
        configuration = Config()
        configuration.set_main_option("script_location", str(release.MIGRATIONS))
        configuration.attributes["connection"] = connection
        command.downgrade(configuration, "0011")
    with engine.begin() as connection:
        assert connection.execute(sql("select error from timer")).scalar_one() == text
        assert connection.execute(sql("select refused_why from webhook_endpoint")).scalar_one() == text
        assert connection.execute(sql("select sentence from webhook_delivery")).scalar_one() == ""
    engine.dispose()


def test_who_waits_since_before_is_found_by_the_digest_of_its_key(empty_url: str) -> None:
    """By revision 0017."""
    schema.migrate(empty_url, revision="0016")
    engine = create_engine(parse_url(empty_url))
    row = {"definition_id": ID, "element": "wait", "kind": "message", "name": "paid", "created_at": "2026-01-01T00:00:00.000000Z"}
    with engine.begin() as connection:
        for number, key in enumerate(("合同 7", "合同 7", None), 1):
            values = {"id": str(number) * 32, "correlation_key": key, **row}
            names = ", ".join(values)
            connection.execute(
                sql(f"insert into subscription ({names}) values ({', '.join(f':{name}' for name in values)})"), values
            )
    schema.migrate(empty_url)
    with engine.begin() as connection:
        found = connection.execute(sql("select correlation_digest from subscription order by id")).scalars().all()
    assert found == [digest("合同 7"), digest("合同 7"), None]
    engine.dispose()
