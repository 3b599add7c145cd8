"""Types as they are written after `instance of` and the colon of a parameter (DMN 1.5, rules 52-55)."""

from __future__ import annotations

from engine.facts.sentences import Sentence
from engine.feel.feel_type import FeelType
from engine.feel.known_names import SEPARATORS, joined, needs_knowing
from engine.feel.parser_tokens import Cursor
from engine.feel.tokens import NUMBER, WORD
from engine.feel.types import ANY, SIMPLE_TYPES, ContextType, FunctionType, ListType, NamedType, RangeType

_LONG_NAMES = (
    ("date", "and", "time"),
    ("days", "and", "time", "duration"),
    ("years", "and", "months", "duration"),
)


class Types(Cursor):
    """Reads types; also remembers context keys that later parts of the text may name."""

    any_type = ANY

    def known_key(self, key: str) -> None:
        """A key of a context with operators in it can be read from here on."""
        if needs_knowing(key):
            self.known.add(key)

    def type(self) -> FeelType:
        """A type: `number`, `list<string>`, `context<a: number>`, `function<number> -> string`, or a name of the host's."""
        self.nest()
        found = self._type()
        self.unnest()
        return found

    def _type(self) -> FeelType:
        is_generic = self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].text == "<"
        if is_generic and self.token.text in ("list", "range", "context", "function"):
            return self._generic(self.token.text)
        return self._named()

    def _generic(self, word: str) -> FeelType:
        self.at += 1
        self.expect_symbol("<")
        if word == "context":
            return self._context_type()
        if word == "function":
            return self._function_type()
        inner = self.type()
        self._close()
        return ListType(inner) if word == "list" else RangeType(inner)

    def _close(self) -> None:
        self.expect_symbol(">", Sentence("The brackets of a type are < and >."))

    def _context_type(self) -> FeelType:
        entries: dict[str, FeelType] = {}
        while not self.take_symbol(">"):
            if entries:
                self.expect_symbol(",")
            start = self.at
            while not self.is_symbol(":") and self.token.kind in (WORD, NUMBER):
                self.at += 1
            name = joined(self.tokens[start : self.at])
            self.expect_symbol(":", Sentence("An entry of a context type is written name: type."))
            entries[name] = self.type()
        return ContextType(entries)

    def _function_type(self) -> FeelType:
        parameters: list[FeelType] = []
        while not self.take_symbol(">"):
            if parameters:
                self.expect_symbol(",")
            parameters.append(self.type())
        self.expect_symbol("->", Sentence("A function type is written function<number> -> string."))
        return FunctionType(tuple(parameters), self.type())

    def _named(self) -> FeelType:
        for words in _LONG_NAMES:
            if tuple(token.text for token in self.tokens[self.at : self.at + len(words)]) == words:
                self.at += len(words)
                return SIMPLE_TYPES[" ".join(words)]
        return self._simple(self._type_name())

    def _simple(self, name: str) -> FeelType:
        found = SIMPLE_TYPES.get(name)
        return NamedType(name, self.types) if found is None or name in self.types else found

    def _type_name(self) -> str:
        """A name of a type of the host, the longest one written here, else words, digits and points up to a keyword."""
        known = self.known_types.match(self.tokens, self.at)
        if known is not None:
            self.at = known[1]
            return known[0]
        start = self.at
        while self._goes_on_type(start):
            self.at += 1
        if self.at == start:
            raise self.error(Sentence("A type is missing before {found}", found=self.found()))
        return joined(self.tokens[start : self.at])

    def _goes_on_type(self, start: int) -> bool:
        token = self.token
        if token.kind == WORD:
            return token.text not in SEPARATORS
        return self.at > start and (token.kind == NUMBER or token.text == ".")
