"""What elements and events are called in sentences: by their tags in English, and by words in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.facts.sentences import Sentence, verbatim

_KINDS: Final[Mapping[str, Sentence]] = {
    "adHocSubProcess": Sentence("adHocSubProcess"),
    "boundaryEvent": Sentence("boundaryEvent"),
    "businessRuleTask": Sentence("businessRuleTask"),
    "callActivity": Sentence("callActivity"),
    "complexGateway": Sentence("complexGateway"),
    "endEvent": Sentence("endEvent"),
    "eventBasedGateway": Sentence("eventBasedGateway"),
    "exclusiveGateway": Sentence("exclusiveGateway"),
    "inclusiveGateway": Sentence("inclusiveGateway"),
    "intermediateCatchEvent": Sentence("intermediateCatchEvent"),
    "intermediateThrowEvent": Sentence("intermediateThrowEvent"),
    "manualTask": Sentence("manualTask"),
    "parallelGateway": Sentence("parallelGateway"),
    "process": Sentence("process"),
    "receiveTask": Sentence("receiveTask"),
    "scriptTask": Sentence("scriptTask"),
    "sendTask": Sentence("sendTask"),
    "sequenceFlow": Sentence("sequenceFlow"),
    "serviceTask": Sentence("serviceTask"),
    "startEvent": Sentence("startEvent"),
    "subProcess": Sentence("subProcess"),
    "task": Sentence("task"),
    "transaction": Sentence("transaction"),
    "userTask": Sentence("userTask"),
    # of events
    "error": Sentence("error"),
    "escalation": Sentence("escalation"),
    "message": Sentence("message"),
    "signal": Sentence("signal"),
    "timer": Sentence("timer"),
}


def kind_said(tag: str) -> Sentence:
    """Of an element or an event."""
    return _KINDS.get(tag) or verbatim(tag)
