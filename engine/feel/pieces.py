"""Parts of a translation to FEEL, and how closely the loosest operator of each binds."""

from __future__ import annotations

from dataclasses import dataclass

#: How closely an operator of FEEL binds.
IF, OR, AND, COMPARISON, SUM, PRODUCT, UNARY, OPERAND = range(8)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the translation. `literal`: the value of the string, or the number as written, when it is that alone."""

    text: str
    binding: int = OPERAND
    literal: str | None = None

    def within(self, binding: int) -> str:
        """The text, in brackets where a closer operator stands around it."""
        return self.text if self.binding >= binding else f"({self.text})"

    @property
    def operand(self) -> str:
        """The text as something that a filter or a path may follow."""
        return self.within(OPERAND)

    @property
    def is_number(self) -> bool:
        return self.literal is not None and self.literal.isdecimal() and self.text == self.literal


def truth(text: str) -> Piece:
    """A choice between `true` and `false` and the like: nothing binds looser."""
    return Piece(text, IF)


def equals(left: Piece, right: Piece) -> Piece:
    return Piece(f"{left.within(COMPARISON)} = {right.within(SUM)}", COMPARISON)


def emptiness(piece: Piece) -> Piece:
    """`empty x`: null, or a text, list or context with nothing in it."""
    value = piece.operand
    return truth(
        f'if {value} = null then true else if {value} instance of string then {value} = "" '
        f"else if {value} instance of list then {value} = [] else if {value} instance of context then {value} = {{}} else false"
    )
