"""JSON as it is written into rows."""

from __future__ import annotations

import json
from typing import Any

import orjson


def json_text(value: Any) -> bytes:
    """UTF-8. Whole numbers beyond 64 bits and very deep values, which orjson does not write, are written the slower way."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, default=str, separators=(",", ":"), ensure_ascii=False).encode()
