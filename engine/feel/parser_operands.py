"""The operands of operators: literals, names, brackets, calls, paths, filters."""

from __future__ import annotations

from typing import Final

from engine.facts.sentences import Sentence
from engine.feel import tree
from engine.feel.errors import FeelSyntaxError
from engine.feel.known_names import STARTERS, joined
from engine.feel.parser_keywords import Keywords
from engine.feel.temporal.reading import read_temporal
from engine.feel.tokens import AT, NUMBER, STRING, SYMBOL, WORD

_CONSTANTS: Final = {"true": True, "false": False, "null": None}
_MAX_STEPS: Final = 60


class Operands(Keywords):
    """What stands between operators. `expression` comes from the Parser."""

    #: Whether “[” after the end of a range closes it, where it could also begin a filter.
    _closes_range = False

    def operand(self) -> tree.Node:
        """A primary with the paths, filters and calls behind it."""
        node = self._primary()
        for _ in range(_MAX_STEPS):
            token = self.token
            if token.kind != SYMBOL:
                return node
            if token.text == "." and self.tokens[self.at + 1].kind == WORD:
                self.at += 1
                node = tree.Path(token.start, node, self.name())
            elif token.text == "[" and not self._closes_range:
                self.at += 1
                condition = self.expression()
                self.expect_symbol("]", Sentence("A filter ends with ]."))
                node = tree.Filter(token.start, node, condition)
            elif token.text == "(":
                node = self._call(node)
            else:
                return node
        raise self.error(
            Sentence("More than {limit} steps follow each other", limit=_MAX_STEPS), Sentence("Name the parts in a context.")
        )

    def _primary(self) -> tree.Node:
        token = self.token
        if token.kind == NUMBER or token.kind == STRING:
            self.at += 1
            return tree.Literal(token.start, token.value)
        if token.kind == AT:
            return self._at_literal()
        if token.kind == WORD:
            return self._word()
        if token.kind == SYMBOL and token.text in ("(", "[", "]", "{"):
            return self._bracket(token.text)
        raise self.error(Sentence("An expression is missing before {found}", found=self.found()), self._hint())

    def _hint(self) -> Sentence | None:
        if self.at and self.tokens[self.at - 1].text == "=" and self.token.text == "=":
            return Sentence("Write one = to compare.")
        return None

    def _at_literal(self) -> tree.Node:
        position, text = self.token.start, self.tokens[self.at + 1].value
        self.at += 2
        return tree.Literal(position, read_temporal(text))

    def _word(self) -> tree.Node:
        token = self.token
        known = self.known.match(self.tokens, self.at)
        if known is not None and self._is_meant(known[1]):
            self.at = known[1]
            return tree.Name(token.start, known[0])
        if token.text in _CONSTANTS:
            self.at += 1
            return tree.Literal(token.start, _CONSTANTS[token.text])
        if token.text in STARTERS:
            return self.starter(token.text)
        if token.text in ("and", "or") and self.tokens[self.at + 1].text == "(":
            self.at += 1
            return tree.Name(token.start, token.text)
        return tree.Name(token.start, self.name())

    def _is_meant(self, end: int) -> bool:
        """A known name of the standard such as `date and time` is one only before its arguments."""
        is_standard = self.tokens[end - 1].text in ("time", "duration") and self.tokens[end - 2].text in ("and", "time", "months")
        return not is_standard or self.tokens[end].text == "("

    def _call(self, callee: tree.Node) -> tree.Node:
        position = self.expect_symbol("(").start
        names: list[str] = []
        arguments: list[tree.Node] = []
        while not self.take_symbol(")"):
            if arguments:
                self.expect_symbol(",", Sentence("Arguments are separated by commas."))
            name = self._parameter_name()
            if (name is None) == bool(names) and arguments:
                raise self.error(
                    Sentence("A call has either named arguments or none of them named"), Sentence("f(a: 1, b: 2) or f(1, 2).")
                )
            if name is not None:
                names.append(name)
            arguments.append(self.expression())
        return tree.Call(position, callee, tuple(arguments), tuple(names) if names else None)

    def _parameter_name(self) -> str | None:
        """The name before a colon, if the argument is a named one."""
        at = self.at
        while self.tokens[at].kind in (WORD, NUMBER) or self.tokens[at].text in ("-", "+", "*", "/", "'", "."):
            at += 1
        if at == self.at or self.tokens[at].text != ":" or self.token.kind != WORD:
            return None
        name = self.spelled(self.at, at)
        self.at = at + 1
        return name

    def spelled(self, start: int, end: int) -> str:
        """The name that these tokens spell: a known one as it is known."""
        known = self.known.match(self.tokens, start)
        if known is not None and known[1] == end:
            return known[0]
        return joined(self.tokens[start:end])

    def _bracket(self, symbol: str) -> tree.Node:
        position = self.token.start
        self.at += 1
        if symbol == "{":
            return self._context(position)
        if symbol == "[" and self.take_symbol("]"):
            return tree.ListOf(position, ())
        if symbol == "]":
            return self._range(position, self.expression(), is_low_included=False)
        first = self.expression()
        if self.is_symbol(".."):
            return self._range(position, first, is_low_included=symbol == "[")
        if symbol == "(":
            self.expect_symbol(")", Sentence("A bracket is not closed."))
            return first
        items = [first]
        while self.take_symbol(","):
            items.append(self.expression())
        self.expect_symbol("]", Sentence("A list ends with ]."))
        return tree.ListOf(position, tuple(items))

    def _range(self, position: int, low: tree.Node, *, is_low_included: bool) -> tree.Node:
        """The rest of a range. `[` after the end may close the range or begin a filter of it: the filter is tried first."""
        self.expect_symbol("..", Sentence("A range is written [1..10]."))
        start, depth = self.at, self.depth
        try:
            return self._range_end(position, low, is_low_included)
        except FeelSyntaxError:
            self.step_back(start, depth)
            self._closes_range = True
            try:
                return self._range_end(position, low, is_low_included)
            finally:
                self._closes_range = False

    def _range_end(self, position: int, low: tree.Node, is_low_included: bool) -> tree.Node:
        high = self.expression()
        if self.token.kind == SYMBOL and self.token.text in ("]", ")", "["):
            closing = self.token.text
            self.at += 1
            return tree.RangeOf(position, low, high, is_low_included, closing == "]")
        raise self.error(Sentence("A range ends with ] ) or [, not with {found}", found=self.found()))

    def _context(self, position: int) -> tree.Node:
        entries: list[tuple[str, tree.Node]] = []
        while not self.take_symbol("}"):
            if entries:
                self.expect_symbol(",", Sentence("Entries of a context are separated by commas."))
            key = self._key()
            self.expect_symbol(":", Sentence("An entry of a context is written name: value."))
            entries.append((key, self.expression()))
            self.known_key(key)
        return tree.ContextOf(position, tuple(entries))

    def _key(self) -> str:
        token = self.token
        if token.kind == STRING:
            self.at += 1
            return str(token.value)
        start = self.at
        while self.token.kind in (WORD, NUMBER) or (self.token.kind == SYMBOL and self.token.text not in ":,{}[]"):
            self.at += 1
        if start == self.at or self.tokens[start].kind != WORD:
            raise self.error(
                Sentence("A name is missing before {found}", found=self.found()),
                Sentence('A key is a name or a text: {{name: 1, "a text": 2}}.'),
            )
        return self.spelled(start, self.at)
