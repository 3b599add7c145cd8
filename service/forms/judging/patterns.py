"""Patterns of a form, matched as in JavaScript, never slowly: by `re` where that is surely fast, else by FEEL's linear engine."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from engine.facts.sentences import Sentence, verbatim
from engine.feel import Evaluation, FeelBudgetExceeded, Refused
from engine.feel.regex.pattern import compile_pattern
from service.forms.judging.javascript_patterns import PatternUnfit, PatternWrong, translated
from service.forms.judging.lookaheads import demands

__all__ = ["EMAIL", "PHONE", "Matches", "PatternUnfit", "PatternWrong", "compile_js"]

Matches = Callable[[str], bool]

#: One open repetition that may begin anywhere takes quadratic time: of longer texts the linear engine judges.
_LONGEST: Final = 5_000

#: What `re` refuses and JavaScript does not.
_ONLY_PYTHON: Final = re.compile(r"look-behind|in group name")

EMAIL: Final = re.compile(
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*",
    re.ASCII,
)
#: The whole text, as E.164 has it; form-js looks only at its end, and for the codes of its own list.
PHONE: Final = re.compile(r"(?:\+|00)[1-9]\d{5,14}", re.ASCII)


@lru_cache(maxsize=2048)
def compile_js(pattern: str) -> Matches:
    """Whether a text has the pattern somewhere. Raises PatternUnfit; what it answers may raise FeelBudgetExceeded."""
    found = translated(pattern)
    try:
        compiled = re.compile(found.text)
    except re.error as error:
        raise (PatternUnfit if _ONLY_PYTHON.search(str(error)) else PatternWrong)(verbatim(str(error))) from None
    except (OverflowError, RecursionError):
        raise PatternUnfit(Sentence("it is too large")) from None
    if not found.is_tame:
        return _linear_parts(pattern) or _linear(found.text)

    def matches(value: str) -> bool:
        if len(value) > _LONGEST:
            return _of_long(found.text)(value)
        return compiled.search(value) is not None

    return matches


def _linear_parts(pattern: str) -> Matches | None:
    """Of a pattern that begins with lookaheads; None for any other."""
    parts = demands(pattern)
    if len(parts) == 1:
        return None
    tests = [(_linear(translated(part.pattern).text), part.is_wanted) for part in parts]
    return lambda value: all(test(value) is is_wanted for test, is_wanted in tests)


def _of_long(text: str) -> Matches:
    try:
        return _linear(text)
    except PatternUnfit as error:
        raise FeelBudgetExceeded(Sentence("a text is too long for a pattern with {part}", part=str(error)), _LONGEST) from None


@lru_cache(maxsize=512)
def _linear(text: str) -> Matches:
    """The regular expressions of XPath: no lookaround, no \\b, but never slow. About 10 us a match."""
    if re.search(r"\(\?(?:[=!a]|<[=!])", text):
        raise PatternUnfit(Sentence("it looks around, and repeats more than once"))
    said = re.sub(r"\(\?P<\w+>", "(", text).replace("\\Z", "$")
    said = re.sub(r"\\[ux]([0-9a-fA-F]{4}|[0-9a-fA-F]{2})", lambda found: _literal(chr(int(found[1], 16))), said)
    said = re.sub(r"\\([ #&~/@'\"%,:;<=>_`!])", r"\1", said)
    try:
        compiled = compile_pattern(said)
    except (Refused, FeelBudgetExceeded) as error:
        raise PatternUnfit(error.sentence) from None
    return lambda value: compiled.matches(value, Evaluation())


def _literal(char: str) -> str:
    return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char, f"\\{char}" if char in "\\[]^-.$*+?(){}|" else char)
