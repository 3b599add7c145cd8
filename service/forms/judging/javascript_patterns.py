"""JavaScript's regular expressions (without flags) in Python's dialect; what Python means otherwise and cannot say is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from engine.facts.sentences import Sentence, Spoken, verbatim
from service.forms.judging.numbers import WHITE

_SPACE: Final = "".join(f"\\u{ord(each):04x}" for each in WHITE)
_NOT_LINE_END: Final = "[^\\n\\r\\u2028\\u2029]"
_QUANTIFIER: Final = re.compile(r"\{(\d+)(?:(,)(\d*))?\}", re.ASCII)
_HEX: Final = {"u": re.compile(r"[0-9a-fA-F]{4}"), "x": re.compile(r"[0-9a-fA-F]{2}")}
#: Inside of a class, and outside.
_CLASSES: Final = {"d": ("0-9", "[0-9]"), "w": ("A-Za-z0-9_", "[A-Za-z0-9_]"), "s": (_SPACE, f"[{_SPACE}]")}
_NEGATED: Final = {"D": "[^0-9]", "W": "[^A-Za-z0-9_]", "S": f"[^{_SPACE}]"}


#: Ways through a pattern without an open repetition that `re` may try at each place of a text.
_WAYS: Final = 1_000


class PatternUnfit(Spoken):
    """The pattern means something that Python cannot say, or not say fast."""


class PatternWrong(PatternUnfit):
    """The pattern is none in JavaScript either."""


@dataclass(frozen=True, slots=True)
class Translated:
    """The same pattern for Python's `re`; tame when that takes quadratic time at most, whatever the text."""

    text: str
    is_tame: bool


def translated(pattern: str) -> Translated:
    """Raises PatternUnfit."""
    return _Translator(pattern).translated()


class _Translator:
    """Reads the pattern once from the left, and counts what makes matching slow: repetitions, alternatives, repeated groups."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._in_class = False
        self._had_class = False
        self._open = 0
        self._ways = 1
        self._repeats_group = False

    def translated(self) -> Translated:
        pieces: list[str] = []
        while self._at < len(self._pattern):
            pieces.append(self._inside() if self._in_class else self._outside())
        if self._in_class:
            raise PatternWrong(Sentence("a [ has no ]"))
        if self._had_class and max(self._pattern) > "\uffff":
            raise PatternUnfit(Sentence("rare characters between [ and ]"))
        return Translated("".join(pieces), self._open <= 1 and self._ways <= _WAYS and not self._repeats_group)

    def _inside(self) -> str:
        char = self._pattern[self._at]
        if char == "\\":
            return self._escape()
        self._at += 1
        self._in_class = char != "]"
        return f"\\{char}" if char in "[&~|" else char

    def _outside(self) -> str:
        char = self._pattern[self._at]
        if char == "\\":
            return self._escape()
        if char == "[":
            return self._class()
        if char == "(":
            return self._group()
        if char == "{":
            return self._repetition()
        if char in "*+?":
            return self._repeated(char, 0 if char != "+" else 1, 1 if char == "?" else None)
        self._at += 1
        self._ways *= 2 if char == "|" else 1
        return {".": _NOT_LINE_END, "$": "\\Z", "}": "\\}"}.get(char, char)

    def _next(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _class(self) -> str:
        for empty, meaning in (("[]", "(?!)"), ("[^]", "[\\s\\S]")):
            if self._pattern.startswith(empty, self._at):
                self._at += len(empty)
                return meaning
        self._in_class = self._had_class = True
        negation = "[^" if self._pattern.startswith("[^", self._at) else "["
        self._at += len(negation)
        return negation

    def _group(self) -> str:
        rest = self._pattern[self._at : self._at + 4]
        if not rest.startswith("(?"):
            self._at += 1
            return "("
        if rest.startswith("(?<") and rest[3:] not in ("=", "!"):
            self._at += 3
            return "(?P<"
        if rest[2:3] not in (":", "=", "!", "<"):
            raise PatternWrong(Sentence("no group begins so"))
        self._at += 2
        return "(?"

    def _repetition(self) -> str:
        found = _QUANTIFIER.match(self._pattern, self._at)
        if found is None:
            self._at += 1
            return "\\{"
        low = int(found[1])
        return self._repeated(found[0], low, low if found[2] is None else int(found[3]) if found[3] else None)

    def _repeated(self, sign: str, low: int, high: int | None) -> str:
        """What stands before it, from `low` to `high` times."""
        self._repeats_group |= self._pattern[self._at - 1 : self._at] == ")" and self._pattern[self._at - 2 : self._at] != "\\)"
        self._at += len(sign)
        if self._next() == "+":
            raise PatternWrong(Sentence("there is nothing to repeat"))  # possessive in Python
        if high is None:
            self._open += 1
        else:
            self._ways *= max(1, high - low + 1)
        if self._next() == "?":
            self._at += 1
            return f"{sign}?"
        return sign

    def _escape(self) -> str:
        char = self._pattern[self._at + 1 : self._at + 2]
        if not char:
            raise PatternWrong(Sentence("it ends with a backslash"))
        self._at += 2
        if char in _CLASSES:
            return _CLASSES[char][0 if self._in_class else 1]
        if char in _NEGATED:
            if self._in_class:
                raise PatternUnfit(Sentence("{escape} between [ and ]", escape=f"\\{char}"))
            return _NEGATED[char]
        if char in "bB":
            return "\\x08" if self._in_class else f"(?a:\\{char})"
        if char in "nrtfv":
            return f"\\{char}"
        if char in _HEX and (found := _HEX[char].match(self._pattern, self._at)):
            self._at = found.end()
            return f"\\{char}{found[0]}"
        if char in "ck" or char.isdigit():
            raise PatternUnfit(verbatim(f"\\{char}"))
        return re.escape(char)
