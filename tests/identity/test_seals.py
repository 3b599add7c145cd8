"""A hand that changes API tokens, webhook endpoints or secrets is noticed; what the service does is not, and hides none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Boolean, Column, LargeBinary, delete, insert, literal, select, update

from engine.facts.actor import SYSTEM
from engine.operating import anchors
from engine.store import Database, open_database
from engine.store.columns import Moment
from engine.store.unit_of_work import UnitOfWork, unit_of_work
from service.identity import altered
from service.identity.importing import import_company
from service.identity.snapshot import NOBODY
from service.store import api_tokens, secrets, webhook_endpoints
from service.store.api_tokens import ApiToken
from service.store.schema import metadata
from service.store.sealed import KINDS
from service.store.seals import Sealed, seal
from service.store.secrets import Secret
from service.store.webhook_endpoints import WebhookEndpoint
from tests.identity.conftest import Clock, small_company

FIRST, SECOND = UUID(int=1), UUID(int=2)
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
#: Columns that are no part of a seal, and why.
WRITTEN_WITH_USE = {
    ("api_token", "last_used_at"),
    ("webhook_endpoint", "refused_count"),
    ("webhook_endpoint", "refused_at"),
    ("webhook_endpoint", "refused_why"),
}
Working = Callable[[], AbstractContextManager[UnitOfWork]]


@pytest.fixture
def working(database: Database) -> Working:
    return partial(unit_of_work, database, SYSTEM, directory=NOBODY)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = open_database(database_url, clock=Clock())
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        import_company(work, small_company())
        token = ApiToken(FIRST, "alice", "CRM", ("work",), work.now, work.now + timedelta(days=1), None)
        api_tokens.add(work, token, b"1" * 32)
        endpoint = WebhookEndpoint(
            *(FIRST, "crm", "github", "start", "job", "", "", "", "", "alice", True, work.now, "system", b"sealed")
        )
        webhook_endpoints.add(work, endpoint)
        secrets.put(work, Secret("crm-token", ("crm.example.com",), work.now, "system"), b"sealed")
    yield database
    database.close()


def found(working: Working) -> list[str]:
    with working() as work:
        return [each.invariant for each in altered.findings(work)]


def other(column: Column[Any]) -> Any:
    """A value of the column that is another one."""
    if isinstance(column.type, Moment):
        return NOW + timedelta(days=999)
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, LargeBinary):
        return b"2" * 32
    if column.name in ("rights", "hosts"):
        return ["administer"]
    return SECOND if column.name == "id" else "bob"


def hands() -> Iterator[tuple[str, Any]]:
    for sealed in KINDS:
        table = sealed.table
        yield f"{table.name} deleted", delete(table)
        columns = [column for column in table.c if not (column.primary_key or column.unique or column.name == "token_hash")]
        key = {column: other(column) for column in table.c if column not in columns}
        row = select(*(bind(column, key) for column in table.c))
        yield f"{table.name} added", insert(table).from_select([column.name for column in table.c], row)
        for column in table.c:
            if (table.name, column.name) not in WRITTEN_WITH_USE:
                yield f"{table.name}.{column.name}", update(table).values({column.name: other(column)})
        yield f"the seal of {table.name} taken away", delete(seal).where(seal.c.kind == table.name)
        yield f"another seal of {table.name}", update(seal).where(seal.c.kind == table.name).values(digest=b"other")


def bind(column: Column[Any], key: dict[Column[Any], Any]) -> Any:
    return literal(key[column], column.type).label(column.name) if column in key else column


HANDS = dict(hands())


@pytest.mark.parametrize("name", HANDS)
def test_a_change_by_hand_is_noticed_and_stays_so_until_somebody_has_looked(working: Working, name: str) -> None:
    assert found(working) == []
    with working() as work:
        work.write(HANDS[name])
    assert found(working) == ["I18"]
    # What the service does after it hides nothing.
    with working() as work:
        api_tokens.add(work, ApiToken(UUID(int=9), "bob", "x", (), NOW, NOW + timedelta(days=9), None), b"9" * 32)
        secrets.put(work, Secret("other", (), NOW, "bob"), b"sealed")
        webhook_endpoints.change(work, FIRST, {"target": "another"})
    with working() as work:
        altered.seal_first(work)
    assert found(working) == ["I18"]
    with working() as work:
        assert len(altered.seal_as_they_are(work)) == 1
    assert found(working) == []
    with working() as work:
        assert altered.seal_as_they_are(work) == []


def test_every_other_column_is_part_of_a_seal() -> None:
    for sealed in KINDS:
        left = {(sealed.table.name, column.name) for column in sealed.table.c if column.name not in sealed.columns}
        assert left <= WRITTEN_WITH_USE


#: What the service does to such rows.
SERVED: dict[str, Callable[[UnitOfWork], object]] = {
    "a token is used": lambda work: api_tokens.used(work, FIRST),
    "a token is deleted": lambda work: api_tokens.remove(work, FIRST, "alice"),
    "an endpoint is changed": lambda work: webhook_endpoints.change(work, FIRST, {"target": "x", "is_enabled": False}),
    "an endpoint gets its secret under another key": lambda work: webhook_endpoints.renew_secret(work, FIRST, b"sealed", b"new"),
    "an endpoint refuses": lambda work: webhook_endpoints.refused(work, FIRST, altered.ALTERED),
    "an endpoint is deleted": lambda work: webhook_endpoints.remove(work, FIRST),
    "a secret is set": lambda work: secrets.put(work, Secret("crm-token", (), NOW, "alice"), b"new"),
    "a secret comes under another key": lambda work: secrets.renew(work, "crm-token", b"sealed", b"new"),
    "a secret is deleted": lambda work: secrets.remove(work, "crm-token"),
}


@pytest.mark.parametrize("name", SERVED)
def test_what_the_service_does_is_no_finding(working: Working, name: str) -> None:
    with working() as work:
        SERVED[name](work)
    assert found(working) == []


def test_expired_tokens_are_pruned_without_a_finding_and_nothing_is_written_where_none_has(
    database: Database, working: Working
) -> None:
    with working() as work:
        assert (api_tokens.remove_old(work), work.is_writing) == (0, False)
    clock = database.clock
    assert isinstance(clock, Clock)
    clock.move(days=2)
    with working() as work:
        assert api_tokens.remove_old(work) == 1
    assert found(working) == []


def test_what_was_there_before_there_were_seals_is_sealed_once(working: Working) -> None:
    with working() as work:
        work.write(update(seal).values(digest=b""))
    assert found(working) == []
    with working() as work:
        anchors.make(work)
    assert found(working) == ["I18"] * len(KINDS)
    with working() as work:
        altered.seal_first(work)
    assert found(working) == []
    with working() as work:
        work.write(update(api_tokens.api_token).values(rights=["administer"]))
    assert found(working) == ["I18"]


def test_tables_that_are_sealed_are_of_the_service() -> None:
    assert all(isinstance(sealed, Sealed) and sealed.table.metadata is metadata for sealed in KINDS)
