"""XML of a flow node to its element. The table of tags is the list of what can be executed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn.elements.events.boundary import BoundaryEvent
from engine.bpmn.elements.events.catch import CatchEvent
from engine.bpmn.elements.events.end import EndEvent
from engine.bpmn.elements.events.start import StartEvent
from engine.bpmn.elements.events.throw import ThrowEvent
from engine.bpmn.elements.executable_node import ExecutableNode
from engine.bpmn.elements.gateways.complex import ComplexGateway
from engine.bpmn.elements.gateways.event_based import EventBasedGateway
from engine.bpmn.elements.gateways.exclusive import ExclusiveGateway
from engine.bpmn.elements.gateways.inclusive import InclusiveGateway
from engine.bpmn.elements.gateways.parallel import ParallelGateway
from engine.bpmn.elements.subprocesses.ad_hoc import AdHocSubProcess
from engine.bpmn.elements.subprocesses.call_activity import CallActivity
from engine.bpmn.elements.subprocesses.event_sub_process import EventSubProcess
from engine.bpmn.elements.subprocesses.sub_process import SubProcess
from engine.bpmn.elements.subprocesses.transaction import Transaction
from engine.bpmn.elements.tasks.activity import Activity
from engine.bpmn.elements.tasks.business_rule_task import BusinessRuleTask
from engine.bpmn.elements.tasks.jobs import JobElement
from engine.bpmn.elements.tasks.none_task import NoneTask
from engine.bpmn.elements.tasks.receive_task import ReceiveTask
from engine.bpmn.elements.tasks.script_task import ScriptTask
from engine.bpmn.elements.tasks.send_task import SendTask
from engine.bpmn.elements.tasks.service_task import ServiceTask
from engine.bpmn.elements.tasks.user_task import ManualTask, UserTaskElement
from engine.bpmn.elements.tasks.work_elsewhere import BusinessRuleWork, EndWork, ScriptWork, ThrowWork
from engine.bpmn.model import ElementFacts
from engine.bpmn.process_spec import ProcessSpec
from engine.bpmn.reader.activities import read_activity
from engine.bpmn.reader.bindings import check_no_form_binding, read_form_binding
from engine.bpmn.reader.credentials import check_credentials
from engine.bpmn.reader.definitions import event_definitions
from engine.bpmn.reader.extensions import initiator_alias, inputs, outputs
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.forms import form_key
from engine.bpmn.reader.namespaces import BPMN
from engine.bpmn.reader.own import own
from engine.bpmn.reader.scripts import read_script
from engine.bpmn.reader.services import is_work, read_job
from engine.bpmn.reader.tasks import names_a_decision, read_call, read_decision, read_receive
from engine.bpmn.reader.texts import expression
from engine.bpmn.reader.user_tasks import read_user_task
from engine.bpmn.reader.vendors import warn_of_code
from engine.facts.sentences import Sentence
from engine.vocabulary.texts import DOCUMENTATION_EN, NAME_EN

_CLASSES: tuple[type[ExecutableNode], ...] = (
    StartEvent, EndEvent, CatchEvent, ThrowEvent, BoundaryEvent,
    ExclusiveGateway, ParallelGateway, InclusiveGateway, ComplexGateway, EventBasedGateway,
    NoneTask, UserTaskElement, ManualTask, ServiceTask, SendTask, ReceiveTask, ScriptTask, BusinessRuleTask,
    SubProcess, Transaction, AdHocSubProcess, CallActivity,
)  # fmt: skip

#: What can be executed, by its tag in BPMN's schema.
ELEMENTS: Mapping[str, type[ExecutableNode]] = {each.kind: each for each in _CLASSES}

#: Those of them that may name a worker or a class of another product, and what they become then.
WORK: Mapping[str, type[ExecutableNode]] = {each.kind: each for each in (BusinessRuleWork, ScriptWork, ThrowWork, EndWork)}

#: Children of a process that are no flow nodes.
OTHER_CHILDREN = frozenset({
    "extensionElements", "documentation", "auditing", "monitoring", "ioSpecification", "ioBinding", "property", "laneSet",
    "sequenceFlow", "dataObject", "dataObjectReference", "dataStoreReference", "association", "group", "textAnnotation",
    "artifact", "resourceRole", "performer", "humanPerformer", "potentialOwner", "correlationSubscription", "supports",
    "supportedInterfaceRef", "incoming", "outgoing", "completionCondition", "standardLoopCharacteristics",
    "multiInstanceLoopCharacteristics", "dataInputAssociation", "dataOutputAssociation",
})  # fmt: skip


def read_flow_node(file: ModelFile, spec: ProcessSpec, xml: Any) -> ExecutableNode:
    """The element, without its sequence flows and what is inside of it."""
    element = _class_of(xml)(spec, xml.get("id"), bpmn_name=xml.get("name"), lane=file.lanes.get(xml.get("id")))
    element.input_mappings, element.output_mappings = inputs(file, xml), outputs(file, xml)
    _read_event(file, element, xml)
    if isinstance(element, Activity):
        read_activity(file, element, xml)
    _read_particulars(file, element, xml)
    warn_of_code(file, xml)
    return element


def _class_of(xml: Any) -> type[ExecutableNode]:
    tag = xml.tag[len(BPMN) :]
    if tag == "subProcess" and xml.get("triggeredByEvent") == "true":
        return EventSubProcess
    if tag in WORK and is_work(xml) and not names_a_decision(xml):
        return WORK[tag]
    return ELEMENTS[tag]


def _read_event(file: ModelFile, element: ExecutableNode, xml: Any) -> None:
    element.is_parallel_multiple = xml.get("parallelMultiple") == "true"
    if isinstance(element, StartEvent):
        element.is_interrupting = xml.get("isInterrupting", "true") == "true"
        element.form = form_key(file, xml)
        file.must_know(xml, "form", element.form)
    if isinstance(element, BoundaryEvent):
        element.is_interrupting = xml.get("cancelActivity", "true") == "true"
    if xml.tag.endswith("Event") and not isinstance(element, JobElement):
        element.definitions = event_definitions(file, xml)
    if isinstance(element, StartEvent) and not element.definitions:
        element.output_mappings = {**initiator_alias(file, xml), **element.output_mappings}


def _read_particulars(file: ModelFile, element: ExecutableNode, xml: Any) -> None:
    """What only this kind of element has."""
    match element:
        case UserTaskElement():
            read_user_task(file, element, xml)
        case JobElement():
            read_job(file, element, xml)
            if element.work is not None and not file.is_deployed:
                check_credentials(file, element.input_mappings, xml)
        case ReceiveTask():
            read_receive(file, element, xml)
        case ScriptTask():
            read_script(file, element, xml)
        case BusinessRuleTask():
            read_decision(file, element, xml)
        case CallActivity():
            read_call(file, element, xml)
        case ComplexGateway() if xml.find(f"{BPMN}activationCondition") is not None:
            text = xml.findtext(f"{BPMN}activationCondition")
            element.activation = expression(file, xml, text, Sentence("The activation condition"))
        case EventBasedGateway():
            element.is_instantiating = xml.get("instantiate") == "true"
            element.is_parallel = xml.get("eventGatewayType") == "Parallel"


def _form_binding(file: ModelFile, xml: Any, element: ExecutableNode, form: str) -> tuple[str, int | None]:
    if form:
        return read_form_binding(file, xml)
    if isinstance(element, StartEvent) or (isinstance(element, UserTaskElement) and element.form is None):
        check_no_form_binding(file, xml)
    return "", None


def facts_of(file: ModelFile, element: ExecutableNode, xml: Any, parent: str) -> ElementFacts:
    """The element as lists and pages show it."""
    form = element.form if isinstance(element, StartEvent) else ""
    if isinstance(element, UserTaskElement) and element.form is not None:
        form = element.form.literal or ""
    binding, version = _form_binding(file, xml, element, form)
    decision = element.decision if isinstance(element, BusinessRuleTask) else None
    called = element.called if isinstance(element, CallActivity) else None
    work = element.work if isinstance(element, JobElement) else None
    decides = element.facts if isinstance(element, UserTaskElement) else None
    return ElementFacts(
        id=element.name,
        kind=element.kind,
        name=xml.get("name") or "",
        name_en=own(xml, NAME_EN),
        documentation=(xml.findtext(f"{BPMN}documentation") or "").strip(),
        documentation_en=own(xml, DOCUMENTATION_EN),
        lane=file.lanes.get(element.name, ""),
        form=form,
        form_binding=binding,
        form_version=version,
        parent=parent,
        decision=(decision.literal or "") if decision else "",
        called=(called.literal or "") if called else "",
        connector=work.name if work else "",
        secrets=element.secrets if isinstance(element, JobElement) else (),
        outcome_variable=decides.outcome_variable if decides and decides.outcomes else "",
    )
