"""Signing in by account and password: slower after each failure, the same answer and time for unknown accounts."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.facts.actor import SYSTEM
from engine.facts.sentences import Sentence
from engine.store import Database
from engine.store.unit_of_work import unit_of_work
from service.identity import passwords
from service.identity.hashing import kept, random_secret
from service.identity.passwords import PasswordRefused
from service.identity.refusals import PresentPasswordWrong, SignInRefused, TooManyAttempts
from service.identity.snapshot import NOBODY, OrganisationSnapshot
from service.store import organisation as people
from service.store import sessions, sign_in_attempts

#: So many failures are free: of an account from one network; of an account from all networks where it has not been signed in
#: to; of a network, which serves many people.
FREE_PER_ACCOUNT_AND_NETWORK = 5
FREE_PER_ACCOUNT = 20
FREE_PER_NETWORK = 50
LONGEST_WAIT = timedelta(minutes=15)
#: Failures are forgotten after a day, networks that somebody has signed in from after thirty.
REMEMBERED = timedelta(days=1)
NETWORKS_REMEMBERED = timedelta(days=30)
#: `[2001:db8::1]`, `[2001:db8::1]:443`, `192.0.2.1:5000`.
_WITH_PORT = re.compile(r"\[([^\]]*)\](?::[0-9]*)?|([0-9.]+):[0-9]*")


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
    member = snapshot.current().find_member(account)
    attempt = _begin_attempt(database, member.person.id if member else account.lower(), network_of(address))
    stored = _stored_hash(database, member.person.id if member else "")
    # Hashing takes 50 ms: never while a transaction is open.
    is_right = passwords.matches(stored, password)
    if member is None or not member.person.is_active or not is_right:
        raise SignInRefused
    if stored is not None and passwords.is_outdated(stored):
        set_password(database, member.person.id, password, keep_sessions=True)
    return _begin(database, member.person.id, attempt, address, lasts)


def network_of(address: str) -> str:
    """Whom an address belongs to: of IPv6 its first 64 bits, since the rest is everybody's own choice. A port, which some proxies
    write behind it, says nothing of that. What is no address - a proxy wrote it - is one network, for all of it together."""
    written = _WITH_PORT.fullmatch(address.strip())
    try:
        found = ipaddress.ip_address((written[1] or written[2]) if written else address.strip())
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.IPv6Network((int(found), 64), strict=False))


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


def change_password(database: Database, person_id: str, present: str, new: str, *, address: str, lasts: timedelta) -> Session:
    """By the person themselves. All their sessions end; what is answered is the one that goes on. A wrong present password counts
    as a try to sign in. PresentPasswordWrong, PasswordRefused or TooManyAttempts otherwise."""
    passwords.require_usable(new)
    if new == present:
        raise PasswordRefused(why=Sentence("it is the present one"))
    attempt = _begin_attempt(database, person_id, network_of(address))
    if not passwords.matches(_stored_hash(database, person_id), present):
        raise PresentPasswordWrong
    set_password(database, person_id, new)
    return _begin(database, person_id, attempt, address, lasts)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """The keys under which a try is counted, with how many are free, and the one that says that the account is known there."""

    own: bytes
    others: Mapping[bytes, int]
    known: bytes


def _begin_attempt(database: Database, account: str, network: str) -> _Attempt:
    """Counted before the password is looked at, so that tries at the same time are no more than tries one after the other."""
    # What was typed stands last: it cannot be made to look like another account's place.
    own, everywhere, known = kept(f"here|{network}|{account}"), kept(f"anywhere|{account}"), kept(f"known|{network}|{account}")
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        work.begin()
        others = {kept(f"network|{network}"): FREE_PER_NETWORK}
        # Who guesses elsewhere keeps nobody out where they always sign in.
        if not sign_in_attempts.is_known(work, known):
            others[everywhere] = FREE_PER_ACCOUNT
        for key, free in sorted({own: FREE_PER_ACCOUNT_AND_NETWORK, **others}.items()):
            failures, blocked_until = sign_in_attempts.count(work, key)
            # A block that ends later than any can was set before the clock went back.
            if work.now < blocked_until <= work.now + LONGEST_WAIT:
                raise TooManyAttempts(seconds=int((blocked_until - work.now).total_seconds()) + 1)
            sign_in_attempts.block(work, key, work.now + _wait(failures - free))
    return _Attempt(own, others, known)


def _stored_hash(database: Database, person_id: str) -> str | None:
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        return people.password_hash(work, person_id)


def _wait(over: int) -> timedelta:
    """1, 2, 4 … seconds once the free failures are used up."""
    return timedelta() if over < 0 else min(timedelta(seconds=2 ** min(over, 20)), LONGEST_WAIT)


def _begin(database: Database, person_id: str, attempt: _Attempt, address: str, lasts: timedelta) -> Session:
    """Always under a new id: one that was planted before signing in is worth nothing."""
    id = random_secret()
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        expires_at = work.now + lasts
        sessions.add(work, kept(id), person_id, address=address[:64], expires_at=expires_at)
        sign_in_attempts.forget(work, attempt.own)
        sign_in_attempts.remember(work, attempt.known)
        for key in attempt.others:
            sign_in_attempts.take_back(work, key)
    return Session(id, person_id, expires_at)
