"""Expressions in other languages: `${…}` of Camunda 7 and Flowable becomes FEEL where it means the same, all else is refused."""

from __future__ import annotations

import re

from engine.facts.sentences import Sentence, Spoken
from engine.feel.juel import JuelNotTranslatable, translate

_OPENING = ("${", "#{")
#: What the value under test is called in a cell written in JUEL.
_CELL_INPUT = re.compile(r"\bcellInput\b")


class NotFeel(Spoken, ValueError):
    """The sentence that says why an expression cannot be evaluated."""


def feel_of(text: str, language: str) -> str:
    """The text in FEEL; `language` is what the file says it is written in, empty for FEEL. Raises NotFeel."""
    is_juel = "juel" in language.lower() or language.endswith("javax/el")
    if language and not is_juel and "feel" not in language.lower():
        raise NotFeel(Sentence("The expression is written in '{language}'; only FEEL is evaluated.", language=language))
    if not text or not (is_juel or text.startswith(_OPENING)):
        return text
    try:
        translated = translate(text if any(opening in text for opening in _OPENING) else f"${{{text}}}")
    except JuelNotTranslatable as fault:
        raise NotFeel(Sentence("The expression '{text}' has no equal in FEEL: {why}", text=text, why=fault.sentence)) from None
    return _CELL_INPUT.sub("?", translated)
