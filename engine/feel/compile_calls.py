"""Closures of calls and function definitions."""

from __future__ import annotations

from typing import Any

from engine.facts.sentences import Sentence
from engine.feel import tree
from engine.feel.builtins.registry import BUILT_INS, BuiltIn
from engine.feel.closures import Code, Scope, place_of, with_names
from engine.feel.compile_values import Compile
from engine.feel.errors import FeelBudgetExceeded, Refused
from engine.feel.external import describe_external
from engine.feel.frames import AnyFrame, Evaluation, Frame
from engine.feel.functions import Function, Parameter
from engine.feel.types import ANY
from engine.feel.values import kind_said, value_of


def compile_call(node: tree.Call, scope: Scope | None, compile_node: Compile) -> Code:
    """`f(a, b)`: null with a note when f is no function or does not take the arguments."""
    arguments = [compile_node(argument, scope) for argument in node.arguments]
    built_in = _built_in(node, scope)
    callee = compile_node(node.callee, scope) if built_in is None else _host_or(built_in)
    names, position = node.names, node.position

    def call(frame: AnyFrame) -> Any:
        function = callee(frame)
        evaluation = frame.evaluation
        try:
            evaluation.spend(1)
            if not isinstance(function, Function):
                raise Refused(Sentence("{kind} is no function", kind=kind_said(function)))
            return value_of(function.call([argument(frame) for argument in arguments], names, evaluation))
        except Refused as refused:
            evaluation.note(position, refused.sentence)
            return None
        except FeelBudgetExceeded as stopped:
            stopped.locate(position)
            raise

    return call


def _built_in(node: tree.Call, scope: Scope | None) -> BuiltIn | None:
    """The function of the standard a call means unless the host has one of this name."""
    if not isinstance(node.callee, tree.Name):
        return None
    place = place_of(node.callee.name, scope)
    return BUILT_INS.get(node.callee.name) if place.certain is None and not place.possible else None


def _host_or(built_in: BuiltIn) -> Code:
    """A function of the host wins over the built-in of the same name; any other value of that name does not."""
    name = built_in.name

    def find(frame: AnyFrame) -> Function:
        mine = frame.host.get(name)
        return mine if isinstance(mine, Function) else built_in

    return find


def compile_function(node: tree.FunctionOf, scope: Scope | None, compile_node: Compile) -> Code:
    """`function(a, b) body`: sees the names around its definition, wherever it is called."""
    parameters = tuple(Parameter(formal.name, None if formal.type is ANY else formal.type) for formal in node.formals)
    names = tuple(formal.name for formal in node.formals)
    body = compile_node(node.body, with_names(scope, frozenset() if node.is_external else frozenset(names)))
    steps = 1 + tree.weight_of(node.body)
    if node.is_external:
        return lambda frame: describe_external(parameters, body(frame))

    def define(frame: AnyFrame) -> Function:
        def run(arguments: list[Any], evaluation: Evaluation) -> Any:
            evaluation.spend(steps)
            inner = Frame(frame.host, evaluation, dict(zip(names, arguments, strict=True)), frame)
            return body(inner)

        return Function("function", parameters, run)

    return define
