"""Tasks other than user tasks, and call activities: what they do and with what."""

from __future__ import annotations

import re
from typing import Any

from engine.bpmn.elements.subprocesses.call_activity import CallActivity
from engine.bpmn.elements.tasks.business_rule_task import BusinessRuleTask
from engine.bpmn.elements.tasks.jobs import JobElement, Work
from engine.bpmn.elements.tasks.receive_task import ReceiveTask
from engine.bpmn.elements.tasks.script_task import ScriptTask
from engine.bpmn.elements.tasks.send_task import SendTask
from engine.bpmn.expressions import Template
from engine.bpmn.reader.bindings import read_binding
from engine.bpmn.reader.definitions import named
from engine.bpmn.reader.extensions import call_mappings, extensions, named_values, own, own_or_vendor, vendor
from engine.bpmn.reader.file import ModelFile, whole_number
from engine.bpmn.reader.namespaces import BPMN, CAMUNDA, FLOWABLE, LIUZHUAN, SPIFF, ZEEBE
from engine.bpmn.reader.texts import expression, template

_MAX_RETRIES = 100
_RETRY_CYCLES = (f"{CAMUNDA}failedJobRetryTimeCycle", f"{FLOWABLE}failedJobRetryTimeCycle")
_EXPRESSIONS = ("feel", "juel")
_JAVASCRIPT = ("javascript", "ecmascript", "js")


# ---------------------------------------------------------------------- jobs
def read_job(file: ModelFile, task: JobElement, xml: Any) -> None:
    """A connector or a topic; a send task may throw a message instead."""
    connector = next(extensions(xml, f"{LIUZHUAN}connector"), None)
    topic = (
        own_or_vendor(xml, "topic", "topic")
        or _child(xml, f"{ZEEBE}taskDefinition", "type")
        or _child(xml, f"{SPIFF}serviceTaskOperator", "id")
    )
    if connector is not None:
        _read_connector(file, task, connector)
    elif topic:
        task.work = Work("topic", topic, _retries(file, xml))
    elif isinstance(task, SendTask):
        message = named(file, xml, "message", "messageRef")
        task.definitions = [] if message is None else [message]
    else:
        _warn_idle(file, xml)


def _read_connector(file: ModelFile, task: JobElement, xml: Any) -> None:
    name = xml.get("name") or ""
    if not name:
        file.problem("name-missing", xml, "The connector has no name.", "Name a connector such as http.")
    file.must_know(xml, "connector", name)
    task.work = Work("connector", name, whole_number(file, xml, "retries", 3, 0, _MAX_RETRIES))
    task.input_mappings = {**task.input_mappings, **named_values(file, xml.iterchildren(f"{LIUZHUAN}input"), "input")}
    task.output_mappings = {**task.output_mappings, **named_values(file, xml.iterchildren(f"{LIUZHUAN}output"), "output")}


def _retries(file: ModelFile, xml: Any) -> int:
    """Our attribute; that of Zeebe; the number of repetitions in the retry cycle of Camunda, `R5/PT10M`."""
    definition = next(extensions(xml, f"{ZEEBE}taskDefinition"), None)
    if definition is not None and (definition.get("retries") or "").isdigit():
        return whole_number(file, definition, "retries", 3, 0, _MAX_RETRIES)
    cycle = next((re.match(r"R(\d{1,3})/", each.text or "") for each in extensions(xml, *_RETRY_CYCLES)), None)
    if cycle is not None:
        return min(int(cycle[1]), _MAX_RETRIES)
    return whole_number(file, xml, f"{LIUZHUAN}retries", 3, 0, _MAX_RETRIES)


def _warn_idle(file: ModelFile, xml: Any) -> None:
    code = vendor(xml, "class") or vendor(xml, "expression") or vendor(xml, "delegateExpression")
    sentence = (
        f"Its implementation {code} is code of another product and is not run." if code else "It has no connector and no topic."
    )
    fix = "Give it a liuzhuan:connector or a liuzhuan:topic; without one the process goes on at once."
    file.warning("service-task-idle", xml, sentence, fix)


def _child(xml: Any, tag: str, attribute: str) -> str:
    found = next(extensions(xml, tag), None)
    return "" if found is None else (found.get(attribute) or "").strip()


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


def read_decision(file: ModelFile, task: BusinessRuleTask, xml: Any) -> None:
    called = _child(xml, f"{ZEEBE}calledDecision", "decisionId") or _spiff_text(xml, "calledDecisionId")
    text = own(xml, "decision") or vendor(xml, "decisionRef") or vendor(xml, "decisionTableReferenceKey") or called
    task.decision = template(file, xml, text, "The decision")
    task.result_variable = own_or_vendor(xml, "resultVariable", "resultVariable") or _child(
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
    message = named(file, xml, "message", "messageRef")
    task.definitions = [] if message is None else [message]


def read_call(file: ModelFile, call: CallActivity, xml: Any) -> None:
    element = _child(xml, f"{ZEEBE}calledElement", "processId") or (xml.get("calledElement") or "")
    called = template(file, xml, element.rpartition(":")[2] if "{" not in element else element, "The called process")
    if called is None and not element:
        file.problem("called-missing", xml, "The call activity names no process.", "Give it a calledElement.")
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
