"""GET /healthz and /readyz"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from engine.facts.actor import SYSTEM
from service.app import application, assemble
from service.parts import Parts
from service.store import background_ticks
from tests.api.conftest import codes, settings_for


@pytest.fixture
def watched(parts: Parts) -> Iterator[tuple[Flask, list[datetime]]]:
    """An application that asks for a tick within a minute, and the moment its database believes in."""
    moment = [datetime(2026, 11, 2, 9, 0, tzinfo=UTC)]
    settings = replace(parts.settings, tick_late_seconds=60)
    other = assemble(settings, clock=lambda: moment[0])
    yield application(other), moment
    other.close()


def test_a_process_that_answers_is_alive(app: Flask) -> None:
    assert app.test_client().get("/healthz").json == {"status": "ok"}


def test_it_is_ready_while_a_worker_ticks(watched: tuple[Flask, list[datetime]], parts: Parts) -> None:
    app, moment = watched
    client = app.test_client()
    assert codes(client.get("/readyz")) == (503, "worker_late")
    ours: Parts = app.extensions["liuzhuan"]
    for loop in background_ticks.WATCHED:
        assert codes(client.get("/readyz")) == (503, "worker_late")
        with ours.begin(SYSTEM) as work:
            background_ticks.tick(work, loop)
    assert client.get("/readyz").status_code == 200
    moment[0] += timedelta(seconds=61)
    assert codes(client.get("/readyz")) == (503, "worker_late")
    assert client.get("/healthz").status_code == 200


def test_where_no_worker_is_asked_for_none_is_missed(app: Flask) -> None:
    assert app.test_client().get("/readyz").status_code == 200


def test_a_database_without_tables_is_not_ready(empty_postgres_url: str) -> None:
    parts = assemble(settings_for(empty_postgres_url))
    assert codes(application(parts).test_client().get("/readyz")) == (503, "migrations_missing")
    parts.close()


def test_a_database_of_another_release_is_not_ready(app: Flask, parts: Parts) -> None:
    with parts.database.engine.connect() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '0000'")
    assert codes(app.test_client().get("/readyz")) == (503, "migrations_missing")
