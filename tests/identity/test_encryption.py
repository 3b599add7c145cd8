"""Secrets that are read again: unreadable with another key, in another place, or changed."""

from __future__ import annotations

import pytest

from service.encryption import SecretBox, SecretUnreadable

BOX = SecretBox("the key of this service, quite long")


def test_a_secret_is_read_where_it_belongs() -> None:
    kept = BOX.encrypt("秘密", "webhook-endpoint/1")
    assert BOX.decrypt(kept, "webhook-endpoint/1") == "秘密"
    assert "秘密".encode() not in kept


def test_the_same_secret_is_never_kept_alike() -> None:
    assert BOX.encrypt("x", "a") != BOX.encrypt("x", "a")


@pytest.mark.parametrize("place", ["webhook-endpoint/2", ""])
def test_moved_to_another_row_it_cannot_be_read(place: str) -> None:
    with pytest.raises(SecretUnreadable):
        BOX.decrypt(BOX.encrypt("x", "webhook-endpoint/1"), place)


def test_another_key_or_a_changed_byte_cannot_be_read() -> None:
    kept = BOX.encrypt("x", "a")
    with pytest.raises(SecretUnreadable):
        SecretBox("another key").decrypt(kept, "a")
    for broken in (kept[:-1], kept + b"x", b"", kept[:12] + bytes([kept[12] ^ 1]) + kept[13:]):
        with pytest.raises(SecretUnreadable):
            BOX.decrypt(broken, "a")
