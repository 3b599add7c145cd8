"""Walks through a file as it stands: every element, expression and clause in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any


def parts(root: Any) -> Iterator[Any]:
    """`root` and every dataclass inside it, whatever its kind, in the order of the file."""
    if isinstance(root, tuple):
        for item in root:
            yield from parts(item)
    elif is_dataclass(root):
        yield root
        for field in fields(root):
            yield from parts(getattr(root, field.name))
