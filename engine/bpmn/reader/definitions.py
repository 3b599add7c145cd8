"""Event definitions of an event or a receiving or sending task."""

from __future__ import annotations

from typing import Any

from engine.bpmn.event_definitions import (
    CodedDefinition,
    CompensationDefinition,
    ConditionalDefinition,
    EventDefinition,
    LinkDefinition,
    NamedDefinition,
    TimerDefinition,
)
from engine.bpmn.expressions import Template
from engine.bpmn.kinds import kind_said
from engine.bpmn.reader.extensions import extensions, own_or_vendor, vendor
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import BPMN, FLOWABLE, ZEEBE
from engine.bpmn.reader.own import own
from engine.bpmn.reader.texts import expression, template, timer
from engine.facts.sentences import Sentence
from engine.vocabulary.models import CODE_VARIABLE, CORRELATION_KEY, MESSAGE_VARIABLE

_SUFFIX = "EventDefinition"
_TIMES = ("timeDate", "timeDuration", "timeCycle")


def event_definitions(file: ModelFile, xml: Any) -> list[EventDefinition]:
    """Those written inside the event and those it refers to, in the order of the file."""
    found = []
    for child in xml.iterchildren(f"{BPMN}*"):
        source: Any | None = child
        if child.tag == f"{BPMN}eventDefinitionRef":
            source = file.by_id.get((child.text or "").strip())
            if source is None:
                file.problem(
                    "unknown-reference",
                    child,
                    Sentence("There is no event definition {reference}.", reference=(child.text or "").strip()),
                )
        if source is not None and source.tag.endswith(_SUFFIX):
            definition = event_definition(file, source)
            if definition is not None:
                found.append(definition)
    return found or _of_event_registry(file, xml)


def _of_event_registry(file: ModelFile, xml: Any) -> list[EventDefinition]:
    """`flowable:eventType`: an event that comes by a channel is a message here, with its correlation parameter as key."""
    kind = next(((each.text or "").strip() for each in extensions(xml, f"{FLOWABLE}eventType")), "")
    if not kind:
        return []
    parameters = list(extensions(xml, f"{FLOWABLE}eventCorrelationParameter"))
    key = template(file, xml, parameters[0].get("value"), Sentence("The correlation key")) if parameters else None
    sentence = Sentence("The event {kind} comes from an event registry; here it is a message of that name.", kind=kind)
    fix = Sentence("Send the message where the channel was.")
    if len(parameters) > 1:
        fix = Sentence(
            "Send the message where the channel was, with {name} alone as correlation key.", name=parameters[0].get("name")
        )
    file.warning("event-registry", xml, sentence, fix)
    return [NamedDefinition("message", Template(kind), key)]


def event_definition(file: ModelFile, xml: Any) -> EventDefinition | None:
    kind = xml.tag[len(BPMN) : -len(_SUFFIX)]
    match kind:
        case "message" | "signal":
            return named(file, xml, kind, f"{kind}Ref")
        case "error" | "escalation":
            return _coded(file, xml, kind)
        case "timer":
            return _timer(file, xml)
        case "conditional":
            condition = expression(file, xml, xml.findtext(f"{BPMN}condition"), Sentence("The condition of the event"))
            return None if condition is None else ConditionalDefinition(condition)
        case "compensate":
            if xml.get("waitForCompletion") == "false":
                sentence = Sentence("The process waits until the compensation is done, although waitForCompletion is false.")
                file.warning(
                    "compensation-waits",
                    xml,
                    sentence,
                    Sentence("Throw it on a parallel path if the process is to go on meanwhile."),
                )
            return CompensationDefinition(xml.get("activityRef"))
        case "link":
            return LinkDefinition(xml.get("name") or xml.get("id") or "")
        case "terminate" | "cancel":
            return EventDefinition(kind)
    file.problem(
        "event-unknown",
        xml,
        Sentence("Events of kind {kind} are not known.", kind=kind_said(kind)),
        Sentence("Use another event."),
    )
    return None


def named(file: ModelFile, xml: Any, kind: Any, attribute: str) -> NamedDefinition | None:
    """The message or signal that an attribute refers to; other products may give its name by an expression."""
    expressed = vendor(xml, f"{kind}Expression")
    if expressed and not xml.get(attribute):
        name = template(file, xml, expressed, Sentence("The name of the {kind}", kind=kind_said(kind)))
        return None if name is None else NamedDefinition(kind, name)
    if not xml.get(attribute):
        sentence = Sentence("The {kind} is not named: {attribute} is missing.", kind=kind_said(kind), attribute=attribute)
        file.problem(f"{kind}-missing", xml, sentence, Sentence("Choose a {kind}.", kind=kind_said(kind)))
        return None
    source = file.resolve(xml, attribute, kind)
    if source is None:
        return None
    name = template(
        file, source, source.get("name") or source.get("id"), Sentence("The name of the {kind}", kind=kind_said(kind))
    )
    if name is None:
        return None
    return NamedDefinition(kind, name, correlation_key(file, source) if kind == "message" else None)


def correlation_key(file: ModelFile, message: Any) -> Template | None:
    text = own(message, CORRELATION_KEY)
    for subscription in extensions(message, f"{ZEEBE}subscription"):
        text = text or subscription.get("correlationKey") or ""
    return template(file, message, text, Sentence("The correlation key"))


def _coded(file: ModelFile, xml: Any, kind: Any) -> CodedDefinition:
    reference = xml.get(f"{kind}Ref") or ""
    known = file.by_id.get(reference)
    if kind == "error" and file.is_of_camunda_family and reference and (known is None or known.tag != f"{BPMN}error"):
        sentence = Sentence(
            "There is no error {reference}; it is taken for the code of one, as the product does that it was written for.",
            reference=reference,
        )
        file.warning("error-undefined", xml, sentence, Sentence("Define the error."))
        code: str | None = reference
    else:
        source = file.resolve(xml, f"{kind}Ref", kind)
        code = None if source is None else source.get(f"{kind}Code") or source.get("name") or source.get("id")
    definition = CodedDefinition(kind, code)
    definition.code_variable = own_or_vendor(xml, CODE_VARIABLE, f"{kind}CodeVariable") or None
    definition.message_variable = own_or_vendor(xml, MESSAGE_VARIABLE, f"{kind}MessageVariable") or None
    return definition


def _timer(file: ModelFile, xml: Any) -> TimerDefinition | None:
    times = [child for child in xml.iterchildren(*(BPMN + tag for tag in _TIMES))]
    if len(times) != 1:
        sentence = Sentence("A timer has exactly one of date, duration and cycle.")
        file.problem("timer-missing", xml, sentence, Sentence("Write a duration such as PT1H, a moment or a repetition."))
        return None
    text = timer(file, times[0], times[0].text, kind_said(times[0].tag[len(BPMN) :]))
    return None if text is None else TimerDefinition(text, file.sunday)
