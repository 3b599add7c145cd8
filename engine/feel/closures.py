"""The shape of compiled code, and what the compiler knows about the names around a node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.feel.frames import AnyFrame

Code = Callable[[AnyFrame], Any]


@dataclass(frozen=True, slots=True)
class Scope:
    """The frames a node will see, from the inside out.

    A frame has the `names` of a loop, a function or a context; or with `is_item` those of the item a filter looks at,
    which are known only when it runs. `None` outside: the host's names.
    """

    names: frozenset[str]
    is_item: bool
    outer: Scope | None


def with_names(outer: Scope | None, names: frozenset[str]) -> Scope:
    """A scope of names known now."""
    return Scope(names, False, outer)


def with_item(outer: Scope | None) -> Scope:
    """A scope of a filter's item."""
    return Scope(frozenset(), True, outer)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name may be found: `certain` is the depth of the frame that has it for sure, None if only the host may;
    `possible` are the depths of filter items before that, which may have it."""

    certain: int | None
    possible: tuple[int, ...]


def place_of(name: str, scope: Scope | None) -> Place:
    """Look the name up in the scopes around a node."""
    possible: list[int] = []
    depth = 0
    while scope is not None:
        if scope.is_item:
            possible.append(depth)
        elif name in scope.names:
            return Place(depth, tuple(possible))
        scope, depth = scope.outer, depth + 1
    return Place(None, tuple(possible))


def frame_at(frame: AnyFrame, depth: int) -> AnyFrame:
    """The frame so many steps outwards."""
    for _ in range(depth):
        if frame.outer is not None:
            frame = frame.outer
    return frame
