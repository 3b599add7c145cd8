"""Evaluates decisions and decision services (DMN 1.5, clause 10.4): pure, each decision at most once for a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.dmn.evaluator import Evaluator, given, serve
from engine.dmn.inputs import Inputs
from engine.dmn.model import Model, Reference
from engine.dmn.run import DecisionStopped, Run
from engine.dmn.trace import DecisionTrace, Note
from engine.facts.errors import NotFound
from engine.facts.sentences import Sentence
from engine.feel import FeelBudgetExceeded, Function
from engine.feel.types import ANY

Functions = Mapping[str, Function]
NO_FUNCTIONS: Functions = {}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The value, null where something went wrong (the notes say what), and every decision evaluated, in order."""

    value: Any
    trace: tuple[DecisionTrace, ...] = ()
    notes: tuple[Note, ...] = ()


def evaluate(
    model: Model, id_or_name: str, inputs: Mapping[str, Any], *, now: datetime | None = None, functions: Functions = NO_FUNCTIONS
) -> Evaluation:
    """The value of a decision for `inputs`, which go by the names of the input data; see `Inputs` for imported ones.

    `now` is what now() and today() answer; `functions` are those of the host, known to all logic.

    Raises NotFound for an unknown decision, DecisionStopped when the model asks for too much.
    """
    linked = model.find_decision(id_or_name)
    if linked is None:
        raise NotFound(kind=Sentence("decision"), id=id_or_name)
    run = Run(now, functions)
    return _finished(lambda: Evaluator(run, Inputs(inputs, model)).decision(model, linked), run)


def evaluate_service(
    model: Model, id_or_name: str, inputs: Mapping[str, Any], *, now: datetime | None = None, functions: Functions = NO_FUNCTIONS
) -> Evaluation:
    """The value of a decision service: of its output decision, or a context when it has several.

    `inputs` go by the names of its input data and input decisions. Raises like `evaluate`.
    """
    linked = model.find_service(id_or_name)
    if linked is None:
        raise NotFound(kind=Sentence("decision service"), id=id_or_name)
    run = Run(now, functions)
    values = Inputs(inputs, model)

    def value() -> Any:
        pairs = zip(linked.inputs, linked.parameters, strict=True)
        arguments = [given(values, reference, parameter.type or ANY, run) for reference, parameter in pairs]
        return serve(model, linked, arguments, run)

    return _finished(value, run)


def evaluate_knowledge_model(
    model: Model, id_or_name: str, inputs: Mapping[str, Any], *, now: datetime | None = None, functions: Functions = NO_FUNCTIONS
) -> Evaluation:
    """The value of a business knowledge model for arguments by the names of its parameters. Raises like `evaluate`."""
    linked = model.find_function(id_or_name)
    if linked is None:
        raise NotFound(kind=Sentence("business knowledge model"), id=id_or_name)
    reference = Reference(linked.model, model.namespace)
    run = Run(now, functions)
    return _finished(lambda: Evaluator(run, Inputs({})).knowledge_model(model, reference, inputs), run)


def _finished(value: Callable[[], Any], run: Run) -> Evaluation:
    try:
        result = value()
    except FeelBudgetExceeded as fault:
        raise DecisionStopped(why=fault.sentence) from None
    except RecursionError:
        raise DecisionStopped(why=Sentence("It is nested too deeply.")) from None
    return Evaluation(result, tuple(run.trace), tuple(run.notes))
