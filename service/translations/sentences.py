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
    """The words with no space of theirs between Chinese on both sides, and one between Chinese and a Latin word or a number.

    `before` and `after` are values.
    """
    if words.startswith(" ") and _is_chinese(before[-1:]) and _is_chinese((words + after)[1:2]):
        words = words[1:]
    if words.endswith(" ") and _is_chinese((before + words)[-2:-1]) and _is_chinese(after[:1]):
        words = words[:-1]
    if not words:
        return " " if _are_apart(before[-1:], after[:1]) else ""
    left = " " if _are_apart(before[-1:], words[0]) else ""
    right = " " if _are_apart(words[-1], after[:1]) else ""
    return left + words + right


def _are_apart(one: str, other: str) -> bool:
    return (_is_ideograph(one) and _is_latin(other)) or (_is_latin(one) and _is_ideograph(other))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _is_ideograph(character: str) -> bool:
    return bool(character) and "\u4e00" <= character <= "\u9fff"


def _is_chinese(character: str) -> bool:
    return _is_ideograph(character) or (bool(character) and character in "“”（）")
