"""What elements and events are called in sentences: by their tags in English, and by words in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.facts.sentences import Sentence, verbatim

KINDS: Final[Mapping[str, Sentence]] = {
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
    # of events and times
    "cancel": Sentence("cancel"),
    "compensation": Sentence("compensation"),
    "conditional": Sentence("conditional"),
    "error": Sentence("error"),
    "escalation": Sentence("escalation"),
    "link": Sentence("link"),
    "message": Sentence("message"),
    "signal": Sentence("signal"),
    "terminate": Sentence("terminate"),
    "timeCycle": Sentence("timeCycle"),
    "timeDate": Sentence("timeDate"),
    "timeDuration": Sentence("timeDuration"),
    "timer": Sentence("timer"),
    # of what a model names
    "connector": Sentence("connector"),
    "decision": Sentence("decision"),
    "department": Sentence("department"),
    "form": Sentence("form"),
    "person": Sentence("person"),
    "role": Sentence("role"),
    "secret": Sentence("secret"),
}


def kind_said(tag: str) -> Sentence:
    """Of an element, an event, or something that a model names."""
    return KINDS.get(tag) or verbatim(tag)
