"""Sentences as a reader of one language is told them: the template by the catalogue of gettext, the values as they are.

English is the language of the code and needs no catalogue.
"""

from __future__ import annotations

from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path

from engine.facts.sentences import Named, Sentence

FOLDER = Path(__file__).parent


def said(sentence: Sentence, language: str) -> str:
    """`language` is a code of a catalogue: zh; a template that it lacks is said in English."""
    if language == "en":
        return str(sentence)
    padded = ["", *sentence.pieces(_catalogue(language).gettext, lambda value: _said(value, language)), ""]
    return "".join(_closed(*padded[at - 1 : at + 2]) if at % 2 else piece for at, piece in enumerate(padded))


def _said(value: Sentence | Named, language: str) -> str:
    return said(value, language) if isinstance(value, Sentence) else value.name


@lru_cache
def _catalogue(language: str) -> NullTranslations:
    return translation("messages", FOLDER, [language], fallback=True)


def _closed(before: str, words: str, after: str) -> str:
    """The words without a space of theirs that stands between Chinese on both sides; `before` and `after` are values."""
    if words.startswith(" ") and _is_chinese(before[-1:]) and _is_chinese((words + after)[1:2]):
        words = words[1:]
    if words.endswith(" ") and _is_chinese((before + words)[-2:-1]) and _is_chinese(after[:1]):
        words = words[:-1]
    return words


def _is_chinese(character: str) -> bool:
    return bool(character) and ("\u4e00" <= character <= "\u9fff" or character in "“”（）")
