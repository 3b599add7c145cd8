r"""Tests of one character: ranges, classes such as `\d`, categories such as `\p{Lu}`, and what ignoring case makes of them."""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from engine.facts.sentences import Sentence
from engine.feel.errors import Refused
from engine.feel.regex.blocks import BLOCKS

CharacterTest = Callable[[str], bool]

#: The second letters a general category may have, by its first.
_CATEGORIES: Final = {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "Z": "slp", "S": "mcko", "C": "cfon"}


def any_of(tests: list[CharacterTest]) -> CharacterTest:
    """Any of the tests."""
    if len(tests) == 1:
        return tests[0]
    return lambda character: any(test(character) for test in tests)


def none_of(test: CharacterTest) -> CharacterTest:
    """The opposite."""
    return lambda character: not test(character)


def without(test: CharacterTest, excluded: CharacterTest) -> CharacterTest:
    """The first but not the second."""
    return lambda character: test(character) and not excluded(character)


def one_of_ranges(ranges: Iterable[tuple[int, int]]) -> CharacterTest:
    """A code point within one of the ranges, both ends included."""
    merged: list[list[int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    firsts, lasts = [first for first, _ in merged], [last for _, last in merged]

    def test(character: str) -> bool:
        code = ord(character)
        at = bisect_right(firsts, code) - 1
        return at >= 0 and code <= lasts[at]

    return test


def exactly(character: str) -> CharacterTest:
    """This character."""
    return lambda other: other == character


def ignoring_case(test: CharacterTest) -> CharacterTest:
    """The character or one that differs from it in case only."""
    return lambda character: test(character) or any(test(variant) for variant in variants(character))


@lru_cache(maxsize=1)
def _by_folding() -> dict[str, str]:
    """All characters that fold to the same letter, by that letter; only letters that have another case."""
    found: dict[str, str] = {}
    for code in range(0x1E944):
        character = chr(code)
        folded = _folded(character)
        if folded != character:
            found[folded] = found.get(folded, folded) + character
    return found


def _folded(character: str) -> str:
    lower = character.upper().lower()
    return lower if len(lower) == 1 else character.lower() if len(character.lower()) == 1 else character


def variants(character: str) -> str:
    """The characters that differ in case only, and the character itself if there are any."""
    return _by_folding().get(_folded(character), "")


def category(name: str) -> CharacterTest:
    r"""`\p{name}`: a general category or a block."""
    if name.startswith("Is"):
        block = BLOCKS.get(name[2:])
        if block is None:
            raise Refused(Sentence("The regular expression names an unknown block: {name}", name=name[:40]))
        return one_of_ranges([block])
    if name[:1] not in _CATEGORIES or len(name) > 2 or name[1:] not in _CATEGORIES[name[0]]:
        raise Refused(Sentence("The regular expression names an unknown category: {name}", name=name[:40]))
    return lambda character: unicodedata.category(character).startswith(name)


def _is_name_start(character: str) -> bool:
    return character in ":_" or character.isalpha() or unicodedata.category(character) in ("Nl", "Lm")


def _is_name_part(character: str) -> bool:
    return _is_name_start(character) or character in "-.·" or unicodedata.category(character) in ("Mn", "Mc", "Nd")


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] not in "PZC"


#: The classes `\d \s \w \i \c`; capitals are their opposites.
CLASSES: Final[dict[str, CharacterTest]] = {
    "d": str.isdecimal,
    "s": lambda character: character in " \t\n\r",
    "w": _is_word,
    "i": _is_name_start,
    "c": _is_name_part,
}


def anything(_character: str) -> bool:
    """Every character: the point with the flag s."""
    return True


def not_line_end(character: str) -> bool:
    """The point without the flag s."""
    return character not in "\n\r"
