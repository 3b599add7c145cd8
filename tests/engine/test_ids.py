"""Ids in the order of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from engine.facts.ids import new_id

NOW = datetime(2030, 1, 1, 12, 0, 0, 123456, tzinfo=UTC)


def test_an_id_is_a_uuid_of_version_7_that_begins_with_the_time() -> None:
    id = new_id(NOW)
    assert (id.version, id.variant) == (7, "specified in RFC 4122")
    assert id.int >> 80 == int(NOW.timestamp() * 1000)


def test_ids_are_in_order_also_within_a_millisecond_and_when_the_clock_goes_back_a_little() -> None:
    moments = [NOW + timedelta(days=1)] * 10_000 + [NOW + timedelta(days=1, seconds=-1), NOW + timedelta(days=1, seconds=5)]
    ids = [new_id(moment) for moment in moments]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)


def test_a_clock_that_was_far_ahead_is_not_followed_for_ever() -> None:
    new_id(NOW + timedelta(days=400))
    assert new_id(NOW).int >> 80 == int(NOW.timestamp() * 1000)
