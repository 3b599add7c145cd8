"""A statement that takes too long is ended by PostgreSQL: one request is refused, and nothing else notices."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from engine.facts.actor import SYSTEM
from engine.facts.errors import TookTooLong
from engine.store import open_database
from engine.store.poolers import STATEMENT_SECONDS
from engine.store.unit_of_work import unit_of_work
from service.app import create_app
from service.parts import current_parts
from service.settings import Settings
from tests.engine.company import COMPANY

_LIMIT = text("show statement_timeout")


def test_it_is_ended_and_the_next_one_goes_on(postgres_url: str) -> None:
    database = open_database(postgres_url, statement_seconds=0.05)
    for is_writing in (False, True):
        with pytest.raises(TookTooLong), unit_of_work(database, SYSTEM, directory=COMPANY) as work:
            if is_writing:
                work.begin()
            work.rows(text("select pg_sleep(5)"))
        with unit_of_work(database, SYSTEM, directory=COMPANY) as work:
            assert work.first(text("select 1")) == (1,)
    database.close()


def test_who_serves_has_the_limit_and_a_command_has_none(postgres_url: str) -> None:
    for seconds, said in ((None, "0"), (STATEMENT_SECONDS, "1min")):
        database = open_database(postgres_url, statement_seconds=seconds)
        with unit_of_work(database, SYSTEM, directory=COMPANY) as work:
            assert work.first(_LIMIT) == (said,)
        database.close()
    app = create_app(Settings(is_demo=True, database_url=postgres_url))
    with app.app_context(), current_parts().begin(SYSTEM) as work:
        assert work.first(_LIMIT) == ("1min",)
