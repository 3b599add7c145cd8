"""A new secret key: nothing that was kept gets lost, and afterwards the old key opens nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text

from engine.facts.actor import SYSTEM
from service.background.look_at_keys import Keys
from service.encryption import SecretBox, SecretUnreadable
from service.parts import Parts
from service.secrets import keeping
from service.secrets.rotating import Rotated, rotate
from service.secrets.unreadable import told, unreadable
from service.store import secrets, webhook_endpoints
from service.webhooks import endpoints
from service.webhooks.endpoints import Wanted

OLD, NEW = SecretBox("the old key of this service"), SecretBox("the new key of this service")
BOTH = SecretBox("the new key of this service", "the old key of this service")


@pytest.fixture
def filled(parts: Parts) -> Iterator[Parts]:
    with parts.begin(SYSTEM) as work:
        keeping.set_(work, OLD, "crm-token", "a token of many letters", ["api.crm.example.com"])
        keeping.set_(work, OLD, "erp-token", "another one of many letters")
    with parts.begin(SYSTEM) as work:
        endpoints.create(work, OLD, Wanted("crm", "github", "signal", "x"), "the secret of a sender")
    yield parts


def rotated(parts: Parts, box: SecretBox) -> Rotated:
    with parts.begin(SYSTEM) as work:
        return rotate(work, box)


def clear(parts: Parts, box: SecretBox) -> list[str]:
    with parts.begin(SYSTEM) as work:
        (endpoint,) = webhook_endpoints.all_(work)
        values = [box.decrypt(each.value, keeping.place(each)) for each in secrets.kept(work)]
        return [*values, box.decrypt(endpoint.secret, endpoints.place(endpoint.id))]


EVERYTHING = ["a token of many letters", "another one of many letters", "the secret of a sender"]


def test_until_then_both_keys_are_read(filled: Parts) -> None:
    assert clear(filled, BOTH) == EVERYTHING


def test_everything_is_brought_under_the_new_key(filled: Parts) -> None:
    assert rotated(filled, BOTH) == Rotated(3, 0, [])
    assert clear(filled, NEW) == EVERYTHING
    with pytest.raises(SecretUnreadable):
        clear(filled, OLD)


def test_done_twice_it_changes_nothing(filled: Parts) -> None:
    rotated(filled, BOTH)
    assert rotated(filled, BOTH) == rotated(filled, NEW) == Rotated(0, 3, [])


def test_what_nobody_can_read_is_named_and_left_and_the_rest_is_done(filled: Parts) -> None:
    with filled.begin(SYSTEM) as work:
        work.write(text("update secret set value = :value where name = 'erp-token'"), {"value": b"x" * 40})
        work.write(text("update webhook_endpoint set secret = :value"), {"value": b"x" * 40})
    assert rotated(filled, BOTH) == Rotated(1, 0, ["secret/erp-token", "webhook-endpoint/crm"])


def test_every_column_of_bytes_that_is_encrypted_is_rotated(filled: Parts) -> None:
    """A table that keeps something encrypted one day, and is forgotten here, is found: nothing opens under the old key."""
    rotated(filled, BOTH)
    with filled.begin(SYSTEM) as work:
        rows = [*work.rows(text("select value from secret")), *work.rows(text("select secret from webhook_endpoint"))]
    assert len(rows) == 3


def test_what_the_key_of_now_cannot_read_is_found_before_anything_needs_it(filled: Parts) -> None:
    with filled.begin(SYSTEM) as work:
        assert list(unreadable(work, OLD)) == list(unreadable(work, BOTH)) == []
        lost = unreadable(work, NEW)
    assert lost == ["crm-token", "erp-token", "webhook-endpoint/crm"]
    sentence = str(told(lost))
    for word in (*lost, "LIUZHUAN_PREVIOUS_SECRET_KEY", "liuzhuan secrets rotate", "set them again"):
        assert word in sentence


def test_a_worker_tells_it_once(filled: Parts, caplog: pytest.LogCaptureFixture) -> None:
    keys, parts = Keys(), replace(filled, secrets=NEW)
    with caplog.at_level("ERROR"):
        for _ in range(3):
            assert keys.run_once(parts) == 0
    (line,) = caplog.records
    assert "crm-token" in line.getMessage()
    assert keys.run_once(replace(filled, secrets=OLD)) == 0
