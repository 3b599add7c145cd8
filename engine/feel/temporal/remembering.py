"""Readers of texts that remember what they read last: the same few dates stand in every condition."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeVar

_Value = TypeVar("_Value")

#: No temporal is written longer; longer texts are none and are not kept.
_LONGEST: Final = 150


def remembering(read: Callable[[str], _Value]) -> Callable[[str], _Value | None]:
    """The reader with a memory of a thousand short texts."""
    remembered = lru_cache(maxsize=1024)(read)

    def reader(text: str) -> _Value | None:
        return remembered(text) if len(text) <= _LONGEST else None

    return reader
