"""How passwords are kept."""

from __future__ import annotations

from typing import Literal

import pytest
from argon2 import PasswordHasher

from service.identity import passwords
from service.identity.passwords import PasswordRefused, hashed, is_outdated, matches


def test_a_password_matches_only_its_own_hash() -> None:
    stored = hashed("correct horse")
    assert stored.startswith("$argon2id$")
    assert "correct horse" not in stored
    assert matches(stored, "correct horse")
    assert not matches(stored, "Correct horse")
    assert not is_outdated(stored)


def test_nobody_has_a_password_that_matches() -> None:
    assert not matches(None, "the password of somebody who does not exist")
    assert not matches("not a hash", "anything")


def test_a_hash_with_weaker_parameters_is_outdated() -> None:
    assert is_outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$Jgaj6BLAIgbZ2Tk+YsNfUg")


@pytest.mark.parametrize("password", ["", "short", "x" * 201])
def test_too_short_and_too_long_passwords_are_refused(password: str) -> None:
    with pytest.raises(PasswordRefused):
        hashed(password)


def test_nobody_costs_as_much_as_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown account is verified against a hash too, so that its answer takes as long."""
    verified: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            verified.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    assert not matches(None, "anything at all")
    assert not matches(hashed("correct horse"), "anything at all")
    assert len(verified) == 2
    assert verified[0].split("$")[:4] == verified[1].split("$")[:4]
