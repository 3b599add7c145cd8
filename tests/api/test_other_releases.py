"""Every address while the database has the tables of another release, generated from the route table."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from flask import Flask

from engine.store import release
from service.parts import Parts
from tests.api.asking import Asker, person, program, routes
from tests.api.conftest import As, codes
from tests.api.test_openings import belongings
from tests.fixtures.releases import Migrate

#: What needs no database.
ALWAYS = {
    "GET /healthz",
    "GET /icon.svg",
    "GET /assets/<name>",
    "POST /profile/language",
    "POST /profile/theme",
}


def other_answers(app: Flask, asker: Asker, ids: dict[str, str]) -> Mapping[str, int]:
    asked = (route for route in routes(app) if route.name not in ALWAYS and (route.is_api or not asker.is_program))
    return {route.name: status for route in asked if (status := asker.asks(route, ids)) != 503}


@pytest.fixture
def always_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "BELIEVED", 0)


def test_an_old_process_answers_everything_with_503(
    app: Flask, parts: Parts, adam: As, migrate_to_next: Migrate, always_looking: None
) -> None:
    ids = belongings(adam)
    askers = (person(app, parts), program(app, parts, "administer"))
    migrate_to_next(parts.settings.database_url)
    for asker in askers:
        assert other_answers(app, asker, ids) == {}
    assert codes(adam.get("/user-tasks")) == (503, "release_outdated")
    assert codes(app.test_client().get("/readyz")) == (503, "release_outdated")
    assert app.test_client().get("/healthz").status_code == 200


def test_a_new_process_answers_everything_with_503_until_the_database_is_migrated(
    app: Flask, parts: Parts, adam: As, always_looking: None
) -> None:
    ids = belongings(adam)
    askers = (person(app, parts), program(app, parts, "administer"))
    with parts.database.engine.connect() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '0020'")
        for asker in askers:
            assert other_answers(app, asker, ids) == {}
        assert codes(adam.get("/user-tasks")) == (503, "migrations_missing")
        connection.exec_driver_sql(f"update alembic_version set version_num = '{release.REVISION}'")
    assert adam.get("/user-tasks").status_code == 200
