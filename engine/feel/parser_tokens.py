"""The token cursor all parts of the parser share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from engine.facts.sentences import Sentence, verbatim
from engine.feel.errors import FeelSyntaxError
from engine.feel.feel_type import FeelType
from engine.feel.known_names import BUILT_IN, KnownNames
from engine.feel.tokens import END, SYMBOL, WORD, Token, tokenize

_MAX_NESTING: Final = 40


class Cursor:
    """The tokens of one text, and the names known at the place reached."""

    def __init__(self, text: str, names: Iterable[str], types: Mapping[str, FeelType]) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.at = 0
        self.known = KnownNames((*BUILT_IN, *names))
        self.types = types
        self.known_types = KnownNames(types)
        self._depth = 0
        self._effort = 4 * len(self.tokens) + 500

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.at]

    def is_symbol(self, text: str) -> bool:
        """Whether the next token is this symbol."""
        token = self.tokens[self.at]
        return token.kind == SYMBOL and token.text == text

    def is_word(self, text: str) -> bool:
        """Whether the next token is this word."""
        token = self.tokens[self.at]
        return token.kind == WORD and token.text == text

    def take_symbol(self, text: str) -> bool:
        """Step over this symbol if it comes next."""
        found = self.is_symbol(text)
        self.at += found
        return found

    def take_word(self, text: str) -> bool:
        """Step over this word if it comes next."""
        found = self.is_word(text)
        self.at += found
        return found

    def expect_symbol(self, text: str, hint: Sentence | None = None) -> Token:
        """Step over this symbol, which must come next."""
        token = self.token
        if not self.take_symbol(text):
            raise self.error(Sentence("“{text}” is missing before {found}", text=text, found=self.found()), hint)
        return token

    def expect_word(self, text: str, hint: Sentence | None = None) -> None:
        """Step over this word, which must come next."""
        if not self.take_word(text):
            raise self.error(Sentence("“{text}” is missing before {found}", text=text, found=self.found()), hint)

    def expect_end(self) -> None:
        """Refuse what is left over."""
        if self.token.kind != END:
            raise self.error(Sentence("{found} does not belong here", found=self.found()), self._hint_for_leftover())

    def _hint_for_leftover(self) -> Sentence:
        if self.token.text in (")", "]", "}"):
            return Sentence("There is no opening bracket for “{text}”.", text=self.token.text)
        return Sentence("An operator may be missing before it.")

    def found(self) -> Sentence:
        """The next token, as a reader of an error calls it."""
        return Sentence("the end") if self.token.kind == END else verbatim(f"“{self.token.text}”")

    def error(self, reason: Sentence, hint: Sentence | None = None) -> FeelSyntaxError:
        """A refusal at the next token."""
        return FeelSyntaxError(reason, self.text, self.token.start, hint)

    def nest(self) -> None:
        """Count an expression inside expressions, and the work of reading on and stepping back."""
        self._depth += 1
        self._effort -= 1
        if self._depth > _MAX_NESTING:
            raise self.error(
                Sentence("Expressions are nested more than {limit} deep", limit=_MAX_NESTING),
                Sentence("Name the inner ones in a context."),
            )
        if self._effort < 0:
            raise self.error(
                Sentence("The brackets of this text cannot be read in reasonable time"), Sentence("Simplify its ranges.")
            )

    def unnest(self) -> None:
        """The expression counted by `nest` is read."""
        self._depth -= 1

    def step_back(self, at: int, depth: int) -> None:
        """Return to an earlier token, to read it another way."""
        self.at = at
        self._depth = depth

    @property
    def depth(self) -> int:
        """How many expressions are open."""
        return self._depth
