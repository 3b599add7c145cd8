"""Whom a token belonged to a moment ago."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.facts.actor import Actor
from service.identity import token_memory
from service.identity.authentication import Caller
from service.identity.snapshot import NOBODY
from service.identity.token_memory import TokenMemory

ALICE = Caller(Actor("alice", "Alice"), "token", NOBODY)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Iterator[Clock]:
    yield Clock()


def test_a_token_is_remembered_for_its_seconds_and_no_longer(clock: Clock) -> None:
    memory = TokenMemory(1.0, clock=clock)
    assert memory.find("lz_1") is None
    memory.keep("lz_1", ALICE)
    clock.now += 0.9
    assert memory.find("lz_1") is ALICE
    assert memory.find("lz_2") is None
    clock.now += 0.2
    assert memory.find("lz_1") is None


def test_a_revoked_token_is_forgotten_at_once(clock: Clock) -> None:
    memory = TokenMemory(1.0, clock=clock)
    memory.keep("lz_1", ALICE)
    memory.forget()
    assert memory.find("lz_1") is None


def test_no_seconds_remember_nobody(clock: Clock) -> None:
    memory = TokenMemory(0, clock=clock)
    memory.keep("lz_1", ALICE)
    assert memory.find("lz_1") is None


def test_it_does_not_grow_without_end(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_memory, "MOST", 2)
    memory = TokenMemory(1.0, clock=clock)
    for token in ("lz_1", "lz_2", "lz_3"):
        memory.keep(token, ALICE)
    assert [token for token in ("lz_1", "lz_2", "lz_3") if memory.find(token)] == ["lz_3"]
