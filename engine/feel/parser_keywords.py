"""What begins with a keyword - if, for, some, every, function - and names, which end at one."""

from __future__ import annotations

from engine.facts.sentences import Sentence, verbatim
from engine.feel import tree
from engine.feel.known_names import SEPARATORS, joined
from engine.feel.parser_types import Types
from engine.feel.tokens import NUMBER, WORD


class Keywords(Types):
    """Reads names and the expressions of keywords. `expression` comes from the Parser."""

    def expression(self) -> tree.Node:
        """Any expression."""
        raise NotImplementedError

    def name(self) -> str:
        """A name: a known one, or the words and digits up to a symbol or keyword."""
        known = self.known.match(self.tokens, self.at)
        if known is not None:
            self.at = known[1]
            return known[0]
        start = self.at
        if self.token.kind != WORD or self.token.text in SEPARATORS:
            raise self.error(Sentence("A name is missing before {found}", found=self.found()), self._hint_for_name())
        self.at += 1
        while self._goes_on_name():
            self.at += 1
        return joined(self.tokens[start : self.at])

    def _goes_on_name(self) -> bool:
        token = self.token
        if token.kind == NUMBER:
            return True
        if token.kind != WORD or token.text in SEPARATORS:
            return False
        return not (token.text == "instance" and self.tokens[self.at + 1].text == "of")

    def _hint_for_name(self) -> Sentence | None:
        return Sentence("“{text}” is a keyword.", text=self.token.text) if self.token.text in SEPARATORS else None

    def starter(self, word: str) -> tree.Node:
        """The expression that a keyword at the next token begins."""
        self.nest()
        position = self.token.start
        self.at += 1
        if word == "if":
            node = self._if(position)
        elif word == "for":
            node = self._for(position)
        elif word == "function":
            node = self._function(position)
        else:
            node = self._quantified(position, word == "every")
        self.unnest()
        return node

    def _if(self, position: int) -> tree.Node:
        condition = self.expression()
        self.expect_word("then", verbatim("if … then … else …"))
        yes = self.expression()
        self.expect_word("else", Sentence("In FEEL every if has an else: write “else null” for nothing."))
        return tree.If(position, condition, yes, self.expression())

    def _for(self, position: int) -> tree.Node:
        iterators = self._iterators()
        self.expect_word("return", verbatim("for … in … return …"))
        return tree.For(position, iterators, self.expression())

    def _quantified(self, position: int, is_every: bool) -> tree.Node:
        iterators = self._iterators()
        self.expect_word("satisfies", verbatim("some … in … satisfies …"))
        return tree.Quantified(position, is_every, iterators, self.expression())

    def _iterators(self) -> tuple[tree.Iterator, ...]:
        found = [self._iterator()]
        while self.take_symbol(","):
            found.append(self._iterator())
        return tuple(found)

    def _iterator(self) -> tree.Iterator:
        name = self.name()
        self.expect_word("in")
        domain = self.expression()
        end = self.expression() if self.take_symbol("..") else None
        return tree.Iterator(name, domain, end)

    def _function(self, position: int) -> tree.Node:
        self.expect_symbol("(", verbatim("function(a, b) …"))
        formals: list[tree.Formal] = []
        while not self.take_symbol(")"):
            if formals:
                self.expect_symbol(",")
            name = self.name()
            formals.append(tree.Formal(name, self.type() if self.take_symbol(":") else self.any_type))
        is_external = self.take_word("external")
        return tree.FunctionOf(position, tuple(formals), self.expression(), is_external)
