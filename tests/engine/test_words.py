"""The pairs of characters that PostgreSQL finds titles by: in time that grows with the text, and for no text without end."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psycopg
import pytest

from engine.store.words import PAIRS

#: Of a text the migration's function looks at so many.
MOST = 1_000


@pytest.fixture
def connection(postgres_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        yield connection


def pairs(connection: psycopg.Connection, text: str) -> list[str]:
    ((found,),) = connection.execute(f"select {PAIRS}(%s)", (text,)).fetchall()
    return list(found)


@pytest.mark.parametrize("text", ["", "a", "Ab", "采购 · 12,000", "İstanbul", "a{b,c}\"d'\\", "😀😀 x", "  ", "null NULL"])
def test_pairs_are_neighbouring_characters_in_small_letters(connection: psycopg.Connection, text: str) -> None:
    ((small,),) = connection.execute("select lower(%s)", (text,)).fetchall()
    assert pairs(connection, text) == [small[place : place + 2] for place in range(len(small) - 1)]


def test_a_text_is_looked_at_up_to_a_limit(connection: psycopg.Connection) -> None:
    text = "".join(chr(0x4E00 + number) for number in range(3 * MOST))
    assert pairs(connection, text) == [text[place : place + 2] for place in range(MOST - 1)]


def test_time_does_not_grow_with_what_is_beyond(connection: psycopg.Connection) -> None:
    """Before, 40,000 characters took seconds and four times as many sixteen times as long."""
    pairs(connection, "x")
    began = time.perf_counter()
    pairs(connection, "流转" * 500_000)
    assert time.perf_counter() - began < 0.5
