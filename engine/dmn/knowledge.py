"""The functions that a run knows: business knowledge models and decision services, each made once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from engine.dmn.compiling.functions import function_value
from engine.dmn.definitions import DecisionService
from engine.dmn.model import Key, LinkedService, Model, Reference
from engine.dmn.run import Run
from engine.dmn.scopes import put
from engine.feel import Function

Serve = Callable[[Model, LinkedService, Sequence[Any], Run], Any]
#: A function with the scope its body runs in, still to be filled with what it requires.
Made = tuple[Function, dict[str, Any], tuple[Reference, ...]]


class Knowledge:
    """Functions by element. `serve` evaluates a decision service."""

    def __init__(self, run: Run, serve: Serve) -> None:
        self._run = run
        self._serve = serve
        self._functions: dict[Key, Function] = {}

    def function(self, reference: Reference, model: Model) -> Function:
        """The function that `model` refers to. What it requires is made first; models may require each other in a circle."""
        waiting = [(reference, model)]
        scopes: list[tuple[dict[str, Any], tuple[Reference, ...]]] = []
        while waiting:
            wanted, owner = waiting.pop()
            if wanted.key in self._functions:
                continue
            owner = wanted.model or owner
            self._functions[wanted.key], scope, required = self._made(wanted, owner)
            scopes.append((scope, required))
            waiting += [(each, owner) for each in required]
        for scope, required in scopes:
            for each in required:
                put(scope, each, self._functions[each.key])
        return self._functions[reference.key]

    def _made(self, reference: Reference, owner: Model) -> Made:
        if isinstance(reference.element, DecisionService):
            return self._of_service(owner.linked_services[reference.element.id], owner), {}, ()
        linked = owner.linked_functions[reference.element.id]
        scope = dict(self._run.functions)
        name = linked.model.variable.name
        place = linked.model.place
        function = function_value(name, linked.parameters, linked.step, linked.result, scope, self._run, place)
        scope[name] = function
        return function, scope, linked.knowledge

    def _of_service(self, linked: LinkedService, owner: Model) -> Function:
        def served(arguments: list[Any], _: Any) -> Any:
            return self._serve(owner, linked, arguments, self._run)

        return Function(linked.service.variable.name, linked.parameters, served, linked.result)
