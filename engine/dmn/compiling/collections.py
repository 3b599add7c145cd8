"""Boxed contexts, lists and relations (DMN 1.5, clause 7.3)."""

from __future__ import annotations

from typing import Any

from engine.dmn.boxed import Context, ListExpression, Relation
from engine.dmn.compiling.compiler import Compiler
from engine.dmn.compiling.names import Names
from engine.dmn.run import Run, Scope, Step, null


def context(compiler: Compiler, logic: Context, names: Names) -> Step:
    """Later entries see earlier ones. The entry without a name is the value of the whole."""
    entries: list[tuple[str, Step]] = []
    result: Step | None = None
    names = names.inner()
    for entry in logic.entries:
        step = compiler.step(entry.value, names)
        if entry.variable is None:
            result = step
            continue
        name = entry.variable.name
        entries.append((name, compiler.typed(step, entry.variable.type_ref, entry.variable.place)))
        names.add(name)

    def evaluated(scope: Scope, run: Run) -> Any:
        inner, values = dict(scope), {}
        for name, step in entries:
            inner[name] = values[name] = step(inner, run)
        return values if result is None else result(inner, run)

    return evaluated


def list_(compiler: Compiler, logic: ListExpression, names: Names) -> Step:
    steps = [compiler.step(item, names) for item in logic.items]

    def evaluated(scope: Scope, run: Run) -> Any:
        return [step(scope, run) for step in steps]

    return evaluated


def relation(compiler: Compiler, logic: Relation, names: Names) -> Step:
    """A list of contexts; a row that is too short ends with nulls."""
    columns = logic.columns
    rows = []
    for row in logic.rows:
        cells = [compiler.step(cell, names) for cell in row] + [null] * (len(columns) - len(row))
        pairs = zip(columns, cells, strict=False)
        rows.append([(column.name, compiler.typed(cell, column.type_ref, column.place)) for column, cell in pairs])

    def evaluated(scope: Scope, run: Run) -> Any:
        return [{name: cell(scope, run) for name, cell in row} for row in rows]

    return evaluated
