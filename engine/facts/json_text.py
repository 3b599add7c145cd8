"""JSON texts and the values they mean, whole numbers of any length included: orjson is fast and ends at 64 bits."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

#: Digits in a row that may be a number of more than 64 bits.
_LONG = re.compile(rb"\d{19}")


def json_text(value: Any) -> bytes:
    """UTF-8. Whole numbers beyond 64 bits and very deep values, which orjson does not write, are written the slower way."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, default=_plain, separators=(",", ":"), ensure_ascii=False).encode()


def read_json(text: bytes) -> Any:
    """The value; orjson would make floats of whole numbers beyond 64 bits. Raises orjson.JSONDecodeError."""
    value = orjson.loads(text)
    if not _LONG.search(text):
        return value
    try:
        return json.loads(text)
    except RecursionError:
        raise orjson.JSONDecodeError("Recursion limit reached", "", 0) from None
    except ValueError:
        raise orjson.JSONDecodeError("number is infinity when parsed as double", "", 0) from None


def _plain(value: Any) -> Any:
    """Moments, ids and dataclasses as orjson writes them; the text of anything else."""
    try:
        return orjson.loads(orjson.dumps(value))
    except TypeError:
        return str(value)
