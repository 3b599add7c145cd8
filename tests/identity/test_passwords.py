"""How passwords are kept."""

from __future__ import annotations

import pytest

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
