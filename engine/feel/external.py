"""Functions defined as external (Java, PMML): never run here; the host may answer them, else a call is null with the reason."""

from typing import Any

from engine.facts.sentences import Sentence
from engine.feel.errors import Refused
from engine.feel.frames import Evaluation
from engine.feel.functions import Function, Parameter


def describe_external(parameters: tuple[Parameter, ...], description: Any) -> Function:
    """A function value that asks the host of the evaluation, or says that foreign code is not run here."""
    kind = next(iter(description), "external") if isinstance(description, dict) else "external"

    def answer(arguments: list[Any], evaluation: Evaluation) -> Any:
        if evaluation.external is None:
            raise Refused(Sentence("Functions of kind “{kind}” are not run here", kind=kind))
        return evaluation.external(description, arguments)

    return Function("external function", parameters, answer)
