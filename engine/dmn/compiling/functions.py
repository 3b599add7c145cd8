"""Boxed functions and invocations (DMN 1.5, clauses 7.3.10 and 7.3.11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.dmn.boxed import FunctionDefinition, Invocation
from engine.dmn.compiling.names import Names
from engine.dmn.place import Place
from engine.dmn.run import Run, Scope, Step
from engine.feel import Function, Parameter
from engine.feel.types import FeelType

if TYPE_CHECKING:
    from engine.dmn.compiling.compiler import Compiler


def definition(compiler: Compiler, logic: FunctionDefinition, names: Names) -> Step:
    """A function that sees the scope it is defined in. Only FEEL is run: code in Java or PMML answers null."""
    parameters = parameters_of(compiler, logic)
    result = compiler.types.named(logic.result_type, logic.place)
    if logic.kind != "FEEL":
        return _foreign(logic, parameters, result)
    body = compiler.step(logic.body, names.inner(*(parameter.name for parameter in logic.parameters)))

    def evaluated(scope: Scope, run: Run) -> Function:
        return function_value("function", parameters, body, result, scope, run, logic.place)

    return evaluated


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


def _foreign(logic: FunctionDefinition, parameters: tuple[Parameter, ...], result: FeelType) -> Step:
    def evaluated(scope: Scope, run: Run) -> Function:
        def refused(arguments: list[Any], _: Any) -> None:
            run.note(logic.place, f"Functions written in {logic.kind} are not run; the call gives null.")

        return Function("function", parameters, refused, result)

    return evaluated


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
