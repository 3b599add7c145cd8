"""Variables of scopes: plain dicts of JSON values, shared by reference inside one scope.

A scope with local names (an instance of a multi-instance element, a sub-process with data objects) is a Layer over the scope
around it: its own names are read and written in it, every other name outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

Variables: TypeAlias = dict[str, Any]


class Layer(dict[str, Any]):
    """The local names of a scope; `outer` has all the others."""

    __slots__ = ("outer",)

    def __init__(self, outer: Variables, local: Mapping[str, Any] | Iterable[tuple[str, Any]] = ()) -> None:
        super().__init__(local)
        self.outer = outer


def flatten(variables: Variables) -> Variables:
    """Every visible variable in one dict; the scope's own dict when it is no Layer, so do not write into it."""
    if not isinstance(variables, Layer):
        return variables
    return {**flatten(variables.outer), **variables}


def copy_layers(variables: Variables, base: Variables) -> list[dict[str, Any]]:
    """Copies of the local variables on top of `base`, outermost first."""
    found: list[dict[str, Any]] = []
    while variables is not base and isinstance(variables, Layer):
        found.insert(0, dict(variables))
        variables = variables.outer
    return found


def with_layers(variables: Variables, local: Iterable[Mapping[str, Any]]) -> Variables:
    """Local variables put on top again."""
    for names in local:
        variables = Layer(variables, names)
    return variables


def read(variables: Variables, name: str) -> Any:
    """The value of the nearest variable of that name, None when there is none."""
    while isinstance(variables, Layer) and name not in variables:
        variables = variables.outer
    return variables.get(name)


def assign(variables: Variables, name: str, value: Any) -> None:
    """Sets the nearest variable of that name; a new one in the outermost scope of the layers."""
    while isinstance(variables, Layer) and name not in variables:
        variables = variables.outer
    variables[name] = value


def merge(variables: Variables, values: Mapping[str, Any]) -> None:
    """Assigns every value."""
    if isinstance(variables, Layer):
        for name, value in values.items():
            assign(variables, name, value)
    else:
        variables.update(values)
