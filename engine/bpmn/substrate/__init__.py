"""SpiffWorkflow's classes, with its hooks given the names of engine.bpmn. Its releases change this folder and typings/ only.

What is taken from it: the life of a task (ready, run, completed) with its hooks, the specs, the workflows and the way hosts drive
them. What is left aside: its tree of past and predicted tasks, its copies of variables, its scans for work, its evaluator.
"""

from engine.bpmn.substrate.hooks import (
    READY,
    STARTED,
    WAITING,
    SpiffElement,
    SpiffInstance,
    SpiffProcessSpec,
    SpiffScope,
    SpiffToken,
)

__all__ = [
    "READY",
    "STARTED",
    "WAITING",
    "SpiffElement",
    "SpiffInstance",
    "SpiffProcessSpec",
    "SpiffScope",
    "SpiffToken",
]
