"""Under which name an answer is saved as a file (RFC 6266)."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote


def disposition(how: Literal["inline", "attachment"], name: str) -> str:
    """The header Content-Disposition. Any name is written in ASCII, by percent signs."""
    return f"{how}; filename*=UTF-8''{quote(name, safe='')}"
