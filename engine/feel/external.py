"""Functions defined as external (Java, PMML): refused, never run; a call of one is null with the reason."""

from typing import Any

from engine.feel.errors import Refused
from engine.feel.frames import Evaluation
from engine.feel.functions import Function, Parameter


def describe_external(parameters: tuple[Parameter, ...], description: Any) -> Function:
    """A function value that says, when called, that foreign code is not run here."""
    kind = next(iter(description), "external") if isinstance(description, dict) else "external"

    def refuse(_arguments: list[Any], _evaluation: Evaluation) -> Any:
        raise Refused(f"Functions of kind “{kind}” are not run here")

    return Function("external function", parameters, refuse)
