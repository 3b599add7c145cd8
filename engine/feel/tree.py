"""The syntax tree (DMN 1.5, §10.3.1.2). Every node knows its offset in the text, for notes and errors."""

from __future__ import annotations

from collections.abc import Iterator as PythonIterator
from dataclasses import dataclass, fields
from typing import Any

from engine.feel.feel_type import FeelType


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression."""

    position: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, text, boolean, null, or a temporal of an `@"…"` literal."""

    value: Any


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable, read from the nearest scope that has it."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`source.name`: an entry of a context, a property of a temporal, a range, or of each item of a list."""

    source: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`source[condition]`: items chosen by a condition, or the one at an index."""

    source: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`callee(arguments)`; `names` are the parameter names of a call with named arguments."""

    callee: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """`-operand`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`first op operand op operand …` of one precedence, from the left; the operators are + - or * / or **."""

    first: Node
    rest: tuple[tuple[str, int, Node], ...]


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`left op right` with = != < <= > >=."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Conjunction(Node):
    """`term and term and …`, three-valued."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Disjunction(Node):
    """`term or term or …`, three-valued."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`value between low and high`, both ends included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """`value in test` or `value in (test, test, …)`."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`value instance of type`."""

    value: Node
    type: FeelType


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if condition then yes else no`."""

    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Iterator:
    """`name in domain` of for, some and every; `end` is set for `name in start..end`."""

    name: str
    domain: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for iterators return body`."""

    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some|every iterators satisfies condition`."""

    is_every: bool
    iterators: tuple[Iterator, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """`[item, item, …]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """`{key: value, …}`; a later entry sees the earlier ones."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    """`[low..high]` with its four kinds of brackets."""

    low: Node
    high: Node
    is_low_included: bool
    is_high_included: bool


@dataclass(frozen=True, slots=True)
class UnaryTest(Node):
    """`op endpoint` without a left side: a test of `?`, or as a value the range it means."""

    operator: str
    endpoint: Node


@dataclass(frozen=True, slots=True)
class Formal:
    """A parameter of a function definition."""

    name: str
    type: FeelType


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    """`function(formals) body`; with `external` the body is the description of foreign code."""

    formals: tuple[Formal, ...]
    body: Node
    is_external: bool


@dataclass(frozen=True, slots=True)
class Tests:
    """The tests of a decision table's cell: any of them holds, or with `is_negated` none; no tests at all: always."""

    tests: tuple[Node, ...]
    is_negated: bool


def children(node: Node | Tests) -> PythonIterator[Node]:
    """The nodes right below a node."""
    pending: list[Any] = [getattr(node, field.name) for field in reversed(fields(node))]
    while pending:
        part = pending.pop()
        if isinstance(part, Node):
            yield part
        elif isinstance(part, Iterator):
            pending.extend((part.end, part.domain))
        elif isinstance(part, tuple):
            pending.extend(reversed(part))


def weight_of(root: Node | Tests) -> int:
    """How many steps one evaluation of it counts beside those that it counts itself: what a model writes can be long."""
    return sum(1 for _ in walk(root)) >> 5


def walk(root: Node | Tests) -> PythonIterator[Node]:
    """Every node below a root, in no order that matters."""
    pending = list(children(root))
    while pending:
        node = pending.pop()
        yield node
        pending.extend(children(node))
