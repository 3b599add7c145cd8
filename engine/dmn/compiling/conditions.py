"""Boxed conditionals, iterators and filters (DMN 1.5, clauses 7.3.18 to 7.3.21)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.dmn.boxed import Conditional, Filter, For, Quantified
from engine.dmn.compiling.compiler import Compiler
from engine.dmn.compiling.names import Names
from engine.dmn.place import Place
from engine.dmn.run import Run, Scope, Step
from engine.facts.sentences import Sentence
from engine.feel import compile_expression

_ITEMS = compile_expression("for each in collection return each")
_AT = compile_expression("items[index]")


def conditional(compiler: Compiler, logic: Conditional, names: Names) -> Step:
    """A condition that is null counts as false; one that is neither is a fault, and the value null."""
    condition, then, otherwise = (compiler.step(part, names) for part in (logic.condition, logic.then, logic.otherwise))

    def evaluated(scope: Scope, run: Run) -> Any:
        answer = condition(scope, run)
        if answer is True:
            return then(scope, run)
        if answer is False or answer is None:
            return otherwise(scope, run)
        run.note(logic.place, Sentence("The condition of 'if' is not a boolean."))
        return None

    return evaluated


def for_(compiler: Compiler, logic: For, names: Names) -> Step:
    """The results so far are known to the next round as `partial`."""
    collection = compiler.step(logic.collection, names)
    result = compiler.step(logic.result, names.inner(logic.variable, "partial"))

    def evaluated(scope: Scope, run: Run) -> Any:
        items = _items(collection(scope, run), run, logic.place)
        if items is None:
            return None
        results: list[Any] = []
        for item in items:
            results.append(result({**scope, logic.variable: item, "partial": list(results)}, run))
        return results

    return evaluated


def quantified(compiler: Compiler, logic: Quantified, names: Names) -> Step:
    """Three-valued: a condition that is no boolean makes the answer null, unless another item decides it."""
    collection = compiler.step(logic.collection, names)
    satisfies = compiler.step(logic.satisfies, names.inner(logic.variable))
    decisive = logic.quantifier == "some"

    def evaluated(scope: Scope, run: Run) -> bool | None:
        items = _items(collection(scope, run), run, logic.place)
        if items is None:
            return None
        answers = [satisfies({**scope, logic.variable: item}, run) for item in items]
        if any(answer is decisive for answer in answers):
            return decisive
        if all(answer is (not decisive) for answer in answers):
            return not decisive
        run.note(
            logic.place, Sentence("The condition of '{quantifier}' is not a boolean for every item.", quantifier=logic.quantifier)
        )
        return None

    return evaluated


def filter_(compiler: Compiler, logic: Filter, names: Names) -> Step:
    """`item` is the item under test; the entries of an item that is a context are known by their names.

    As in FEEL, a match that is a number is the index of the one item wanted. Null counts as false, any other value is a fault.
    """
    collection = compiler.step(logic.collection, names)
    match = compiler.step(logic.match, names.inner("item"))

    def evaluated(scope: Scope, run: Run) -> Any:
        value = collection(scope, run)
        items = value if isinstance(value, list) else [value] if value is not None else []
        found = []
        for item in items:
            answer = match(_item_scope(scope, item), run)
            if isinstance(answer, Decimal):
                return run.evaluate(_AT, {"items": items, "index": answer}, logic.place)
            if answer is True:
                found.append(item)
            elif answer is not False and answer is not None:
                run.note(logic.place, Sentence("The match of the filter is not a boolean; the value is null."))
                return None
        return found

    return evaluated


def _item_scope(scope: Scope, item: Any) -> Scope:
    entries = item if isinstance(item, dict) else {}
    return {**scope, "item": item, **entries}


def _items(collection: Any, run: Run, place: Place) -> list[Any] | None:
    """What a loop of FEEL goes through: the items of a list, the numbers or days of a range, or a single value."""
    items = run.evaluate(_ITEMS, {"collection": collection}, place)
    return items if isinstance(items, list) else None
