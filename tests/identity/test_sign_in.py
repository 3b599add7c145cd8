"""Signing in: sessions, and what slows guessing down."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from engine.store import Database
from service.identity import passwords
from service.identity.authentication import Caller, by_session
from service.identity.refusals import SignInRefused, TooManyAttempts
from service.identity.sign_in import (
    FREE_PER_ACCOUNT,
    FREE_PER_ACCOUNT_AND_NETWORK,
    FREE_PER_NETWORK,
    LONGEST_WAIT,
    Session,
    network_of,
    set_password,
    sign_in,
    sign_out,
)
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
    for _ in range(FREE_PER_ACCOUNT_AND_NETWORK):
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
    for _ in range(FREE_PER_ACCOUNT_AND_NETWORK):
        with pytest.raises(SignInRefused):
            enter(database, snapshot, "nobody", "wrong")
    with pytest.raises(TooManyAttempts):
        enter(database, snapshot, "nobody", "wrong")


def test_guessing_from_one_address_locks_nobody_out_elsewhere(database: Database, snapshot: OrganisationSnapshot) -> None:
    for _ in range(FREE_PER_ACCOUNT_AND_NETWORK):
        with pytest.raises(SignInRefused):
            enter(database, snapshot, password="wrong")
    assert enter(database, snapshot, address="192.0.2.2").person_id == "alice"


def guess(database: Database, snapshot: OrganisationSnapshot, account: str, address: str) -> str:
    """Once, wrongly; how it was refused."""
    with pytest.raises((SignInRefused, TooManyAttempts)) as refused:
        enter(database, snapshot, account, "wrong", address)
    return type(refused.value).__name__


def guesses(database: Database, snapshot: OrganisationSnapshot, addresses: Iterable[str], account: str = "alice") -> Counter[str]:
    return Counter(guess(database, snapshot, account, address) for address in addresses)


def test_an_account_is_guarded_against_guesses_from_everywhere(database: Database, snapshot: OrganisationSnapshot) -> None:
    addresses = [f"192.0.2.{number}" for number in range(40)]
    found = guesses(database, snapshot, addresses)
    assert found == {"SignInRefused": FREE_PER_ACCOUNT, "TooManyAttempts": 40 - FREE_PER_ACCOUNT}
    assert guesses(database, snapshot, addresses, "nobody") == found


def test_whoever_signed_in_from_a_network_is_not_kept_out_of_it_by_others(
    database: Database, snapshot: OrganisationSnapshot, clock: Clock
) -> None:
    enter(database, snapshot, address="2001:db8::1")
    clock.move(days=20)
    guesses(database, snapshot, [f"192.0.2.{number}" for number in range(30)])
    assert enter(database, snapshot, address="2001:db8::2").person_id == "alice"
    with pytest.raises(TooManyAttempts):
        enter(database, snapshot, address="198.51.100.1")


def test_signing_in_gives_a_guesser_no_new_tries(database: Database, snapshot: OrganisationSnapshot) -> None:
    found: Counter[str] = Counter()
    for number in range(25):
        found += guesses(database, snapshot, [f"192.0.2.{number}"])
        enter(database, snapshot, address="2001:db8::1")
    assert found["SignInRefused"] == FREE_PER_ACCOUNT


def test_addresses_of_one_network_of_ipv6_count_together(database: Database, snapshot: OrganisationSnapshot) -> None:
    assert guesses(database, snapshot, [f"2001:db8:0:1::{number:x}" for number in range(1, 41)]) == {
        "SignInRefused": FREE_PER_ACCOUNT_AND_NETWORK,
        "TooManyAttempts": 40 - FREE_PER_ACCOUNT_AND_NETWORK,
    }


def test_a_network_is_limited_over_all_accounts(database: Database, snapshot: OrganisationSnapshot) -> None:
    found: Counter[str] = Counter()
    for number in range(60):
        found += guesses(database, snapshot, ["2001:db8::1"], f"person{number}")
    assert found == {"SignInRefused": FREE_PER_NETWORK, "TooManyAttempts": 60 - FREE_PER_NETWORK}


def test_no_account_that_is_typed_stands_for_another_ones_place(database: Database, snapshot: OrganisationSnapshot) -> None:
    enter(database, snapshot, address="192.0.2.1")
    guesses(database, snapshot, [f"198.51.100.{number}" for number in range(25)], "alice 192.0.2.1")
    guesses(database, snapshot, [f"198.51.100.{number}" for number in range(25)], "192.0.2.1 alice")
    assert enter(database, snapshot, address="192.0.2.1").person_id == "alice"


def test_id_and_mail_address_of_a_person_count_together(database: Database, snapshot: OrganisationSnapshot) -> None:
    names = ["alice", "alice@example.com", "Alice@Example.com", "ALICE"] * 10
    found = Counter(guess(database, snapshot, name, "192.0.2.1") for name in names)
    assert found["SignInRefused"] == FREE_PER_ACCOUNT_AND_NETWORK


def test_tries_at_the_same_time_are_no_more_than_one_after_the_other(
    database: Database, snapshot: OrganisationSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = []
    together = threading.Barrier(12)

    def matches(stored: str | None, password: str) -> bool:
        looked_at.append(password)
        return False

    def wrong() -> None:
        together.wait(20)
        guess(database, snapshot, "alice", "192.0.2.1")

    monkeypatch.setattr(passwords, "matches", matches)
    with ThreadPoolExecutor(12) as pool:
        for done in [pool.submit(wrong) for _ in range(12)]:
            done.result()
    assert len(looked_at) == FREE_PER_ACCOUNT_AND_NETWORK


def test_a_whole_office_signs_in_at_once(database: Database, snapshot: OrganisationSnapshot) -> None:
    for _ in range(FREE_PER_NETWORK * 2):
        assert enter(database, snapshot).person_id == "alice"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("192.0.2.1:5000", "192.0.2.1"),
        (" 192.0.2.1:6000 ", "192.0.2.1"),
        ("192.0.2.1:", "192.0.2.1"),
        ("[2001:db8:1:2::1]:443", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        ("[::ffff:192.0.2.1]:9", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("a proxy's own word", "unknown"),
        ("unknown", "unknown"),
        ("_hidden7", "unknown"),
        ("999.0.2.1:5000", "unknown"),
        ("[2001:db8::1", "unknown"),
        ("192.0.2.1:80:80", "unknown"),
    ],
)
def test_an_address_stands_for_its_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_signing_in_forgets_the_failures_before(database: Database, snapshot: OrganisationSnapshot) -> None:
    for _ in range(3):
        for _ in range(FREE_PER_ACCOUNT_AND_NETWORK - 1):
            with pytest.raises(SignInRefused):
                enter(database, snapshot, password="wrong")
        enter(database, snapshot)


def test_nobody_waits_longer_than_a_quarter_of_an_hour(database: Database, snapshot: OrganisationSnapshot, clock: Clock) -> None:
    for _ in range(FREE_PER_ACCOUNT_AND_NETWORK + 15):
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
