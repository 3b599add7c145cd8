"""Types as they are written after `instance of` and the colon of a parameter (DMN 1.5, rules 52-55)."""

from __future__ import annotations

from engine.feel.known_names import joined, needs_knowing
from engine.feel.parser_tokens import Cursor
from engine.feel.tokens import NUMBER, WORD, Token
from engine.feel.types import ANY, SIMPLE_TYPES, ContextType, FeelType, FunctionType, ListType, NamedType, RangeType

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
        if self.tokens[self.at + 1].text == "<" or self.tokens[self.at + 1].text == "<=":
            generic = self._generic(self.token.text)
            if generic is not None:
                return generic
        return self._named()

    def _generic(self, word: str) -> FeelType | None:
        if word not in ("list", "range", "context", "function"):
            return None
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
        self.expect_symbol(">", "The brackets of a type are < and >.")

    def _context_type(self) -> FeelType:
        entries: dict[str, FeelType] = {}
        while not self.take_symbol(">"):
            if entries:
                self.expect_symbol(",")
            start = self.at
            while not self.is_symbol(":") and self.token.kind in (WORD, NUMBER):
                self.at += 1
            name = joined(self.tokens[start : self.at])
            self.expect_symbol(":", "An entry of a context type is written name: type.")
            entries[name] = self.type()
        return ContextType(entries)

    def _function_type(self) -> FeelType:
        parameters: list[FeelType] = []
        while not self.take_symbol(">"):
            if parameters:
                self.expect_symbol(",")
            parameters.append(self.type())
        self.expect_symbol("->", "A function type is written function<number> -> string.")
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
        """Words, digits and points: a qualified name of a type of the host, as long as it is known, else up to a symbol."""
        start = self.at
        longest = 0
        while self.token.kind in (WORD, NUMBER) or (self.token.text == "." and self.at > start):
            self.at += 1
            if joined(self.tokens[start : self.at]) in self.types:
                longest = self.at
        end = longest or self._up_to_separator(start)
        if end == start:
            raise self.error(f"A type is missing before {self.found()}")
        self.at = end
        return joined(self.tokens[start:end])

    def _up_to_separator(self, start: int) -> int:
        end = start
        while end < self.at and not _separates(self.tokens[end]):
            end += 1
        return end


def _separates(token: Token) -> bool:
    return token.text in ("and", "or", "in", "between", "then", "else", "return", "satisfies", "external")
