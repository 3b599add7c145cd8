"""Calls in Python that FEEL can say, by name and number of arguments; the receiver of a method is the first of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from engine.facts.sentences import Sentence, Spoken
from engine.feel.pieces import Piece, truth

#: The name of a function of FEEL, or what writes the call.
Writer: TypeAlias = Callable[..., Piece] | str


class PythonNotTranslatable(Spoken, ValueError):
    """Python that has no equivalent in FEEL: the reason."""


def applied(known: Mapping[tuple[str, int], Writer], name: str, arguments: Sequence[Piece]) -> Piece:
    found = known.get((name, len(arguments)))
    if found is None:
        raise PythonNotTranslatable(Sentence("it calls {name}()", name=name))
    if isinstance(found, str):
        return Piece(f"{found}({', '.join(each.text for each in arguments)})")
    return found(*arguments)


def _length(value: Piece) -> Piece:
    of = value.operand
    return truth(
        f"if {of} instance of string then string length({of}) "
        f"else if {of} instance of list then count({of}) else count(get entries({of}))"
    )


def _entry_or(holder: Piece, key: Piece, default: Piece | None = None) -> Piece:
    """`data.get('a', 0)`; a context without the entry answers null."""
    value = f"get value({holder.text}, {key.text})"
    return Piece(value) if default is None else truth(f"if {value} != null then {value} else {default.text}")


FUNCTIONS: Final[Mapping[tuple[str, int], Writer]] = {
    ("len", 1): _length, ("str", 1): "string", ("abs", 1): "abs", ("sum", 1): "sum", ("min", 1): "min", ("max", 1): "max",
    ("min", 2): "min", ("max", 2): "max",  ("any", 1): "any", ("all", 1): "all",
}  # fmt: skip
METHODS: Final[Mapping[tuple[str, int], Writer]] = {
    ("upper", 1): "upper case", ("lower", 1): "lower case", ("startswith", 2): "starts with", ("endswith", 2): "ends with",
    ("split", 2): "split", ("get", 2): _entry_or, ("get", 3): _entry_or,
}  # fmt: skip
