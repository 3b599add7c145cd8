"""What would go wrong when the model runs, found by looking at the whole of a scope. One function for each rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from engine.bpmn.contract import FlowNode
from engine.bpmn.elements.events.boundary import BoundaryEvent
from engine.bpmn.elements.events.catch import CatchEvent
from engine.bpmn.elements.events.end import EndEvent
from engine.bpmn.elements.events.start import StartEvent
from engine.bpmn.elements.events.throw import ThrowEvent
from engine.bpmn.elements.gateways.complex import ComplexGateway
from engine.bpmn.elements.gateways.event_based import EventBasedGateway
from engine.bpmn.elements.gateways.exclusive import ExclusiveGateway
from engine.bpmn.elements.gateways.inclusive import InclusiveGateway
from engine.bpmn.elements.gateways.parallel import ParallelGateway
from engine.bpmn.elements.subprocesses.event_sub_process import EventSubProcess
from engine.bpmn.elements.subprocesses.transaction import Transaction
from engine.bpmn.elements.tasks.activity import Activity
from engine.bpmn.elements.tasks.receive_task import ReceiveTask
from engine.bpmn.kinds import kind_said
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import BPMN
from engine.bpmn.reader.scopes import ReadScope
from engine.facts.sentences import Sentence, listed

_CATCHES = frozenset({"message", "timer", "signal", "conditional", "link"})
_THROWS = frozenset({"message", "signal", "escalation", "compensation", "link"})
_ENDS = frozenset({"message", "signal", "escalation", "compensation", "error", "cancel", "terminate"})
_STARTS = frozenset({"message", "timer", "signal", "conditional"})
_HANDLER_STARTS = _STARTS | {"error", "escalation", "compensation"}
_BOUNDARIES = _HANDLER_STARTS | {"cancel"}


def check_scope(file: ModelFile, scope: ReadScope, *, is_process: bool = False) -> None:
    """All rules, for this scope and those inside of it."""
    if is_process:
        _has_a_start(file, scope)
    for rule in _RULES:
        rule(file, scope)
    for inner in scope.inner:
        check_scope(file, inner)


def _has_a_start(file: ModelFile, scope: ReadScope) -> None:
    if not scope.spec.starts and not scope.spec.event_starts:
        file.problem("no-start", scope.xml, Sentence("The process has no start event."), Sentence("Add a start event."))


def _conditions_are_there(file: ModelFile, scope: ReadScope) -> None:
    """A flow without a condition would always be taken by an exclusive gateway, and hide those after it."""
    for flow, xml in scope.flows:
        source = flow.source
        needs_condition = isinstance(source, ExclusiveGateway) and len(source.flows) > 1
        has_text = xml.find(f"{BPMN}conditionExpression") is not None
        if needs_condition and flow is not source.default and not has_text:
            sentence = Sentence(
                "Sequence flow {id} leaves exclusive gateway {name} without a condition.", id=flow.id, name=source.name
            )
            file.problem("condition-missing", xml, sentence, Sentence("Write a condition, or make it the default flow."))
        if has_text and isinstance(source, ParallelGateway | EventBasedGateway):
            sentence = Sentence(
                "The condition of sequence flow {id} is never looked at: {kind} {name} has none.",
                id=flow.id,
                kind=kind_said(source.kind),
                name=source.name,
            )
            file.warning("condition-ignored", xml, sentence, Sentence("Use an inclusive or exclusive gateway."))


def _default_flow_fits(file: ModelFile, scope: ReadScope) -> None:
    for element, xml in scope.elements.items():
        default = xml.get("default")
        if not default:
            continue
        if element.default is None:
            fix = file.suggestion(default, [flow.id for flow in element.flows]) or Sentence(
                "Choose one of its outgoing sequence flows."
            )
            file.problem(
                "default-flow",
                xml,
                Sentence("The default flow {default} does not leave {name}.", default=default, name=element.name),
                fix,
            )
        elif element.default.condition is not None:
            sentence = Sentence("The condition of {default} is never looked at, because it is the default flow.", default=default)
            file.warning("default-condition", xml, sentence, Sentence("Remove the condition."))


def _flows_are_allowed(file: ModelFile, scope: ReadScope) -> None:
    for element, xml in scope.elements.items():
        if element.incoming and isinstance(element, StartEvent | BoundaryEvent | EventSubProcess):
            file.problem(
                "sequence-flow",
                xml,
                Sentence("No sequence flow may lead to {kind} {name}.", kind=kind_said(element.kind), name=element.name),
                Sentence("Remove it."),
            )
        drawn = [flow for flow in element.flows if flow.is_drawn]
        if drawn and (
            isinstance(element, EndEvent | EventSubProcess) or (isinstance(element, ThrowEvent) and _has(element, "link"))
        ):
            file.problem(
                "sequence-flow",
                xml,
                Sentence("No sequence flow may leave {kind} {name}.", kind=kind_said(element.kind), name=element.name),
                Sentence("Remove it."),
            )


def _gateways_make_sense(file: ModelFile, scope: ReadScope) -> None:
    for element, xml in scope.elements.items():
        is_gateway = isinstance(element, ExclusiveGateway | ParallelGateway | InclusiveGateway | ComplexGateway)
        if is_gateway and not element.flows and element.incoming:
            file.warning(
                "gateway-ends",
                xml,
                Sentence("Nothing leaves gateway {name}; the path ends here.", name=element.name),
                Sentence("Add an end event."),
            )
        if isinstance(element, EventBasedGateway):
            _event_based_gateway_waits(file, element, xml)


def _event_based_gateway_waits(file: ModelFile, gateway: EventBasedGateway, xml: Any) -> None:
    if gateway.is_parallel and not gateway.is_instantiating:
        sentence = Sentence("An event-based gateway waits for all of its events only where it starts a process.")
        file.problem(
            "event-based-gateway", xml, sentence, Sentence('Use a parallel gateway before the events, or set instantiate="true".')
        )
    if gateway.is_instantiating and gateway.incoming:
        sentence = Sentence("An event-based gateway that starts the process has no incoming sequence flow.")
        file.problem("event-based-gateway", xml, sentence, Sentence('Remove the sequence flow, or set instantiate="false".'))
    if not gateway.flows:
        sentence = Sentence("An event-based gateway waits for nothing.")
        file.problem("event-based-gateway", xml, sentence, Sentence("Let events follow that it chooses between."))
    if len(gateway.flows) == 1:
        sentence = Sentence("An event-based gateway chooses between at least two events; here one follows.")
        file.warning("event-based-gateway", xml, sentence, Sentence("Add another event, or leave the gateway out."))
    for flow in gateway.flows:
        if not isinstance(flow.target, CatchEvent | ReceiveTask) or _has(flow.target, "link"):
            sentence = Sentence("{name} follows an event-based gateway and is no catching event.", name=flow.target.name)
            file.problem(
                "event-based-gateway", xml, sentence, Sentence("Let a message, timer, signal or conditional event follow.")
            )


def _events_are_allowed(file: ModelFile, scope: ReadScope) -> None:
    is_handler = scope.xml.get("triggeredByEvent") == "true"
    for element, xml in scope.elements.items():
        allowed, what = _allowed_events(element, is_handler)
        for definition in element.definitions if what else ():
            if definition.kind not in allowed:
                sentence = Sentence("{what} cannot have an event of kind {kind}.", what=what, kind=kind_said(definition.kind))
                file.problem(
                    "event-kind",
                    xml,
                    sentence,
                    Sentence("Allowed are {allowed}.", allowed=listed(map(kind_said, sorted(allowed)))),
                )
        if isinstance(element, CatchEvent) and not element.definitions and not _had_definitions(xml):
            file.problem(
                "event-missing",
                xml,
                Sentence("The catch event waits for nothing."),
                Sentence("Give it a message, timer, signal or condition."),
            )


def _allowed_events(element: FlowNode, is_handler: bool) -> tuple[frozenset[str], Sentence | None]:
    match element:
        case StartEvent():
            return (
                (_HANDLER_STARTS, Sentence("The start event of an event sub-process"))
                if is_handler
                else (_STARTS, Sentence("A start event"))
            )
        case CatchEvent():
            return _CATCHES, Sentence("A catch event")
        case ThrowEvent():
            return _THROWS, Sentence("A throw event")
        case EndEvent():
            return _ENDS, Sentence("An end event")
        case BoundaryEvent():
            return _BOUNDARIES, Sentence("A boundary event")
    return frozenset(), None


def _had_definitions(xml: Any) -> bool:
    """Whether there is a definition in the file, readable or not."""
    return any(child.tag.endswith(("EventDefinition", "eventDefinitionRef")) for child in xml.iterchildren(f"{BPMN}*"))


def _boundary_events_fit(file: ModelFile, scope: ReadScope) -> None:
    for activity in scope.elements:
        for boundary in activity.boundaries:
            xml = scope.elements[boundary]
            if not boundary.definitions and not _had_definitions(xml):
                file.problem(
                    "boundary-event", xml, Sentence("The boundary event waits for nothing."), Sentence("Give it an event.")
                )
            if _has(boundary, "cancel") and not isinstance(activity, Transaction):
                file.problem(
                    "boundary-event",
                    xml,
                    Sentence("Only a transaction can be cancelled."),
                    Sentence("Use an error event, or a transaction."),
                )
            if _has(boundary, "error") and not boundary.is_interrupting:
                file.problem(
                    "boundary-event", xml, Sentence("An error always interrupts."), Sentence('Set cancelActivity="true".')
                )
            if _has(boundary, "compensation") and isinstance(activity, Activity) and activity.compensation_handler is None:
                file.problem(
                    "compensation-handler",
                    xml,
                    Sentence("No association leads to its compensation activity."),
                    Sentence("Draw one."),
                )


def _start_events_inside(file: ModelFile, scope: ReadScope) -> None:
    """Only an event sub-process starts by an event; a sub-process that is begun needs something to begin with."""
    tag = scope.xml.tag[len(BPMN) :]
    if tag == "process" or scope.xml.get("triggeredByEvent") == "true":
        return
    for element in scope.elements:
        if isinstance(element, StartEvent) and element.definitions:
            sentence = Sentence("The start event of a sub-process has no event; only an event sub-process starts by one.")
            file.problem(
                "sub-process-start",
                scope.elements[element],
                sentence,
                Sentence('Remove the event, or set triggeredByEvent="true".'),
            )
    if scope.elements and not scope.spec.starts:
        file.problem("no-start", scope.xml, Sentence("Nothing in the sub-process begins."), Sentence("Add a start event."))


def _cancel_is_inside_a_transaction(file: ModelFile, scope: ReadScope) -> None:
    for element, xml in scope.elements.items():
        around = xml.getparent()
        while around is not None and around.tag != f"{BPMN}transaction":
            around = around.getparent()
        if isinstance(element, EndEvent) and _has(element, "cancel") and around is None:
            sentence = Sentence("A cancel end event is allowed only inside a transaction.")
            file.problem("cancel-event", xml, sentence, Sentence("Use an error end event, or a transaction."))


def _everything_is_reached(file: ModelFile, scope: ReadScope) -> None:
    spec = scope.spec
    handler_starts = [each for each in scope.elements if isinstance(each, StartEvent)]
    handlers = [each.compensation_handler for each in scope.elements if isinstance(each, Activity) and each.compensation_handler]
    gateways = [each for each in scope.elements if isinstance(each, EventBasedGateway) and each.is_instantiating]
    reached = _reachable([*spec.starts, *spec.event_starts, *gateways, *handler_starts, *spec.handlers, *handlers])
    for element, xml in scope.elements.items():
        if element not in reached and not isinstance(element, BoundaryEvent):
            fix = Sentence("Connect it, or remove it.")
            file.warning(
                "unreachable",
                xml,
                Sentence("No path leads to {kind} {name}.", kind=kind_said(element.kind), name=element.name),
                fix,
            )


def _reachable(starts: Iterable[FlowNode]) -> set[FlowNode]:
    reached: set[FlowNode] = set()
    to_visit = list(starts)
    while to_visit:
        element = to_visit.pop()
        if element not in reached:
            reached.add(element)
            to_visit.extend(flow.target for flow in element.flows)
            to_visit.extend(element.boundaries)
    return reached


def _compensated_activity_exists(file: ModelFile, scope: ReadScope) -> None:
    for element, xml in scope.elements.items():
        for definition in element.definitions if isinstance(element, ThrowEvent | EndEvent) else ():
            activity = getattr(definition, "activity", None)
            if activity is not None and activity not in file.by_id:
                fix = file.suggestion(activity, file.by_id)
                file.problem(
                    "unknown-reference", xml, Sentence("There is no activity {activity} to compensate.", activity=activity), fix
                )
            elif activity is not None and file.by_id[activity].getparent() not in _compensated_from(scope):
                sentence = Sentence(
                    "Activity {activity} lies in another scope, which compensation thrown here does not reach.", activity=activity
                )
                file.warning("compensation-scope", xml, sentence, Sentence("Name the sub-process of this scope that it lies in."))


def _compensated_from(scope: ReadScope) -> list[Any]:
    """The scope itself; an event sub-process compensates what is beside it as well (BPMN §10.5.5)."""
    is_handler = scope.xml.get("triggeredByEvent") == "true"
    return [scope.xml, scope.xml.getparent()] if is_handler else [scope.xml]


def _has(element: FlowNode, kind: str) -> bool:
    return any(definition.kind == kind for definition in element.definitions)


_RULES: tuple[Callable[[ModelFile, ReadScope], None], ...] = (
    _conditions_are_there,
    _default_flow_fits,
    _flows_are_allowed,
    _gateways_make_sense,
    _events_are_allowed,
    _boundary_events_fit,
    _start_events_inside,
    _cancel_is_inside_a_transaction,
    _compensated_activity_exists,
    _everything_is_reached,
)
