"""Correlation keys of any length: an index has entries of some 2,700 bytes at most, so a key is looked up by its digest."""

from __future__ import annotations

from hashlib import blake2b

from sqlalchemy import Column, String

#: Hexadecimal digits: 128 bits, so that no two keys have the same digest unless somebody owns the world's computers.
WIDTH = 32


def digest_column() -> Column[str | None]:
    """Beside the column `correlation_key`, which has the key itself."""
    return Column("correlation_digest", String(WIDTH), nullable=True)


def digest(key: str | None) -> str | None:
    """Of a correlation key; none has none. Migration 0017 has made those of older rows in the same way."""
    return None if key is None else blake2b(key.encode(), digest_size=WIDTH // 2).hexdigest()
