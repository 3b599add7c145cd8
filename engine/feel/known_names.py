"""Names that contain operators or keywords (`Pre-bureau risk`, `values in a list`): found by their tokens, longest first."""

from collections.abc import Iterable
from typing import Final

from engine.feel.errors import FeelSyntaxError
from engine.feel.tokens import AT, STRING, SYMBOL, WORD, Token, tokenize

#: Words that end a name unless the name is known.
SEPARATORS: Final = frozenset({"and", "or", "in", "between", "then", "else", "return", "satisfies", "external"})
#: Words that begin something else than a name.
STARTERS: Final = frozenset({"if", "for", "some", "every", "function", "true", "false", "null"})
_NAME_SYMBOLS: Final = frozenset("./-'’+*") | {"**", "..", "->"}

#: Names of the standard that contain a keyword.
BUILT_IN: Final = ("date and time", "years and months duration", "days and time duration")


def tokens_of(name: str) -> tuple[str, ...] | None:
    """The tokens a name is written with, None when no text of FEEL can name it."""
    try:
        tokens = tokenize(name)[:-1]
    except FeelSyntaxError:
        return None
    if not tokens or tokens[0].kind != WORD or any(token.kind in (AT, STRING) for token in tokens):
        return None
    if any(token.kind == SYMBOL and token.text not in _NAME_SYMBOLS for token in tokens):
        return None
    return tuple(token.text for token in tokens)


def needs_knowing(name: str) -> bool:
    """Whether the name can be read only by who knows it: it is not just words and digits with single spaces."""
    if name.isidentifier() and name not in SEPARATORS and name not in STARTERS:
        return False
    words = name.split(" ")
    return not all(word.isidentifier() or word.isdecimal() for word in words) or bool(
        words[0] in STARTERS or not SEPARATORS.isdisjoint(words)
    )


def joined(tokens: list[Token]) -> str:
    """The name that tokens spell: as written, with one space where there is white space."""
    text = ""
    end = tokens[0].start if tokens else 0
    for token in tokens:
        text += f" {token.text}" if token.start > end else token.text
        end = token.end
    return text


class KnownNames:
    """The tricky names among those given, by their first token."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Know one more name; a name no text can spell is left out."""
        tokens = tokens_of(name)
        if tokens is None:
            return
        same_first = self._by_first.setdefault(tokens[0], [])
        if (tokens, name) not in same_first:
            same_first.append((tokens, name))
            same_first.sort(key=lambda entry: -len(entry[0]))

    def match(self, tokens: list[Token], at: int) -> tuple[str, int] | None:
        """The longest known name written from token `at` on, and the index after it."""
        for wanted, name in self._by_first.get(tokens[at].text, ()):
            end = at + len(wanted)
            if all(token.text == text for token, text in zip(tokens[at:end], wanted, strict=False)) and end < len(tokens):
                return name, end
        return None
