"""Syntax tree to closures: every node becomes one Python function of a frame. The kinds of nodes are in the compile_* files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.feel import tree
from engine.feel.closures import Code, Scope
from engine.feel.compile_calls import compile_call, compile_function
from engine.feel.compile_loops import compile_filter, compile_for, compile_quantified
from engine.feel.compile_names import compile_name, compile_path
from engine.feel.compile_operators import (
    compile_arithmetic,
    compile_between,
    compile_comparison,
    compile_conjunction,
    compile_disjunction,
    compile_negation,
)
from engine.feel.compile_tests import compile_in, compile_unary_test
from engine.feel.compile_values import (
    compile_context,
    compile_if,
    compile_instance_of,
    compile_list,
    compile_literal,
    compile_range,
)

#: What makes the closure of one kind of node: (node, its scope, the compiler for what is below it).
NodeCompiler = Callable[[Any, Scope | None, Callable[..., Code]], Code]

_BY_NODE: Final[Mapping[type[tree.Node], NodeCompiler]] = {
    tree.Literal: compile_literal,
    tree.Name: compile_name,
    tree.Path: compile_path,
    tree.Filter: compile_filter,
    tree.Call: compile_call,
    tree.Negation: compile_negation,
    tree.Arithmetic: compile_arithmetic,
    tree.Comparison: compile_comparison,
    tree.Conjunction: compile_conjunction,
    tree.Disjunction: compile_disjunction,
    tree.Between: compile_between,
    tree.In: compile_in,
    tree.UnaryTest: compile_unary_test,
    tree.InstanceOf: compile_instance_of,
    tree.If: compile_if,
    tree.For: compile_for,
    tree.Quantified: compile_quantified,
    tree.ListOf: compile_list,
    tree.ContextOf: compile_context,
    tree.RangeOf: compile_range,
    tree.FunctionOf: compile_function,
}


def compile_node(node: tree.Node, scope: Scope | None = None) -> Code:
    """The closure of a node among the names of `scope`."""
    return _BY_NODE[type(node)](node, scope, compile_node)


def compiler_of(dialect: Mapping[type[tree.Node], NodeCompiler]) -> Callable[..., Code]:
    """`compile_node` for a host that means some kinds of nodes otherwise."""
    by_node = {**_BY_NODE, **dialect}

    def compile_of_dialect(node: tree.Node, scope: Scope | None = None) -> Code:
        return by_node[type(node)](node, scope, compile_of_dialect)

    return compile_of_dialect
