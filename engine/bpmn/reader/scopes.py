"""The inside of a process or sub-process: its flow nodes, joined by sequence flows, links, boundary events and associations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from engine.bpmn.contract import FlowNode, SequenceFlow
from engine.bpmn.elements.events.boundary import BoundaryEvent
from engine.bpmn.elements.events.catch import CatchEvent
from engine.bpmn.elements.events.start import StartEvent
from engine.bpmn.elements.events.throw import ThrowEvent
from engine.bpmn.elements.gateways.event_based import EventBasedGateway
from engine.bpmn.elements.subprocesses.event_sub_process import EventSubProcess
from engine.bpmn.elements.subprocesses.sub_process import SubProcess
from engine.bpmn.elements.tasks.activity import Activity
from engine.bpmn.elements.tasks.receive_task import ReceiveTask
from engine.bpmn.event_definitions import LinkDefinition
from engine.bpmn.kinds import kind_said
from engine.bpmn.model import ElementFacts
from engine.bpmn.process_spec import ProcessSpec
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.flow_nodes import ELEMENTS, OTHER_CHILDREN, facts_of, read_flow_node
from engine.bpmn.reader.namespaces import BPMN
from engine.bpmn.reader.texts import expression, is_feel
from engine.facts.sentences import Sentence


@dataclass(slots=True)
class ReadScope:
    """A scope with the XML of its elements, for the rules that look at it afterwards, and the scopes inside of it."""

    xml: Any
    spec: ProcessSpec
    elements: dict[FlowNode, Any] = field(default_factory=dict)
    flows: list[tuple[SequenceFlow, Any]] = field(default_factory=list)
    inner: list[ReadScope] = field(default_factory=list)

    def with_inner(self) -> list[ReadScope]:
        return [self, *(each for scope in self.inner for each in scope.with_inner())]


def read_scope(file: ModelFile, xml: Any, facts: dict[str, ElementFacts], parent: str = "") -> ReadScope:
    """Reads `xml`, a process or sub-process, with everything inside; adds to `facts`."""
    scope = ReadScope(xml, ProcessSpec(xml.get("id") or "", xml.get("name") or ""))
    for child in xml.iterchildren(f"{BPMN}*"):
        _read_child(file, scope, child, facts, parent)
    _read_flows(file, scope)
    _join_links(file, scope)
    _attach_boundaries(file, scope)
    _associate_compensation(file, scope)
    _read_data(scope)
    for element in scope.elements:
        element.prepare()
    _sort_starts(scope)
    return scope


def _read_child(file: ModelFile, scope: ReadScope, xml: Any, facts: dict[str, ElementFacts], parent: str) -> None:
    tag, id = xml.tag[len(BPMN) :], xml.get("id")
    if tag not in ELEMENTS:
        if tag not in OTHER_CHILDREN:
            file.problem(
                "element-unknown",
                xml,
                Sentence("Elements of kind {kind} cannot be executed.", kind=kind_said(tag)),
                Sentence("Use another element."),
            )
        return
    if not id:
        id = file.give_id(xml, tag)
    if id in scope.spec.elements:
        return  # reported as a duplicate id already
    element = read_flow_node(file, scope.spec, xml)
    scope.elements[element] = xml
    facts[id] = facts_of(file, element, xml, parent)
    if isinstance(element, SubProcess) and tag != "callActivity":
        inner = read_scope(file, xml, facts, id)
        scope.inner.append(inner)
        _give_body(file, element, inner)


def _give_body(file: ModelFile, element: SubProcess, inner: ReadScope) -> None:
    body = element.body = inner.spec
    body.is_sequential = inner.xml.get("ordering") == "Sequential"
    body.cancels_remaining = inner.xml.get("cancelRemainingInstances", "true") == "true"
    if inner.xml.find(f"{BPMN}completionCondition") is not None:
        text = inner.xml.findtext(f"{BPMN}completionCondition")
        body.completion = expression(file, inner.xml, text, Sentence("The completion condition"))
    if isinstance(element, EventSubProcess):
        starts = [each for each in body.elements.values() if isinstance(each, StartEvent)]
        if len(starts) != 1 or not starts[0].definitions:
            sentence = Sentence("An event sub-process has exactly one start event, and that has an event.")
            file.problem(
                "event-sub-process-start",
                inner.xml,
                sentence,
                Sentence("Give its start event a message, timer, error or the like."),
            )
        if starts:
            element.listen_by(starts[0])
            body.starts, body.event_starts = [], []


# ---------------------------------------------------------------------- joining
def _read_flows(file: ModelFile, scope: ReadScope) -> None:
    for xml in scope.xml.iterchildren(f"{BPMN}sequenceFlow"):
        source, target = (_flow_end(file, scope, xml, end) for end in ("sourceRef", "targetRef"))
        if source is None or target is None:
            continue
        condition = None
        formal = xml.find(f"{BPMN}conditionExpression")
        if formal is not None and (formal.text or "").strip() and is_feel(file, formal):
            condition = expression(file, xml, formal.text, Sentence("The condition of sequence flow {flow}", flow=_name_of(xml)))
        flow = SequenceFlow(xml.get("id") or file.free_id("sequenceFlow"), source, target, condition)
        source.flows.append(flow)
        target.incoming.append(flow)
        scope.flows.append((flow, xml))
    for element, xml in scope.elements.items():
        default = xml.get("default")
        if default:
            element.default = next((flow for flow in element.flows if flow.id == default), None)


def _name_of(flow: Any) -> str | Sentence:
    """For sentences: many tools write sequence flows without an id."""
    return flow.get("id") or Sentence("from {source} to {target}", source=flow.get("sourceRef"), target=flow.get("targetRef"))


def _flow_end(file: ModelFile, scope: ReadScope, xml: Any, end: str) -> FlowNode | None:
    id = xml.get(end) or ""
    found = scope.spec.elements.get(id)
    if found is None:
        elsewhere = id in file.by_id
        reason = Sentence("is not in the same process or sub-process") if elsewhere else Sentence("does not exist")
        fix = file.suggestion(id, scope.spec.elements) or Sentence("Draw the sequence flow between two elements of one scope.")
        file.problem(
            "sequence-flow-end",
            xml,
            Sentence(
                "Sequence flow {flow}: its {end} {id} {reason}.",
                flow=_name_of(xml),
                end=end,
                id=id or Sentence("none"),
                reason=reason,
            ),
            fix,
        )
    return found


def _join_links(file: ModelFile, scope: ReadScope) -> None:
    """A throwing and a catching link event of one name become a sequence flow that is not drawn."""
    catching: dict[str, FlowNode] = {}
    for element, xml in scope.elements.items():
        link = _link_of(element)
        if link is not None and isinstance(element, CatchEvent):
            if link.name in catching:
                file.problem(
                    "link-target",
                    xml,
                    Sentence("Two link events catch {name}.", name=link.name),
                    Sentence("Give each its own name."),
                )
            catching[link.name] = element
    thrown = set()
    for element, xml in scope.elements.items():
        link = _link_of(element)
        if link is None or not isinstance(element, ThrowEvent):
            continue
        thrown.add(link.name)
        target = catching.get(link.name)
        if target is None:
            fix = file.suggestion(link.name, catching) or Sentence("Add a catching link event of that name in the same scope.")
            file.problem("link-target", xml, Sentence("No link event catches {name}.", name=link.name), fix)
            continue
        flow = SequenceFlow(f"link {element.name}", element, target, is_drawn=False)
        element.flows.append(flow)
        target.incoming.append(flow)
    for name in catching.keys() - thrown:
        file.warning("link-source", scope.elements[catching[name]], Sentence("No link event leads to {name}.", name=name))


def _link_of(element: FlowNode) -> LinkDefinition | None:
    return next((each for each in element.definitions if isinstance(each, LinkDefinition)), None)


def _attach_boundaries(file: ModelFile, scope: ReadScope) -> None:
    for element, xml in scope.elements.items():
        if not isinstance(element, BoundaryEvent):
            continue
        id = xml.get("attachedToRef") or ""
        activity = scope.spec.elements.get(id)
        if isinstance(activity, Activity) and not isinstance(activity, EventSubProcess):
            activity.boundaries.append(element)
            continue
        known = [each.name for each in scope.elements if isinstance(each, Activity)]
        fix = file.suggestion(id, known) or Sentence("Attach it to a task, sub-process or call activity.")
        file.problem(
            "boundary-event",
            xml,
            Sentence("It is attached to {id}, which is no activity of the same scope.", id=id or Sentence("nothing")),
            fix,
        )


def _associate_compensation(file: ModelFile, scope: ReadScope) -> None:
    """An association from a compensation boundary event leads to the handler of its activity; it may be written in any scope."""
    for activity in scope.elements:
        for boundary in activity.boundaries:
            handler = scope.spec.elements.get(file.associations.get(boundary.name, ""))
            if isinstance(activity, Activity) and handler is not None and _is_compensation(boundary):
                activity.compensation_handler = handler


def _is_compensation(element: FlowNode) -> bool:
    return any(definition.kind == "compensation" for definition in element.definitions)


def _read_data(scope: ReadScope) -> None:
    data = scope.xml.iterchildren(f"{BPMN}dataObject", f"{BPMN}property")
    scope.spec.local_names = [xml.get("id") for xml in data if xml.get("id")]


# ---------------------------------------------------------------------- starting
def _sort_starts(scope: ReadScope) -> None:
    """What begins with the scope, what an event starts, and what listens."""
    spec = scope.spec
    for element in scope.elements:
        if isinstance(element, EventSubProcess):
            spec.handlers.append(element)
        elif isinstance(element, StartEvent):
            (spec.event_starts if element.definitions else spec.starts).append(element)
        elif isinstance(element, BoundaryEvent) or element.incoming or _is_handler(element):
            continue
        elif isinstance(element, ReceiveTask) and element.is_instantiating:
            spec.event_starts.append(element)
        elif isinstance(element, EventBasedGateway) and element.is_instantiating:
            targets = [flow.target for flow in element.flows]
            spec.event_starts.extend(targets)
            if element.is_parallel:
                spec.starts_together.append(targets)
        elif _link_of(element) is None or not isinstance(element, CatchEvent):
            spec.starts.append(element)


def _is_handler(element: FlowNode) -> bool:
    return isinstance(element, Activity) and element.is_for_compensation
