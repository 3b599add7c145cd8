"""Tokens to syntax tree (DMN 1.5, §10.3.1.2): operators by precedence, then the parts in parser_operands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from engine.facts.sentences import Sentence
from engine.feel import tree
from engine.feel.feel_type import FeelType
from engine.feel.parser_operands import Operands
from engine.feel.tokens import END, SYMBOL, WORD

_COMPARISONS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
_MAX_CHAIN: Final = 60


class Parser(Operands):
    """Reads one text. Methods consume tokens from `self.at` on and raise FeelSyntaxError."""

    def expression(self) -> tree.Node:
        """Any expression: `or` binds loosest."""
        self.nest()
        node = self._chain(tree.Disjunction, "or", self._conjunction)
        self.unnest()
        return node

    def _conjunction(self) -> tree.Node:
        return self._chain(tree.Conjunction, "and", self._comparison)

    def _chain(
        self, kind: type[tree.Disjunction] | type[tree.Conjunction], word: str, operand: Callable[[], tree.Node]
    ) -> tree.Node:
        first = operand()
        if not self.is_word(word):
            return first
        terms, position = [first], self.token.start
        while self.take_word(word):
            terms.append(operand())
        return kind(position, tuple(terms))

    def _comparison(self) -> tree.Node:
        node = self._test_or_sum()
        for _ in range(_MAX_CHAIN):
            following = self._compared(node)
            if following is None:
                return node
            node = following
        raise self.error(Sentence("Too many comparisons follow each other"), Sentence("Join them with “and”."))

    def _test_or_sum(self) -> tree.Node:
        if self.token.kind == SYMBOL and self.token.text in _COMPARISONS:
            return self.unary_test()
        return self.sum()

    def _compared(self, left: tree.Node) -> tree.Node | None:
        token = self.token
        if token.kind == SYMBOL and token.text in _COMPARISONS:
            self.at += 1
            return tree.Comparison(token.start, token.text, left, self.sum())
        if token.kind != WORD:
            return None
        if self.take_word("between"):
            low = self.sum()
            self.expect_word("and")
            return tree.Between(token.start, left, low, self.sum())
        if self.take_word("in"):
            return tree.In(token.start, left, self._in_tests())
        if self.is_word("instance") and self.tokens[self.at + 1].text == "of":
            self.at += 2
            return tree.InstanceOf(token.start, left, self.type())
        return None

    def _in_tests(self) -> tuple[tree.Node, ...]:
        """`in (a, b)` is a list of tests; any other parenthesis, such as the range `(1..5]`, is one test."""
        if not self.is_symbol("("):
            return (self._test_or_sum(),)
        start = self.at
        self.at += 1
        tests = self._several(self.expression)
        if self.is_symbol(")") and not self._goes_on(self.at + 1):
            self.at += 1
            return tuple(tests)
        self.at = start
        return (self._test_or_sum(),)

    def _goes_on(self, at: int) -> bool:
        """Whether the token continues an operand that the parenthesis before it only began."""
        return self.tokens[at].text in (".", "[", "(", "+", "-", "*", "/", "**") and self.tokens[at].kind == SYMBOL

    def _several(self, one: Callable[[], tree.Node]) -> list[tree.Node]:
        found = [one()]
        while self.take_symbol(","):
            found.append(one())
        return found

    def unary_test(self) -> tree.Node:
        """`op endpoint`."""
        token = self.token
        self.at += 1
        return tree.UnaryTest(token.start, token.text, self.sum())

    def sum(self) -> tree.Node:
        """Operands of + and -, and what binds closer."""
        return self._arithmetic(("+", "-"), self._product)

    def _product(self) -> tree.Node:
        return self._arithmetic(("*", "/"), self._power)

    def _power(self) -> tree.Node:
        return self._arithmetic(("**",), self._negated)

    def _arithmetic(self, operators: tuple[str, ...], operand: Callable[[], tree.Node]) -> tree.Node:
        first = operand()
        rest: list[tuple[str, int, tree.Node]] = []
        while self.token.kind == SYMBOL and self.token.text in operators:
            token = self.token
            self.at += 1
            rest.append((token.text, token.start, operand()))
        return tree.Arithmetic(first.position, first, tuple(rest)) if rest else first

    def _negated(self) -> tree.Node:
        """Unary minus binds closer than every other operator (rule 4.f): -2 ** 2 is 4."""
        position, count = self.token.start, 0
        while self.take_symbol("-"):
            count += 1
        operand = self.operand()
        if count == 0:
            return operand
        return tree.Negation(position, operand if count % 2 else tree.Negation(position, operand))

    def tests(self) -> tree.Tests:
        """Unary tests (rules 13-17): `-`, `not(…)`, or tests separated by commas."""
        if self.is_symbol("-") and self.tokens[self.at + 1].kind == END:
            self.at += 1
            return tree.Tests((), False)
        start = self.at
        if self.is_word("not") and self.tokens[self.at + 1].text == "(":
            self.at += 2
            tests = self._several(self.expression)
            if self.take_symbol(")") and self.token.kind == END:
                return tree.Tests(tuple(tests), True)
            self.at = start
        return tree.Tests(tuple(self._several(self.expression)), False)


def parse_expression(text: str, names: Iterable[str], types: Mapping[str, FeelType]) -> tree.Node:
    """The tree of an expression. `names` are those that only who knows them can read."""
    parser = Parser(text, names, types)
    node = parser.expression()
    parser.expect_end()
    return node


def parse_tests(text: str, names: Iterable[str], types: Mapping[str, FeelType]) -> tree.Tests:
    """The tests of a cell of a decision table."""
    parser = Parser(text, names, types)
    tests = parser.tests()
    parser.expect_end()
    return tests
