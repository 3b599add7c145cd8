"""Closures of for, some, every and filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from engine.facts.sentences import Sentence
from engine.feel import tree
from engine.feel.closures import Code, Scope, with_item, with_names
from engine.feel.compile_values import Compile
from engine.feel.domains import steps_between, steps_of_range
from engine.feel.errors import FeelBudgetExceeded, Refused
from engine.feel.frames import NO_NAMES, STEPS_BETWEEN_LOOKS, AnyFrame, Evaluation, Frame, checked_list, inner_frame
from engine.feel.ranges import Range
from engine.feel.values import items_of, kind_said

Domains = list[tuple[str, Callable[[AnyFrame], Iterator[Any]]]]


def _domains(
    iterators: tuple[tree.Iterator, ...], scope: Scope | None, compile_node: Compile, names: frozenset[str] = frozenset()
) -> tuple[Domains, Scope]:
    """The iterators in order; each domain sees the names of those before it. All share one frame."""
    found: Domains = []
    for each in iterators:
        inside = with_names(scope, names)
        end = None if each.end is None else compile_node(each.end, inside)
        found.append((each.name, _domain(compile_node(each.domain, inside), end)))
        names |= {each.name}
    return found, with_names(scope, names)


def _domain(start_code: Code, end_code: Code | None) -> Callable[[AnyFrame], Iterator[Any]]:
    def values(frame: AnyFrame) -> Iterator[Any]:
        value = start_code(frame)
        if end_code is not None:
            return steps_between(value, end_code(frame))
        if type(value) is list:
            return iter(items_of(value))
        if type(value) is Range:
            return steps_of_range(value)
        if value is None:
            raise Refused(Sentence("Nothing can be iterated: the list is null"))
        return iter([value])

    return values


def _combinations(domains: Domains, at: int, frame: AnyFrame, names: dict[str, Any], steps: int) -> Iterator[None]:
    """Set every combination of values in `names`, one after the other; the last iterator turns fastest. Each costs `steps`."""
    name, values = domains[at]
    for value in values(frame):
        names[name] = value
        frame.evaluation.spend(steps)
        if at + 1 == len(domains):
            yield
        else:
            yield from _combinations(domains, at + 1, frame, names, steps)


def compile_for(node: tree.For, scope: Scope | None, compile_node: Compile) -> Code:
    """`for … return …`: a list; `partial` is what there is of it so far."""
    domains, inside = _domains(node.iterators, scope, compile_node, frozenset({"partial"}))
    body, position = compile_node(node.body, inside), node.position
    reads_partial, steps = _reads(node.body, "partial"), 1 + tree.weight_of(node)
    keeps_names = any(isinstance(each, tree.FunctionOf) for each in (node.body, *tree.walk(node.body)))

    def iterate(frame: AnyFrame) -> Any:
        results: list[Any] = []
        names: dict[str, Any] = {"partial": results}
        inner = inner_frame(frame, names)
        try:
            for _ in _combinations(domains, 0, inner, names, steps):
                if reads_partial:
                    frame.evaluation.spend(len(results))
                    names["partial"] = list(results)
                results.append(body(inner_frame(frame, dict(names)) if keeps_names else inner))
        except Refused as refused:
            frame.evaluation.note(position, refused.sentence)
            return None
        except FeelBudgetExceeded as stopped:
            stopped.locate(position)
            raise
        return checked_list(results)

    return iterate


def _reads(node: tree.Node, name: str) -> bool:
    return any(isinstance(each, tree.Name) and each.name == name for each in (node, *tree.walk(node)))


def compile_quantified(node: tree.Quantified, scope: Scope | None, compile_node: Compile) -> Code:
    """`some` and `every`: three-valued or and and over all combinations."""
    domains, inside = _domains(node.iterators, scope, compile_node)
    condition, position, decisive = compile_node(node.condition, inside), node.position, not node.is_every
    steps = 1 + tree.weight_of(node)

    def decide(frame: AnyFrame) -> Any:
        names: dict[str, Any] = {}
        inner = inner_frame(frame, names)
        answer: bool | None = not decisive
        try:
            for _ in _combinations(domains, 0, inner, names, steps):
                found = condition(inner)
                if found is decisive:
                    return decisive
                if found is not (not decisive):
                    answer = None
        except Refused as refused:
            frame.evaluation.note(position, refused.sentence)
            return None
        except FeelBudgetExceeded as stopped:
            stopped.locate(position)
            raise
        return answer

    return decide


def compile_filter(node: tree.Filter, scope: Scope | None, compile_node: Compile) -> Code:
    """`source[condition]`: the item at a whole number, else the items for which the condition is true."""
    source, position = compile_node(node.source, scope), node.position
    condition, steps = compile_node(node.condition, with_item(scope)), 1 + tree.weight_of(node.condition)

    def select(frame: AnyFrame) -> Any:
        value = source(frame)
        if value is None:
            frame.evaluation.note(position, Sentence("Nothing can be filtered: the list is null"))
            return None
        items = items_of(value) if type(value) is list else [value]
        inner = inner_frame(frame, NO_NAMES)
        if not items:
            return _of_nothing(inner, condition, position)
        found: list[Any] = []
        for item in _counted(items, frame.evaluation, steps):
            inner.item, inner.names = item, item if type(item) is dict else NO_NAMES
            chosen = condition(inner)
            if chosen is True:
                found.append(item)
            elif type(chosen) is Decimal:
                return _at(frame, items, chosen, position)
            elif chosen is not False:
                frame.evaluation.note(
                    position, Sentence("The filter is {kind} for an item, neither a boolean nor a number", kind=kind_said(chosen))
                )
                if chosen is not None:
                    return None
        return found

    return select


def _counted(items: list[Any], evaluation: Evaluation, steps: int) -> Iterable[Any]:
    """The items; each costs `steps`, together where they are few."""
    if steps * len(items) <= STEPS_BETWEEN_LOOKS:
        evaluation.spend(steps * len(items))
        return items
    return _counted_singly(items, evaluation, steps)


def _counted_singly(items: list[Any], evaluation: Evaluation, steps: int) -> Iterator[Any]:
    for item in items:
        evaluation.spend(steps)
        yield item


def _of_nothing(inner: Frame, condition: Code, position: int) -> Any:
    """An empty list has no item at any index, and no items of any condition."""
    if type(condition(inner)) is Decimal:
        inner.evaluation.note(position, Sentence("The list is empty"))
        return None
    return []


def _at(frame: AnyFrame, items: list[Any], index: Decimal, position: int) -> Any:
    """The item at a place counted from 1, or from the end with -1."""
    if abs(index) <= len(items) and index == index.to_integral_value() and index:
        place = int(index)
        return items[place - 1 if place > 0 else place]
    frame.evaluation.note(
        position,
        Sentence("The list has {count} {count:item|items}, none at {index:f}", count=len(items), index=index)
        if abs(index) < 10**30
        else Sentence("No such index"),
    )
    return None
