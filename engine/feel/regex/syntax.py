"""Pattern texts to trees (XQuery and XPath Functions 3.1, §5.6.1). What the standard does not allow is Refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NoReturn

from engine.facts.sentences import Sentence
from engine.feel.errors import Refused
from engine.feel.regex.character_classes import ClassReader
from engine.feel.regex.characters import CharacterTest, anything, exactly, ignoring_case, not_line_end

MAX_PATTERN: Final = 10_000
_MAX_NESTING: Final = 50
_MAX_COUNT: Final = 5_000


class Piece:
    """A part of a pattern."""


@dataclass(frozen=True, slots=True)
class Character(Piece):
    """One character that passes a test; `literal` is set when only one does."""

    test: CharacterTest
    literal: str | None = None


@dataclass(frozen=True, slots=True)
class Start(Piece):
    """`^`."""


@dataclass(frozen=True, slots=True)
class End(Piece):
    """`$`."""


@dataclass(frozen=True, slots=True)
class Sequence(Piece):
    """One after the other."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Choice(Piece):
    """The first branch that leads to a match."""

    branches: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Group(Piece):
    """`(…)`: remembers what it matched under its number."""

    number: int
    piece: Piece


@dataclass(frozen=True, slots=True)
class Back(Piece):
    r"""`\1`: what the group matched, again."""

    number: int
    ignores_case: bool


@dataclass(frozen=True, slots=True)
class Repeat(Piece):
    """`*`, `+`, `?`, `{2,5}`; `most` None for any number; lazy with a `?` behind."""

    piece: Piece
    least: int
    most: int | None
    is_greedy: bool


_QUANTIFIERS: Final = {"*": (0, None), "+": (1, None), "?": (0, 1)}


class Reader(ClassReader):
    """Reads one pattern. `groups` counts the groups opened, `closed` holds the numbers of those closed."""

    def __init__(self, pattern: str, flags: str) -> None:
        super().__init__(pattern, "i" in flags)
        self.point = anything if "s" in flags else not_line_end
        self.groups = 0
        self.closed: set[int] = set()
        self.has_backs = False
        self._depth = 0

    def read(self) -> Piece:
        """The whole pattern."""
        piece = self._choice()
        if self.at < len(self.pattern):
            self.refuse(Sentence("a bracket is closed that was not opened"))
        return piece

    def _choice(self) -> Piece:
        self._depth += 1
        if self._depth > _MAX_NESTING:
            self.refuse(Sentence("its groups are nested too deeply"))
        branches = [self._sequence()]
        while self.take("|"):
            branches.append(self._sequence())
        self._depth -= 1
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _sequence(self) -> Piece:
        pieces: list[Piece] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            pieces.append(self._repeated(self._atom()))
        return pieces[0] if len(pieces) == 1 else Sequence(tuple(pieces))

    def _repeated(self, piece: Piece) -> Piece:
        following = self.peek()
        if following in _QUANTIFIERS:
            self.at += 1
            least, most = _QUANTIFIERS[following]
        elif following == "{":
            least, most = self._counts()
        else:
            return piece
        if isinstance(piece, Start | End):
            self.refuse(Sentence("an anchor cannot be repeated"))
        return Repeat(piece, least, most, not self.take("?"))

    def _counts(self) -> tuple[int, int | None]:
        end = self.pattern.find("}", self.at)
        low, comma, high = self.pattern[self.at + 1 : end].partition(",")
        if end < 0 or not low.isdecimal() or not (high.isdecimal() or high == "") or len(low + high) > 9:
            self.refuse(Sentence("the braces of a quantifier hold no numbers"))
        self.at = end + 1
        least = int(low)
        most = (int(high) if high else None) if comma else least
        if max(least, most or 0) > _MAX_COUNT or (most is not None and most < least):
            self.refuse(Sentence("a quantifier's numbers are too large or in the wrong order"))
        return least, most

    def _atom(self) -> Piece:
        character = self.pattern[self.at]
        self.at += 1
        if character == "(":
            return self._group()
        if character == "[":
            return Character(self.class_())
        if character == "\\":
            return self._escape()
        if character == ".":
            return Character(self.point)
        if character in "^$":
            return Start() if character == "^" else End()
        if character in "*+?{}]":
            self.refuse(Sentence("“{character}” stands where it has no meaning", character=character))
        return self.literal(character)

    def literal(self, character: str) -> Character:
        """One character as it is."""
        if self.ignores_case and character.upper() != character.lower():
            return Character(ignoring_case(exactly(character)))
        return Character(exactly(character), character)

    def _group(self) -> Piece:
        if self.pattern.startswith("?", self.at):
            if not self.pattern.startswith("?:", self.at):
                self.refuse(Sentence("only (…) and (?:…) are groups"))
            self.at += 2
            number = 0
        else:
            self.groups += 1
            number = self.groups
        piece = self._choice()
        if not self.take(")"):
            self.refuse(Sentence("a group is not closed"))
        self.closed.add(number)
        return Group(number, piece) if number else piece

    def _escape(self) -> Piece:
        following = self.peek()
        if following.isascii() and following.isdecimal():
            return self._back()
        test, single = self.escape()
        return self.literal(single) if single is not None else Character(test)

    def _back(self) -> Piece:
        number = 0
        while (digit := self.peek()).isdecimal() and (number == 0 or number * 10 + int(digit) <= self.groups):
            number = number * 10 + int(digit)
            self.at += 1
            if number == 0:
                break
        if number not in self.closed or number == 0:
            self.refuse(Sentence("it refers back to a group that is not there or not closed"))
        self.has_backs = True
        return Back(number, self.ignores_case)

    def refuse(self, why: Sentence) -> NoReturn:
        """No regular expression of the standard."""
        raise Refused(Sentence("The regular expression “{pattern}” cannot be read: {why}", pattern=self.pattern[:60], why=why))
