"""Signing in by account and password: slower after each failure, the same answer and time for unknown accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.facts.actor import SYSTEM
from engine.store import Database
from engine.store.unit_of_work import unit_of_work
from service.identity import passwords
from service.identity.hashing import kept, random_secret
from service.identity.refusals import SignInRefused, TooManyAttempts
from service.identity.snapshot import NOBODY, OrganisationSnapshot
from service.store import organisation as people
from service.store import sessions, sign_in_attempts

#: So many failures are free; an address serves many people, so it has more.
FREE_PER_ACCOUNT = 5
FREE_PER_ADDRESS = 50
LONGEST_WAIT = timedelta(minutes=15)
#: Failures are forgotten after a day.
REMEMBERED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Session:
    """A session that has just begun; only the browser keeps its id."""

    id: str
    person_id: str
    expires_at: datetime


def sign_in(
    database: Database, snapshot: OrganisationSnapshot, account: str, password: str, *, address: str, lasts: timedelta
) -> Session:
    """A new session. `account` is a person's id or e-mail address; SignInRefused or TooManyAttempts otherwise."""
    keys = {kept(f"{account.lower()} {address}"): FREE_PER_ACCOUNT, kept(address): FREE_PER_ADDRESS}
    _refuse_while_blocked(database, keys)
    member = snapshot.current().find_member(account)
    stored = _stored_hash(database, member.person.id if member else "")
    # Hashing takes 50 ms: never while a transaction is open.
    is_right = passwords.matches(stored, password)
    if member is None or not member.person.is_active or not is_right:
        _count_failure(database, keys)
        raise SignInRefused
    if stored is not None and passwords.is_outdated(stored):
        set_password(database, member.person.id, password, keep_sessions=True)
    return _begin(database, member.person.id, keys, address, lasts)


def sign_out(database: Database, session_id: str) -> None:
    """The session is gone on the server: a copy of the cookie is worth nothing."""
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        sessions.remove(work, kept(session_id))


def set_password(database: Database, person_id: str, password: str, *, keep_sessions: bool = False) -> None:
    """Whoever was signed in with the old one is signed out."""
    hashed = passwords.hashed(password)
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        is_as_sealed = people.hold(work)
        people.set_password_hash(work, person_id, hashed)
        # What a hand has changed before stays noticed.
        if is_as_sealed:
            people.seal(work)
        if not keep_sessions:
            sessions.remove_of(work, person_id)


def _refuse_while_blocked(database: Database, keys: dict[bytes, int]) -> None:
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        for key in keys:
            blocked_until = sign_in_attempts.find(work, key)[1]
            # A block that ends later than any can was set before the clock went back.
            if blocked_until is not None and work.now < blocked_until <= work.now + LONGEST_WAIT:
                raise TooManyAttempts(seconds=int((blocked_until - work.now).total_seconds()) + 1)


def _stored_hash(database: Database, person_id: str) -> str | None:
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        return people.password_hash(work, person_id)


def _count_failure(database: Database, keys: dict[bytes, int]) -> None:
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        work.begin()
        for key, free in keys.items():
            failures = sign_in_attempts.find(work, key)[0] + 1
            sign_in_attempts.failed(work, key, failures, work.now + _wait(failures - free))


def _wait(over: int) -> timedelta:
    """1, 2, 4 … seconds once the free failures are used up."""
    return timedelta() if over < 0 else min(timedelta(seconds=2 ** min(over, 20)), LONGEST_WAIT)


def _begin(database: Database, person_id: str, keys: dict[bytes, int], address: str, lasts: timedelta) -> Session:
    """Always under a new id: one that was planted before signing in is worth nothing."""
    id = random_secret()
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        expires_at = work.now + lasts
        sessions.add(work, kept(id), person_id, address=address[:64], expires_at=expires_at)
        sign_in_attempts.forget(work, next(iter(keys)))
    return Session(id, person_id, expires_at)
