"""Expressions in what is shown: a whole text after an equals sign, and parts of a text between double braces (feelers)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.facts.errors import Problem
from engine.facts.sentences import Sentence
from service.forms.judging.components import place_of
from service.forms.judging.expressions import ExpressionUnfit, call_of_nothing, value

Schema = Mapping[str, Any]

_SHOWN: Final = ("label", "description", "text", "content", "dateLabel", "timeLabel", "source", "alt", "url", "title")
_PART: Final = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_BLOCK: Final = re.compile(r"#(if|loop)\s+")


def shown_problems(component: Schema, names: frozenset[str]) -> Iterator[Problem]:
    where, properties, appearance = (place_of(component), *(component.get(name) or {} for name in ("properties", "appearance")))
    texts = [component.get(name) for name in _SHOWN]
    texts += [properties.get(f"{name}En") for name in (*_SHOWN, "prefixAdorner", "suffixAdorner")]
    texts += [appearance.get(name) for name in ("prefixAdorner", "suffixAdorner")]
    for text in texts:
        if isinstance(text, str):
            for expression in _expressions(text):
                why = _fault(expression, names)
                if why is not None:
                    sentence = Sentence("The expression {text} cannot be read: {why}", text=expression, why=why)
                    yield Problem("form-shown", sentence, where)
            if not _is_closed(text):
                sentence = Sentence("{text} opens and closes its blocks in no order.", text=text[:60])
                fix = Sentence("Close each #if with /if and each #loop with /loop, in double braces.")
                yield Problem("form-shown", sentence, where, fix=fix)


def _expressions(text: str) -> Iterator[str]:
    if text.startswith("="):
        yield text[1:]
        return
    for part in _PART.findall(text):
        if not part.strip().startswith("/"):
            yield _BLOCK.sub("", part.strip(), count=1).strip()


def _fault(expression: str, names: frozenset[str]) -> Sentence | None:
    try:
        value(f"={expression}", names)
        return call_of_nothing(f"={expression}", names)
    except ExpressionUnfit as unfit:
        return unfit.sentence


def _is_closed(text: str) -> bool:
    """Whether the blocks of a template stand in one another."""
    if text.startswith("="):
        return True
    opened: list[str] = []
    for part in map(str.strip, _PART.findall(text)):
        block = _BLOCK.match(part)
        if block is not None:
            opened.append(block[1])
        elif part.startswith("/") and (not opened or opened.pop() != part[1:].strip()):
            return False
    return not opened
