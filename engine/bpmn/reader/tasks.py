"""Scripts, decisions, messages that are waited for, and calls: what they do and with what."""

from __future__ import annotations

from typing import Any

from engine.bpmn.elements.events.definitions import NamedDefinition
from engine.bpmn.elements.subprocesses.call_activity import CallActivity
from engine.bpmn.elements.tasks.business_rule_task import BusinessRuleTask
from engine.bpmn.elements.tasks.receive_task import ReceiveTask
from engine.bpmn.elements.tasks.script_task import ScriptTask
from engine.bpmn.expressions import Template
from engine.bpmn.reader.bindings import read_binding
from engine.bpmn.reader.definitions import named
from engine.bpmn.reader.extensions import call_mappings, extensions, own, own_or_vendor, vendor
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import BPMN, SPIFF, ZEEBE
from engine.bpmn.reader.services import child
from engine.bpmn.reader.texts import expression, template

_EXPRESSIONS = ("feel", "juel")
_JAVASCRIPT = ("javascript", "ecmascript", "js")


# ---------------------------------------------------------------------- scripts and decisions
def read_script(file: ModelFile, task: ScriptTask, xml: Any) -> None:
    zeebe = next(extensions(xml, f"{ZEEBE}script"), None)
    task.result_variable = own_or_vendor(xml, "resultVariable", "resultVariable")
    if zeebe is not None:
        task.result_variable = task.result_variable or zeebe.get("resultVariable") or ""
        task.expression = expression(file, xml, zeebe.get("expression"), "The script")
        return
    task.source = (xml.findtext(f"{BPMN}script") or "").strip()
    language = (xml.get("scriptFormat") or "feel").lower().rpartition("/")[2].removeprefix("x-")
    if not task.source:
        file.warning("script-empty", xml, "The script is empty; the process goes on at once.")
    elif language in _EXPRESSIONS:
        task.expression = expression(file, xml, task.source, "The script")
    elif language in _JAVASCRIPT:
        task.language = "javascript"
    else:
        sentence = f"Scripts in {xml.get('scriptFormat')} are not run."
        fix = 'Write it in FEEL (scriptFormat="feel") or JavaScript (scriptFormat="javascript").'
        file.problem("script-language", xml, sentence, fix)


def names_a_decision(xml: Any) -> bool:
    return bool(_decision_of(xml))


def _decision_of(xml: Any) -> str:
    called = child(xml, f"{ZEEBE}calledDecision", "decisionId") or _spiff_text(xml, "calledDecisionId")
    return own(xml, "decision") or vendor(xml, "decisionRef") or vendor(xml, "decisionTableReferenceKey") or called


def read_decision(file: ModelFile, task: BusinessRuleTask, xml: Any) -> None:
    text = _decision_of(xml)
    task.decision = template(file, xml, text, "The decision")
    task.result_variable = own_or_vendor(xml, "resultVariable", "resultVariable") or child(
        xml, f"{ZEEBE}calledDecision", "resultVariable"
    )
    task.binding, task.version = read_binding(file, xml, "decisionRef")
    if task.decision is None and not text:
        file.warning("decision-missing", xml, "It names no decision; the process goes on at once.", "Give it liuzhuan:decision.")
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
    sentence = f"The receive task names no message: it waits for one with the name {task.name}."
    file.warning("message-missing", xml, sentence, "Choose a message.")


def read_call(file: ModelFile, call: CallActivity, xml: Any) -> None:
    element = child(xml, f"{ZEEBE}calledElement", "processId") or (xml.get("calledElement") or "")
    called = template(file, xml, element.rpartition(":")[2] if "{" not in element else element, "The called process")
    if called is None and not element:
        case = vendor(xml, "caseRef")
        sentence = f"It calls the case {case}; cases (CMMN) are not run." if case else "The call activity names no process."
        file.problem("called-missing", xml, sentence, "Give it a calledElement.")
    call.called = called or Template("")
    call.binding, call.version = read_binding(file, xml, "calledElement")
    entering, call.passes_all_in = call_mappings(file, xml, "in")
    returning, call.passes_all_out = call_mappings(file, xml, "out")
    call.input_mappings = {**entering, **call.input_mappings}
    call.output_mappings = {**returning, **call.output_mappings}
    if called is not None and called.is_fixed and _is_elsewhere(file, called.literal):
        file.must_know(xml, "process", called.literal, is_warning=True)


def _is_elsewhere(file: ModelFile, key: str) -> bool:
    return key not in file.by_id
