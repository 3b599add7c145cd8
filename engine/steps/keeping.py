"""Whether a step can be kept: its rows within the widths of their columns, its values as JSON that every database takes.

What a model computes is not asked of anybody who could be refused, so it ends as an incident that names the value and the limit.
"""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

from engine.bpmn import StepFailed
from engine.facts.json_text import json_text
from engine.facts.sentences import Sentence
from engine.facts.values import NUL_IN_JSON, fault_of_text, texts_of
from engine.store.changes import Changes
from engine.store.limits import fault_of_step
from engine.store.process_instances import ProcessInstance

#: How halves of a pair look in JSON that the slower way has written.
_SURROGATE = re.compile(rb"\\ud[89ab]|\\ud[c-f]")


def require_kept(instance: ProcessInstance, state: bytes, changes: Changes) -> None:
    """Raises StepFailed."""
    fault = fault_of_step(instance, changes)
    if fault is None and (NUL_IN_JSON in state or (state[:1] == b" " and _SURROGATE.search(state))):
        fault = _fault_of_values(json.loads(state))
    if fault is None:
        for row in changes.outbox:
            fault = fault or _fault_of_thrown(row.body)
    if fault is not None:
        raise StepFailed(fault)


def _fault_of_thrown(body: Any) -> Sentence | None:
    try:
        text = json_text(body)
    except UnicodeEncodeError:
        return _fault_of_values(body)
    return _fault_of_values(orjson.loads(text)) if NUL_IN_JSON in text else None


def _fault_of_values(values: Any) -> Sentence | None:
    """Of the first text in it that cannot be kept. Variables are named as people know them, without what is around them."""
    for place, text in texts_of(values):
        fault = fault_of_text(text, Sentence("the value {name}", name=place.removeprefix("variables.")))
        if fault is not None:
            return fault
    return None
