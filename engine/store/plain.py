"""Values as SQLite keeps them, for statements that are text: the same as SQLAlchemy writes for the types of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any

from engine.store.columns import as_text
from engine.store.kept_json import kept_json


def _json(value: Any) -> str:
    return kept_json(value).decode()


def _hexes(ids: Iterable[Any]) -> str:
    return _json([id.hex for id in ids])


#: By the name that the type has in PostgreSQL; the others are kept as they are. A list is a JSON text.
_ENCODERS: Mapping[str, Callable[[Any], Any]] = {
    "uuid": attrgetter("hex"),
    "timestamptz": as_text,
    "json": bytes.decode,
    "jsonb": _json,
    "int[]": _json,
    "text[]": _json,
    "uuid[]": _hexes,
}


class Plain:
    """Writes down values of these types, in this order, by name."""

    def __init__(self, types: Mapping[str, str]) -> None:
        self._encoders = [(name, _ENCODERS.get(type)) for name, type in types.items()]

    def __call__(self, values: Iterable[Any]) -> dict[str, Any]:
        return {
            name: value if value is None or encode is None else encode(value)
            for (name, encode), value in zip(self._encoders, values, strict=True)
        }
