from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
import pytest

from engine.facts.json_text import json_text, read_json


@pytest.mark.parametrize("number", [2**53 + 1, 2**63, 2**64, -(2**64), 10**30, 12345678901234567890123456789])
def test_whole_numbers_keep_all_their_digits(number: int) -> None:
    assert read_json(json_text({"n": [number]})) == {"n": [number]}


@pytest.mark.parametrize("value", [0.1, "12345678901234567890123", None, [1, {"a": "😀"}]])
def test_everything_else_is_read_as_it_was_written(value: Any) -> None:
    assert read_json(json_text(value)) == value


@pytest.mark.parametrize("text", [b"{", b"NaN", b"1e400", b"[1,]", b"9" * 5000])
def test_what_is_no_json_is_refused(text: bytes) -> None:
    with pytest.raises(orjson.JSONDecodeError):
        read_json(text)


@dataclass
class Row:
    id: UUID
    at: datetime


def test_moments_and_ids_are_written_alike_beside_long_numbers() -> None:
    row = Row(UUID(int=1), datetime(2026, 12, 1, tzinfo=UTC))
    assert json.loads(json_text([row, 2**70])) == [*orjson.loads(orjson.dumps([row])), 2**70]
