"""API tokens: never more rights than their owner has, and gone when deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.facts.actor import SYSTEM, Actor, Right
from engine.facts.errors import NotFound
from engine.store import Database
from engine.store.unit_of_work import unit_of_work
from service.identity import tokens
from service.identity.authentication import by_token
from service.identity.importing import import_company
from service.identity.snapshot import NOBODY, OrganisationSnapshot
from service.identity.tokens import TokenRefused
from service.store.api_tokens import ApiToken
from tests.identity.conftest import Clock, small_company

MONTH = timedelta(days=30)


def actor(snapshot: OrganisationSnapshot, id: str) -> Actor:
    found = snapshot.current().find_actor(id)
    assert found is not None
    return found


def create(database: Database, owner: Actor, *rights: Right) -> tuple[ApiToken, str]:
    with unit_of_work(database, owner, directory=NOBODY) as work:
        return tokens.create(work, owner, "CRM", rights, MONTH)


def test_a_token_acts_for_its_owner_with_its_own_rights(database: Database, snapshot: OrganisationSnapshot) -> None:
    _, clear = create(database, actor(snapshot, "alice"), "start")
    caller = by_token(database, snapshot, clear)
    assert caller is not None
    assert (caller.actor.id, caller.actor.rights, caller.by) == ("alice", frozenset({"start"}), "token")


def test_a_token_cannot_have_rights_its_owner_has_not(database: Database, snapshot: OrganisationSnapshot) -> None:
    with pytest.raises(TokenRefused):
        create(database, actor(snapshot, "alice"), "work", "operate")


def test_an_administrator_may_make_a_token_for_any_right(database: Database, snapshot: OrganisationSnapshot) -> None:
    _, clear = create(database, actor(snapshot, "bob"), "operate")
    caller = by_token(database, snapshot, clear)
    assert caller is not None
    assert caller.actor.rights == {"operate"}


def test_a_right_the_owner_loses_is_lost_for_the_token(database: Database, snapshot: OrganisationSnapshot) -> None:
    _, clear = create(database, actor(snapshot, "alice"), "start")
    alice = replace(small_company().members["alice"], rights=frozenset({"work"}))
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        import_company(work, small_company(alice=alice))
    caller = by_token(database, snapshot, clear)
    assert caller is not None
    assert caller.actor.rights == frozenset()


def test_an_expired_token_opens_nothing(database: Database, snapshot: OrganisationSnapshot, clock: Clock) -> None:
    _, clear = create(database, actor(snapshot, "alice"), "work")
    clock.move(days=30)
    assert by_token(database, snapshot, clear) is None


def test_a_deleted_token_opens_nothing_and_is_only_its_owners_to_delete(
    database: Database, snapshot: OrganisationSnapshot
) -> None:
    alice, bob = actor(snapshot, "alice"), actor(snapshot, "bob")
    token, clear = create(database, alice, "work")
    with unit_of_work(database, bob, directory=NOBODY) as work, pytest.raises(NotFound):
        tokens.delete(work, bob, token.id)
    assert by_token(database, snapshot, clear) is not None
    with unit_of_work(database, alice, directory=NOBODY) as work:
        tokens.delete(work, alice, token.id)
    assert by_token(database, snapshot, clear) is None


@pytest.mark.parametrize("clear", ["", "lz_", "lz_" + "x" * 43, "lz_" + "x" * 5000, "somebody"])
def test_what_is_no_token_opens_nothing(database: Database, snapshot: OrganisationSnapshot, clear: str) -> None:
    assert by_token(database, snapshot, clear) is None


def test_the_database_holds_no_token_and_last_use_is_coarse(
    database: Database, snapshot: OrganisationSnapshot, clock: Clock
) -> None:
    alice = actor(snapshot, "alice")
    _, clear = create(database, alice, "work")
    used = []
    for _ in range(3):
        by_token(database, snapshot, clear)
        with unit_of_work(database, alice, directory=NOBODY) as work:
            used.append(tokens.list_(work, alice)[0].last_used_at)
        clock.move(minutes=40)
    assert used[0] == used[1] != used[2]
    with database.engine.connect() as connection:
        assert clear not in repr(connection.exec_driver_sql("select * from api_token").all())
