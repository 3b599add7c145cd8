"""Compiled patterns: matches, replace and split as XPath defines them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from engine.facts.sentences import Sentence
from engine.feel.errors import Refused
from engine.feel.frames import Evaluation, checked_length
from engine.feel.regex.matcher import Groups, Matcher
from engine.feel.regex.program import Assembler
from engine.feel.regex.syntax import MAX_PATTERN, Character, Piece, Reader, Sequence

_FLAGS: Final = frozenset("smixq")


class Pattern:
    """A compiled pattern. `literal` is its text when it is nothing but text."""

    def __init__(self, pattern: str, flags: str) -> None:
        reader = Reader(pattern, flags)
        piece = _literally(reader, pattern) if "q" in flags else reader.read()
        self.literal = _literal_of(piece)
        self.groups = reader.groups
        self._is_multiline = "m" in flags and "q" not in flags
        self._has_backs = reader.has_backs
        self._slots = 2 * (reader.groups + 1)
        self._program = Assembler(saves_groups=True).assemble(piece)
        self._plain_program = self._program if reader.has_backs else Assembler(saves_groups=False).assemble(piece)

    def matches(self, text: str, evaluation: Evaluation) -> bool:
        """Whether it matches somewhere."""
        if self.literal is not None:
            return self.literal in text
        matcher = self._matcher(text, saves_groups=self._has_backs)
        found = matcher.search(0)
        evaluation.spend(matcher.steps)
        return found is not None

    def find_all(self, text: str, evaluation: Evaluation) -> list[tuple[int, int, Groups]]:
        """All matches that do not overlap, from the left."""
        if self.matches("", evaluation):
            raise Refused(Sentence("The regular expression matches the empty text, so nothing can be replaced or split by it"))
        found: list[tuple[int, int, Groups]] = []
        matcher = self._matcher(text, saves_groups=True)
        match = matcher.search(0)
        while match is not None:
            found.append(match)
            matcher.forget()
            match = matcher.search(match[1] if match[1] > match[0] else match[1] + 1)
        evaluation.spend(matcher.steps)
        return found

    def _matcher(self, text: str, *, saves_groups: bool) -> Matcher:
        program = self._program if saves_groups else self._plain_program
        slots = self._slots if saves_groups else 0
        return Matcher(program, slots, text, is_multiline=self._is_multiline, has_backs=self._has_backs)


def _literally(reader: Reader, pattern: str) -> Piece:
    return Sequence(tuple(reader.literal(character) for character in pattern))


def _literal_of(piece: Piece) -> str | None:
    pieces = piece.pieces if isinstance(piece, Sequence) else (piece,)
    characters = [each.literal for each in pieces if isinstance(each, Character) and each.literal is not None]
    return "".join(characters) if len(characters) == len(pieces) else None


@lru_cache(maxsize=512)
def compile_pattern(pattern: str, flags: str = "") -> Pattern:
    """The pattern with its flags. Raises Refused for what the standard does not allow."""
    if not _FLAGS.issuperset(flags):
        raise Refused(Sentence("“{flags}” are no flags of regular expressions; s, m, i, x and q are", flags=flags[:20]))
    if len(pattern) > MAX_PATTERN:
        raise Refused(Sentence("The regular expression is too long"))
    if "x" in flags and "q" not in flags:
        pattern = _without_spaces(pattern)
    return Pattern(pattern, flags)


def _without_spaces(pattern: str) -> str:
    """The flag x: white space means nothing, except inside a class."""
    kept: list[str] = []
    depth = 0
    is_escaped = False
    for character in pattern:
        if character in " \t\n\r" and depth == 0:
            continue
        if not is_escaped:
            depth += (character == "[") - (character == "]")
        is_escaped = character == "\\" and not is_escaped
        kept.append(character)
    return "".join(kept)


_REFERENCE: Final = re.compile(r"\\([\\$])|\$([0-9]+)|([\\$])")


def replaced(pattern: Pattern, text: str, replacement: str, evaluation: Evaluation, *, is_literal: bool) -> str:
    """The text with every match replaced; `$1` in the replacement is a group, `$0` the match, `\\$` a dollar."""
    parts: list[str] = []
    length, last = 0, 0
    template = [replacement] if is_literal else _template(replacement, pattern.groups)
    for begin, end, groups in pattern.find_all(text, evaluation):
        filled = [part if isinstance(part, str) else _group(text, begin, end, groups, part) for part in template]
        parts.extend((text[last:begin], *filled))
        length += begin - last + sum(map(len, filled))
        checked_length(length)
        last = end
    parts.append(text[last:])
    return "".join(parts)


def _group(text: str, begin: int, end: int, groups: Groups, number: int) -> str:
    if number == 0:
        return text[begin:end]
    if 2 * number + 1 >= len(groups) or groups[2 * number + 1] < 0:
        return ""
    return text[groups[2 * number] : groups[2 * number + 1]]


def _template(replacement: str, groups: int) -> list[str | int]:
    """The replacement as texts and numbers of groups."""
    parts: list[str | int] = []
    last = 0
    for match in _REFERENCE.finditer(replacement):
        escaped, digits, stray = match.groups()
        if stray:
            raise Refused(Sentence("In a replacement $ is followed by a number, \\ by \\ or $"))
        parts.append(replacement[last : match.start()])
        parts.extend([escaped] if escaped else _reference(digits, groups))
        last = match.end()
    parts.append(replacement[last:])
    return parts


def _reference(digits: str, groups: int) -> list[str | int]:
    """As many digits as there are groups, the others are text."""
    taken = 1
    while taken < len(digits) and int(digits[: taken + 1]) <= groups:
        taken += 1
    return [int(digits[:taken]), digits[taken:]]


def parts(pattern: Pattern, text: str, evaluation: Evaluation) -> list[str]:
    """The texts between the matches."""
    found: list[str] = []
    last = 0
    for begin, end, _ in pattern.find_all(text, evaluation):
        found.append(text[last:begin])
        last = end
    return [*found, text[last:]]
