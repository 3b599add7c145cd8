"""Walks the requirements of a decision: what it requires first, each once, without recursion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.dmn.definitions import Decision
from engine.dmn.inputs import Inputs
from engine.dmn.knowledge import Knowledge
from engine.dmn.model import Key, LinkedDecision, LinkedService, Model, Reference
from engine.dmn.run import Run
from engine.dmn.scopes import put
from engine.dmn.trace import DecisionTrace
from engine.facts.sentences import Sentence
from engine.feel.feel_type import FeelType
from engine.feel.frames import MISSING

#: A decision and the model it is in.
Located = tuple[Model, LinkedDecision]


class Evaluator:
    """The values of the graph for one set of inputs. `values` are known before it starts: the arguments of a decision service."""

    def __init__(self, run: Run, inputs: Inputs, values: Mapping[Key, Any] | None = None) -> None:
        self._run = run
        self._inputs = inputs
        self._values = dict(values or {})
        self._knowledge = Knowledge(run, serve)

    def decision(self, model: Model, linked: LinkedDecision) -> Any:
        """Its value, after those of the decisions it requires. One that requires itself is null."""
        waiting: list[Located] = [(model, linked)]
        opened: set[Key] = set()
        while waiting:
            current = waiting[-1]
            key = _key(current)
            if key in self._values:
                waiting.pop()
            elif key in opened:
                self._values[key] = self._evaluate(*current)
            else:
                opened.add(key)
                waiting.extend(each for each in _required(*current) if _key(each) not in opened)
        return self._values[_key((model, linked))]

    def knowledge_model(self, model: Model, reference: Reference, arguments: Mapping[str, Any]) -> Any:
        """The value of a business knowledge model for arguments by name."""
        return self._run.call(self._knowledge.function(reference, model), arguments, reference.element.place)

    def _evaluate(self, model: Model, linked: LinkedDecision) -> Any:
        decision = linked.decision
        required: dict[str, Any] = {}
        for reference in linked.information:
            put(required, reference, self._value(reference, model))
        scope = {**self._run.functions, **self._inputs.named(linked.undeclared), **required}
        for reference in linked.knowledge:
            put(scope, reference, self._knowledge.function(reference, model))
        trace = DecisionTrace(decision.id, decision.name, model.namespace, required)
        self._run.open_decisions.append(trace)
        trace.value = self._run.coerce(linked.step(scope, self._run), linked.type, decision.place)
        self._run.open_decisions.pop()
        self._run.trace.append(trace)
        return trace.value

    def _value(self, reference: Reference, model: Model) -> Any:
        """The value of an input or of a decision evaluated before."""
        key = reference.key
        if key not in self._values:
            if isinstance(reference.element, Decision):
                self._run.note(reference.element.place, Sentence("'{name}' requires itself; it is null.", name=reference.name))
                return None
            type_ = (reference.model or model).input_types[reference.element.id]
            self._values[key] = given(self._inputs, reference, type_, self._run)
        return self._values[key]


def serve(model: Model, linked: LinkedService, arguments: Sequence[Any], run: Run) -> Any:
    """A decision service for its arguments, in the order of its inputs: nothing else is known inside it (clause 10.4)."""
    values = {reference.key: argument for reference, argument in zip(linked.inputs, arguments, strict=True)}
    evaluator = Evaluator(run, Inputs({}), values)
    results = {each.element.variable.name: evaluator.decision(*_located(each, model)) for each in linked.outputs}
    value = results if len(results) > 1 else next(iter(results.values()), None)
    return run.coerce(value, linked.result, linked.service.place)


def given(inputs: Inputs, reference: Reference, type_: FeelType, run: Run) -> Any:
    """The value given for an element, as its type asks for it; null, with a note, when there is none."""
    value = inputs.find(reference)
    if value is MISSING:
        run.note(reference.element.place, Sentence("No value was given for '{name}'; it is null.", name=reference.name))
        return None
    return run.coerce(value, type_, reference.element.place)


def _required(model: Model, linked: LinkedDecision) -> Iterable[Located]:
    """The decisions it requires; the last is evaluated first, so they come in reverse."""
    decisions = [each for each in linked.information if isinstance(each.element, Decision)]
    return [_located(each, model) for each in reversed(decisions)]


def _located(reference: Reference, model: Model) -> Located:
    owner = reference.model or model
    return owner, owner.linked_decisions[reference.element.id]


def _key(located: Located) -> Key:
    model, linked = located
    return model.namespace, linked.decision.id
