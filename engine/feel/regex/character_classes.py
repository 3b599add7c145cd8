r"""Reads `[…]` and `\…` of a pattern."""

from __future__ import annotations

from typing import Final, NoReturn

from engine.facts.sentences import Sentence
from engine.feel.errors import Refused
from engine.feel.regex.characters import (
    CLASSES,
    CharacterTest,
    any_of,
    category,
    exactly,
    ignoring_case,
    none_of,
    one_of_ranges,
    without,
)

_SINGLE: Final = {"n": "\n", "r": "\r", "t": "\t"}
_ESCAPABLE: Final = frozenset("\\|.?*+(){}-[]^$")
_MAX_NESTING: Final = 20


class ClassReader:
    """A cursor over a pattern that can read its character classes."""

    def __init__(self, pattern: str, ignores_case: bool) -> None:
        self.pattern = pattern
        self.ignores_case = ignores_case
        self.at = 0
        self._class_depth = 0

    def peek(self) -> str:
        """The next character, empty at the end."""
        return self.pattern[self.at] if self.at < len(self.pattern) else ""

    def take(self, character: str) -> bool:
        """Step over the character if it comes next."""
        found = self.peek() == character
        self.at += found
        return found

    def refuse(self, why: Sentence) -> NoReturn:
        """No regular expression of the standard."""
        raise Refused(Sentence("The regular expression “{pattern}” cannot be read: {why}", pattern=self.pattern[:60], why=why))

    def escape(self) -> tuple[CharacterTest, str | None]:
        r"""What follows a backslash: a test, and the character if it is just one."""
        character = self.peek()
        self.at += 1
        if character in _SINGLE:
            return exactly(_SINGLE[character]), _SINGLE[character]
        if character and character in _ESCAPABLE:
            return exactly(character), character
        if character and character.lower() in CLASSES:
            test = CLASSES[character.lower()]
            return (test if character.islower() else none_of(test)), None
        if character and character in "pP":
            test = category(self._category_name())
            return (test if character == "p" else none_of(test)), None
        return self.refuse(Sentence("“\\{character}” has no meaning", character=character))

    def _category_name(self) -> str:
        end = self.pattern.find("}", self.at)
        if self.peek() != "{" or end < 0:
            self.refuse(Sentence("a category is written \\p{{…}}"))
        name = self.pattern[self.at + 1 : end]
        self.at = end + 1
        return name

    def class_(self) -> CharacterTest:
        """A class after its opening bracket: characters, ranges, escapes, and `-[…]` for what is left out."""
        self._class_depth += 1
        if self._class_depth > _MAX_NESTING:
            self.refuse(Sentence("its classes are nested too deeply"))
        is_negated = self.take("^")
        tests: list[CharacterTest] = []
        ranges: list[tuple[int, int]] = []
        excluded: CharacterTest | None = None
        while not self._at_class_end(bool(tests or ranges)):
            if self.pattern.startswith("-[", self.at) and (tests or ranges):
                self.at += 2
                excluded = self.class_()
                if self.peek() != "]":
                    self.refuse(Sentence("nothing may follow the class that is left out"))
            else:
                self._member(tests, ranges)
        self.at += 1
        self._class_depth -= 1
        return self._combined(tests, ranges, is_negated, excluded)

    def _at_class_end(self, has_members: bool) -> bool:
        if self.at >= len(self.pattern):
            self.refuse(Sentence("a class is not closed"))
        if self.peek() != "]":
            return False
        if not has_members:
            self.refuse(Sentence("a class is empty"))
        return True

    def _member(self, tests: list[CharacterTest], ranges: list[tuple[int, int]]) -> None:
        first = self._class_character(tests)
        if first is None:
            return
        is_range = self.peek() == "-" and self.pattern[self.at + 1 : self.at + 2] not in ("]", "[", "")
        if not is_range:
            ranges.append((ord(first), ord(first)))
            return
        self.at += 1
        last = self._class_character(tests)
        if last is None or last < first:
            self.refuse(Sentence("a range of characters has no end or runs backwards"))
        ranges.append((ord(first), ord(last)))

    def _class_character(self, tests: list[CharacterTest]) -> str | None:
        """One character of a class; a class escape goes to `tests` and gives None."""
        character = self.pattern[self.at]
        self.at += 1
        if character == "[":
            self.refuse(Sentence("“[” inside a class is written \\["))
        if character != "\\":
            return character
        test, single = self.escape()
        if single is None:
            tests.append(test)
        return single

    def _combined(
        self,
        tests: list[CharacterTest],
        ranges: list[tuple[int, int]],
        is_negated: bool,
        excluded: CharacterTest | None,
    ) -> CharacterTest:
        members = list(tests)
        if ranges:
            in_ranges = one_of_ranges(ranges)
            members.append(ignoring_case(in_ranges) if self.ignores_case else in_ranges)
        test = any_of(members)
        if is_negated:
            test = none_of(test)
        return test if excluded is None else without(test, excluded)
