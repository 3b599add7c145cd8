"""Decisions: DMN 1.1 to 1.5 on top of FEEL. Pure: no database, no clock, no network.

`read` a file, `evaluate` a decision or service of the model it gives, or `analyse` its tables.
"""

from engine.dmn.evaluation import Evaluation, evaluate, evaluate_knowledge_model, evaluate_service
from engine.dmn.json_values import evaluation_as_json, inputs_from_json
from engine.dmn.model import Model
from engine.dmn.reading import Reading, read
from engine.dmn.required_inputs import RequiredInput, required_inputs
from engine.dmn.run import DecisionStopped
from engine.dmn.trace import DecisionTrace, MatchedRule, Note, TableTrace

__all__ = [
    "DecisionStopped",
    "DecisionTrace",
    "Evaluation",
    "MatchedRule",
    "Model",
    "Note",
    "Reading",
    "RequiredInput",
    "TableTrace",
    "evaluate",
    "evaluate_knowledge_model",
    "evaluate_service",
    "evaluation_as_json",
    "inputs_from_json",
    "read",
    "required_inputs",
]
