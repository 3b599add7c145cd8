"""BPMN execution. No database, no clock, no network: `now` and variables in, events out. Nobody else imports SpiffWorkflow.

    reading = read(xml)                                               # all problems, each with element, line and a sentence
    execution = start(reading.model, "leave", definition_id, {}, now=now, host=host)
    execution.started                                                 # what has happened: engine.facts.events, in order
    state = execution.save()                                          # bytes; restore(state, host=host) goes on where it was
    events = execution.complete(token, {"outcome": "approve"}, now)   # runs until every path waits

Whatever goes wrong inside a step is a StepFailed; the execution in memory is then to be dropped.
"""

from engine.bpmn.errors import ElementFailed, MoveRefused, NotWaiting, StateRefused, StepFailed
from engine.bpmn.execution import Execution, TokenFacts, restore, start
from engine.bpmn.host import Host, Trigger
from engine.bpmn.model import ElementFacts, KnownNames, Model, ModelChecks, Process, Reading, Starter, StartTrigger
from engine.bpmn.prediction import find_coming
from engine.bpmn.reader import read, read_embedded_forms
from engine.bpmn.running.modification import MovePlace, MoveTarget

__all__ = [
    "ElementFacts",
    "ElementFailed",
    "Execution",
    "Host",
    "KnownNames",
    "Model",
    "ModelChecks",
    "MovePlace",
    "MoveRefused",
    "MoveTarget",
    "NotWaiting",
    "Process",
    "Reading",
    "StartTrigger",
    "Starter",
    "StateRefused",
    "StepFailed",
    "TokenFacts",
    "Trigger",
    "find_coming",
    "read",
    "read_embedded_forms",
    "restore",
    "start",
]
