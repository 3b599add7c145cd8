"""Sentences that are made elsewhere with values in them, for Chinese readers: problems of models, reasons of refusals, causes of
incidents, notes of evaluations.

Each file of `zh/phrases` maps the English wording, `{}` for each value, to the Chinese one; `{1}{0}` changes the order. A value
may be such a sentence or word itself: it is said in Chinese too, unless it stands in quotes, for then it is a name. The wordings
of `around.json` enclose others and are looked for first, in their order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from service.translations import refusals

FOLDER = Path(__file__).parent / "zh" / "phrases"

#: Longer sentences are nobody's wording, and matching them would take time.
LONGEST = 2_000

#: What stands before a value that is a name.
QUOTES = ("“", "'", '"', "<")
_VALUE = re.compile(r"\{(\d?)\}")
#: A space that stands beside a value in case it is not Chinese.
_GAP = re.compile(r"(?<=[\u4e00-\u9fff”）]) (?=[\u4e00-\u9fff“（])")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording with values. `names` tells of each value whether it is a name."""

    pattern: re.Pattern[str]
    chinese: str
    names: tuple[bool, ...]

    def said(self, sentence: str) -> str | None:
        """The sentence in Chinese; None when it is another wording."""
        found = self.pattern.fullmatch(sentence)
        if found is None:
            return None
        pairs = zip(found.groups(), self.names, strict=True)
        values = [value if is_name else in_chinese(value.strip()) for value, is_name in pairs]
        following = iter(values)
        said = _VALUE.sub(lambda place: values[int(place[1])] if place[1] else next(following), self.chinese)
        return _GAP.sub("", said)


@lru_cache(maxsize=4_096)
def in_chinese(sentence: str) -> str:
    """The sentence as it is when nobody has written it in Chinese yet."""
    exact, phrases = _phrases()
    if sentence in exact:
        return exact[sentence]
    candidates = phrases if len(sentence) <= LONGEST else ()
    return next((said for said in (phrase.said(sentence) for phrase in candidates) if said is not None), sentence)


def wordings() -> dict[str, str]:
    """English wording → Chinese, of all files."""
    found: dict[str, str] = {}
    for file in sorted(FOLDER.glob("*.json")):
        found |= json.loads(file.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def _phrases() -> tuple[Mapping[str, str], tuple[Phrase, ...]]:
    """Without values by their text; with values as patterns, those with more words of their own first."""
    found = dict(refusals.wordings()) | wordings()
    exact = {english: chinese for english, chinese in found.items() if "{}" not in english}
    around = list(json.loads((FOLDER / "around.json").read_text(encoding="utf-8")))
    others = sorted((english for english in found if "{}" in english and english not in around), key=_words, reverse=True)
    return exact, tuple(_phrase(english, found[english]) for english in (*around, *others))


def _words(english: str) -> int:
    return len(english.replace("{}", ""))


def _phrase(english: str, chinese: str) -> Phrase:
    """Values are short and matched lazily: every word between them is fixed, so nothing is tried twice without end."""
    parts = english.split("{}")
    pattern = re.compile("(.+?)".join(map(re.escape, parts)), re.DOTALL)
    return Phrase(pattern, chinese, tuple(part.endswith(QUOTES) for part in parts[:-1]))
