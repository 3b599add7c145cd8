"""Sentences that are made elsewhere with values in them, for Chinese readers: problems of models, reasons of refusals.

`translations/zh/phrases.json` maps the English wording, `{}` for each value, to the Chinese one; `{1}{0}` changes the order.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parents[1] / "translations" / "zh" / "phrases.json"

#: Longer sentences are nobody's wording, and matching them would take time.
LONGEST = 2_000


def in_chinese(sentence: str) -> str:
    """The sentence as it is when nobody has written it in Chinese yet."""
    exact, patterns = _phrases()
    if sentence in exact:
        return exact[sentence]
    for pattern, chinese in patterns if len(sentence) <= LONGEST else ():
        found = pattern.fullmatch(sentence)
        if found:
            return chinese.format(*found.groups())
    return sentence


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Without values by their text; with values as patterns, those with more words of their own first."""
    phrases: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
    exact = {english: chinese for english, chinese in phrases.items() if "{}" not in english}
    ordered = sorted((english for english in phrases if "{}" in english), key=len, reverse=True)
    return exact, tuple((_pattern(english), phrases[english]) for english in ordered)


def _pattern(english: str) -> re.Pattern[str]:
    """Values are short and matched lazily: every word between them is fixed, so nothing is tried twice without end."""
    return re.compile("(.+?)".join(map(re.escape, english.split("{}"))), re.DOTALL)
