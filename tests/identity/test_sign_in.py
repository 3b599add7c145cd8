"""Signing in: sessions, and what slows guessing down."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.store import Database
from service.identity import passwords
from service.identity.authentication import Caller, by_session
from service.identity.refusals import SignInRefused, TooManyAttempts
from service.identity.sign_in import FREE_PER_ACCOUNT, LONGEST_WAIT, Session, set_password, sign_in, sign_out
from service.identity.snapshot import OrganisationSnapshot
from tests.identity.conftest import PASSWORD, Clock

IDLE = timedelta(hours=2)


def enter(
    database: Database,
    snapshot: OrganisationSnapshot,
    account: str = "alice",
    password: str = PASSWORD,
    address: str = "192.0.2.1",
) -> Session:
    return sign_in(database, snapshot, account, password, address=address, lasts=timedelta(hours=12))


def caller(database: Database, snapshot: OrganisationSnapshot, session: Session) -> Caller | None:
    return by_session(database, snapshot, session.id, IDLE)


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real hashes take 50 ms each; what is tested here is what happens around them."""
    monkeypatch.setattr(passwords, "matches", lambda stored, password: stored is not None and password == PASSWORD)
    monkeypatch.setattr(passwords, "is_outdated", lambda stored: False)


@pytest.mark.parametrize("account", ["alice", "alice@example.com", "Alice@Example.com"])
def test_one_signs_in_by_id_or_mail_address(database: Database, snapshot: OrganisationSnapshot, account: str) -> None:
    found = caller(database, snapshot, enter(database, snapshot, account))
    assert found is not None
    assert (found.actor.id, found.actor.rights, found.by) == ("alice", frozenset({"work", "start"}), "session")


def test_unknown_people_wrong_passwords_and_people_without_one_get_the_same_refusal(
    database: Database, snapshot: OrganisationSnapshot
) -> None:
    sentences = set()
    for account, password in (("alice", "wrong"), ("nobody", PASSWORD), ("bob", PASSWORD)):
        with pytest.raises(SignInRefused) as refused:
            enter(database, snapshot, account, password)
        sentences.add(str(refused.value))
    assert len(sentences) == 1


def test_guessing_is_slowed_down_more_with_each_failure(database: Database, snapshot: OrganisationSnapshot, clock: Clock) -> None:
    for _ in range(FREE_PER_ACCOUNT):
        with pytest.raises(SignInRefused):
            enter(database, snapshot, password="wrong")
    waits = []
    for _ in range(4):
        with pytest.raises(TooManyAttempts) as refused:
            enter(database, snapshot)
        waits.append(refused.value.values["seconds"])
        clock.move(seconds=waits[-1])
        with pytest.raises(SignInRefused):
            enter(database, snapshot, password="wrong")
    assert waits == [2, 3, 5, 9]


def test_guessing_an_unknown_account_is_slowed_down_alike(database: Database, snapshot: OrganisationSnapshot) -> None:
    for _ in range(FREE_PER_ACCOUNT):
        with pytest.raises(SignInRefused):
            enter(database, snapshot, "nobody", "wrong")
    with pytest.raises(TooManyAttempts):
        enter(database, snapshot, "nobody", "wrong")


def test_guessing_from_one_address_locks_nobody_out_elsewhere(database: Database, snapshot: OrganisationSnapshot) -> None:
    for _ in range(FREE_PER_ACCOUNT):
        with pytest.raises(SignInRefused):
            enter(database, snapshot, password="wrong")
    assert enter(database, snapshot, address="192.0.2.2").person_id == "alice"


def test_signing_in_forgets_the_failures_before(database: Database, snapshot: OrganisationSnapshot) -> None:
    for _ in range(3):
        for _ in range(FREE_PER_ACCOUNT - 1):
            with pytest.raises(SignInRefused):
                enter(database, snapshot, password="wrong")
        enter(database, snapshot)


def test_nobody_waits_longer_than_a_quarter_of_an_hour(database: Database, snapshot: OrganisationSnapshot, clock: Clock) -> None:
    for _ in range(FREE_PER_ACCOUNT + 15):
        with pytest.raises(SignInRefused):
            enter(database, snapshot, password="wrong")
        clock.move(seconds=LONGEST_WAIT.total_seconds())
    assert enter(database, snapshot).person_id == "alice"


def test_each_sign_in_gets_a_session_of_its_own(database: Database, snapshot: OrganisationSnapshot) -> None:
    first, second = enter(database, snapshot), enter(database, snapshot)
    sign_out(database, first.id)
    assert caller(database, snapshot, first) is None
    assert caller(database, snapshot, second) is not None


def test_the_database_holds_no_session_id(database: Database, snapshot: OrganisationSnapshot) -> None:
    session = enter(database, snapshot)
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql("select * from session").all()
    assert session.id not in repr(rows)


def test_a_session_ends_when_nothing_is_done(database: Database, snapshot: OrganisationSnapshot, clock: Clock) -> None:
    session = enter(database, snapshot)
    for _ in range(3):
        clock.move(minutes=100)
        assert caller(database, snapshot, session) is not None
    clock.move(minutes=121)
    assert caller(database, snapshot, session) is None


def test_a_session_ends_after_twelve_hours_whatever_is_done(
    database: Database, snapshot: OrganisationSnapshot, clock: Clock
) -> None:
    session = enter(database, snapshot)
    for _ in range(11):
        clock.move(hours=1)
        assert caller(database, snapshot, session) is not None
    clock.move(hours=1)
    assert caller(database, snapshot, session) is None


def test_a_new_password_ends_all_sessions(database: Database, snapshot: OrganisationSnapshot) -> None:
    session = enter(database, snapshot)
    set_password(database, "alice", "a better horse")
    assert caller(database, snapshot, session) is None
