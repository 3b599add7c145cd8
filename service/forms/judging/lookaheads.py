"""Lookaheads at the beginning of a pattern, taken apart: `^(?=.*a)(?!b).+$` asks for `^.*a`, not for `^b`, and for `^.+$`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_BEGINNINGS: Final = {"(?=": True, "(?!": False}


@dataclass(frozen=True, slots=True)
class Demand:
    """A pattern without lookahead, and whether a text has to have it."""

    pattern: str
    is_wanted: bool


def demands(pattern: str) -> tuple[Demand, ...]:
    """All of them together mean the pattern; one, the pattern itself, where it does not begin with `^` and a lookahead."""
    found: list[Demand] = []
    rest = pattern.removeprefix("^")
    while rest != pattern and rest[:3] in _BEGINNINGS and (end := _end_of_group(rest)):
        found.append(Demand(f"^(?:{rest[3 : end - 1]})", _BEGINNINGS[rest[:3]]))
        if rest[end : end + 1] in ("*", "+", "?", "{"):
            return (Demand(pattern, True),)
        rest = rest[end:]
    if not found or _has_alternatives(rest):
        return (Demand(pattern, True),)
    return (*found, Demand(f"^{rest}", True))


def _end_of_group(text: str) -> int:
    """The place after the `)` of the group that the text begins with; 0 when there is none."""
    depth = 0
    for at, char in _plain(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return at + 1
    return 0


def _has_alternatives(text: str) -> bool:
    """Whether `|` stands outside of all groups: then the beginning belongs to the first alternative alone."""
    depth = 0
    for _, char in _plain(text):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            return True
    return False


def _plain(text: str) -> list[tuple[int, str]]:
    """The characters that mean something: not escaped, not in a class."""
    found, is_escaped, in_class = [], False, False
    for at, char in enumerate(text):
        if is_escaped:
            is_escaped = False
        elif char == "\\":
            is_escaped = True
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        else:
            found.append((at, char))
    return found
