"""JSON to the inputs of a decision, and an evaluation to JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.dmn.evaluation import Evaluation
from engine.dmn.graph import Graph
from engine.dmn.model import Model
from engine.dmn.trace import DecisionTrace, TableTrace
from engine.feel import FeelBudgetExceeded, compile_expression, from_json, to_json
from engine.feel.feel_type import FeelType
from engine.feel.types import SIMPLE_TYPES, Constrained, ContextType, ListType, resolved

#: JSON has no dates: where one is asked for, a text is read as one.
_READERS = {
    SIMPLE_TYPES[name]: compile_expression(text)
    for name, text in {
        "date": "date(text)",
        "time": "time(text)",
        "date and time": "date and time(text)",
        "days and time duration": "duration(text)",
        "years and months duration": "duration(text)",
    }.items()
}


def inputs_from_json(model: Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as FEEL has them: numbers exact, and texts as dates, times or durations where the input data ask for them.

    Components that an object lacks are null. Values without input data of their name, and texts that cannot be read so, stay
    as they are.
    """
    types = _input_types(model)
    return {name: _read(from_json(value), types[name]) if name in types else from_json(value) for name, value in values.items()}


def _input_types(model: Model) -> dict[str, FeelType]:
    """The types of the input data of the model and its imports, by name; its own come first."""
    imported = [found for _, found in Graph(model.definitions, model.imported).imported_models()]
    types: dict[str, FeelType] = {}
    for each in (*reversed(imported), model):
        types |= {data.variable.name: each.input_types[data.id] for data in each.input_data}
    return types


def _read(value: Any, type_: FeelType) -> Any:
    target = resolved(type_)
    if isinstance(target, Constrained):
        return _read(value, target.type)
    if isinstance(value, list):
        return [_read(item, target.item if isinstance(target, ListType) else target) for item in value]
    if isinstance(value, dict) and isinstance(target, ContextType):
        return {**value, **{name: _read(value.get(name), part) for name, part in target.entries.items()}}
    if isinstance(value, str) and target in _READERS:
        found = _READERS[target].evaluate({"text": value})
        return value if found is None else found
    return value


def evaluation_as_json(evaluation: Evaluation) -> dict[str, Any]:
    """`{"value", "trace": [decision], "notes": [{"where", "line", "reason"}]}`."""
    return {
        "value": _written(evaluation.value),
        "trace": [_decision(trace) for trace in evaluation.trace],
        "notes": [note.as_json() for note in evaluation.notes],
    }


def _decision(trace: DecisionTrace) -> dict[str, Any]:
    return {
        "id": trace.id,
        "name": trace.name,
        "namespace": trace.namespace,
        "inputs": _written(trace.inputs),
        "tables": [_table(table) for table in trace.tables],
        "value": _written(trace.value),
    }


def _table(trace: TableTrace) -> dict[str, Any]:
    return {
        "table": trace.table,
        "hitPolicy": trace.hit_policy,
        "inputs": [{"expression": text, "value": _written(value)} for text, value in trace.inputs],
        "matched": [
            {"rule": match.index, "id": match.id, "outputs": _written(match.outputs), "annotations": list(match.annotations)}
            for match in trace.matched
        ],
        "value": _written(trace.value),
    }


def _written(value: Any) -> Any:
    try:
        return to_json(value)
    except FeelBudgetExceeded as stopped:
        return str(stopped)
