"""What compiles each kind of boxed expression."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.dmn import boxed as box
from engine.dmn.compiling import collections, conditions, functions, tables
from engine.dmn.compiling.compiler import Compiler
from engine.dmn.compiling.names import Names
from engine.dmn.place import Text
from engine.dmn.run import Step
from engine.dmn.tables import DecisionTable


def _literal(compiler: Compiler, logic: box.LiteralExpression, names: Names) -> Step:
    return compiler.text(Text(logic.text, logic.place), names)


COMPILERS: Mapping[type, Any] = {
    box.LiteralExpression: _literal,
    box.Context: collections.context,
    box.ListExpression: collections.list_,
    box.Relation: collections.relation,
    box.FunctionDefinition: functions.definition,
    box.Invocation: functions.invocation,
    box.Conditional: conditions.conditional,
    box.For: conditions.for_,
    box.Quantified: conditions.quantified,
    box.Filter: conditions.filter_,
    DecisionTable: tables.decision_table,
}
