"""Decisions, messages that are waited for, and calls: what they do and with what."""

from __future__ import annotations

from typing import Any

from engine.bpmn.elements.subprocesses.call_activity import CallActivity
from engine.bpmn.elements.tasks.business_rule_task import BusinessRuleTask
from engine.bpmn.elements.tasks.receive_task import ReceiveTask
from engine.bpmn.event_definitions import NamedDefinition
from engine.bpmn.expressions import Template
from engine.bpmn.reader.bindings import read_binding
from engine.bpmn.reader.definitions import named
from engine.bpmn.reader.extensions import call_mappings, extensions, own_or_vendor, vendor
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import BPMN, SPIFF, ZEEBE
from engine.bpmn.reader.services import child
from engine.bpmn.reader.texts import template
from engine.facts.sentences import Sentence
from engine.vocabulary.work import DECISION, RESULT_VARIABLE


# ---------------------------------------------------------------------- decisions
def names_a_decision(xml: Any) -> bool:
    return bool(_decision_of(xml))


def _decision_of(xml: Any) -> str:
    called = child(xml, f"{ZEEBE}calledDecision", "decisionId") or _spiff_text(xml, "calledDecisionId")
    return own_or_vendor(xml, DECISION, "decisionRef") or vendor(xml, "decisionTableReferenceKey") or called


def read_decision(file: ModelFile, task: BusinessRuleTask, xml: Any) -> None:
    text = _decision_of(xml)
    task.decision = template(file, xml, text, Sentence("The decision"))
    task.result_variable = own_or_vendor(xml, RESULT_VARIABLE, "resultVariable") or child(
        xml, f"{ZEEBE}calledDecision", "resultVariable"
    )
    task.binding, task.version = read_binding(file, xml, "decisionRef")
    if task.decision is None and not text:
        file.warning(
            "decision-missing",
            xml,
            Sentence("It names no decision; the process goes on at once."),
            Sentence("Give it liuzhuan:decision."),
        )
    elif task.decision is not None and task.decision.is_fixed:
        file.must_know(xml, "decision", task.decision.literal)


def _spiff_text(xml: Any, tag: str) -> str:
    found = next(extensions(xml, SPIFF + tag), None)
    return "" if found is None else (found.text or "").strip()


# ---------------------------------------------------------------------- messages and calls
def read_receive(file: ModelFile, task: ReceiveTask, xml: Any) -> None:
    task.is_instantiating = xml.get("instantiate") == "true"
    if xml.get("messageRef"):
        message = named(file, xml, "message", "messageRef")
        task.definitions = [] if message is None else [message]
    elif not task.is_instantiating:
        _wait_for_its_id(file, task, xml)
    else:
        named(file, xml, "message", "messageRef")  # tells that it is missing


def _wait_for_its_id(file: ModelFile, task: ReceiveTask, xml: Any) -> None:
    """Other products go on by a call that names the task; here that is a message of the task's name."""
    task.definitions = [NamedDefinition("message", Template(task.name))]
    sentence = Sentence("The receive task names no message: it waits for one with the name {name}.", name=task.name)
    file.warning("message-missing", xml, sentence, Sentence("Choose a message."))


def read_call(file: ModelFile, call: CallActivity, xml: Any) -> None:
    element = child(xml, f"{ZEEBE}calledElement", "processId") or (xml.get("calledElement") or "")
    called = template(file, xml, element.rpartition(":")[2] if "{" not in element else element, Sentence("The called process"))
    if called is None and not element:
        case = vendor(xml, "caseRef")
        sentence = (
            Sentence("It calls the case {case}; cases (CMMN) are not run.", case=case)
            if case
            else Sentence("The call activity names no process.")
        )
        file.problem("called-missing", xml, sentence, Sentence("Give it a calledElement."))
    call.called = called or Template("")
    call.binding, call.version = read_binding(file, xml, "calledElement")
    entering, call.passes_all_in = call_mappings(file, xml, "in")
    returning, call.passes_all_out = call_mappings(file, xml, "out")
    call.input_mappings = {**entering, **call.input_mappings}
    call.output_mappings = {**returning, **call.output_mappings}
    if called is not None and called.is_fixed:
        _check_called(file, xml, called.literal)


def _check_called(file: ModelFile, xml: Any, key: str) -> None:
    found = file.by_id.get(key)
    kind = "" if found is None else found.tag.removeprefix(BPMN)
    if kind.startswith("global"):
        sentence = Sentence("It calls {key}, a {kind}; only processes are called.", key=key, kind=kind)
        file.problem("called-missing", xml, sentence, Sentence("Draw the task itself in its place."))
    elif kind != "process":
        file.must_know(xml, "process", key, is_warning=True)
