"""Boxed functions and invocations (DMN 1.5, clauses 7.3.10 and 7.3.11)."""

from __future__ import annotations

from typing import Any

from engine.dmn.boxed import FunctionDefinition, Invocation
from engine.dmn.compiling.compiler import Compiler
from engine.dmn.compiling.names import Names
from engine.dmn.external import answer_external
from engine.dmn.place import Place
from engine.dmn.run import Run, Scope, Step
from engine.feel import Function, Parameter
from engine.feel.feel_type import FeelType


def definition(compiler: Compiler, logic: FunctionDefinition, names: Names) -> Step:
    """A function that sees the scope it is defined in."""
    parameters = parameters_of(compiler, logic)
    result = compiler.type_of(logic.result_type, logic.place)
    body = body_of(compiler, logic, names)

    def evaluated(scope: Scope, run: Run) -> Function:
        return function_value("function", parameters, body, result, scope, run, logic.place)

    return evaluated


def body_of(compiler: Compiler, logic: FunctionDefinition, names: Names) -> Step:
    """What a call evaluates, among the names around the function and its parameters.

    The body of a function in another language only describes it: well-known functions are answered, all others refused.
    """
    parameters = [parameter.name for parameter in logic.parameters]
    body = compiler.step(logic.body, names.inner(*parameters))
    if logic.kind == "FEEL":
        return body

    def answered(scope: Scope, run: Run) -> Any:
        return answer_external({logic.kind.lower(): body(scope, run)}, [scope[name] for name in parameters])

    return answered


def parameters_of(compiler: Compiler, logic: FunctionDefinition) -> tuple[Parameter, ...]:
    return tuple(Parameter(each.name, compiler.variable_type(each)) for each in logic.parameters)


def function_value(
    name: str, parameters: tuple[Parameter, ...], body: Step, result: FeelType, scope: Scope, run: Run, place: Place
) -> Function:
    """A FEEL function whose body is compiled logic, run in `scope` with the arguments put over it."""
    names = [parameter.name for parameter in parameters]

    def called(arguments: list[Any], _: Any) -> Any:
        return run.coerce(body({**scope, **dict(zip(names, arguments, strict=True))}, run), result, place)

    return Function(name, parameters, called, result)


def invocation(compiler: Compiler, logic: Invocation, names: Names) -> Step:
    """A call by parameter names; parameters without a binding are null."""
    called = compiler.step(logic.called, names)
    bindings = [(binding.parameter, compiler.step(binding.value, names)) for binding in logic.bindings]
    typed = [(each.name, compiler.typed(step, each.type_ref, each.place)) for each, step in bindings]

    def evaluated(scope: Scope, run: Run) -> Any:
        function = called(scope, run)
        arguments = {name: step(scope, run) for name, step in typed}
        return run.call(function, arguments, logic.place)

    return evaluated
