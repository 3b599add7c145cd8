"""What a service, send, rule or script task has done elsewhere: a connector, a topic, or the code of another product as a topic.

A class or a bean of another product cannot run here. Passing it over would change what the process does, so it becomes a job: its
name is the topic, and a worker that asks for the topic does the work.
"""

from __future__ import annotations

import re
from typing import Any

from engine.bpmn.elements.tasks.jobs import JobElement, Work
from engine.bpmn.elements.tasks.send_task import SendTask
from engine.bpmn.expressions import Template
from engine.bpmn.reader.connectors import read_connector
from engine.bpmn.reader.definitions import named
from engine.bpmn.reader.extensions import Templates, extensions, own_or_vendor, vendor
from engine.bpmn.reader.file import ModelFile, whole_number
from engine.bpmn.reader.namespaces import BPMN, CAMUNDA, CAMUNDA_FAMILY, FLOWABLE, SPIFF, ZEEBE
from engine.bpmn.reader.own import number, written_at
from engine.bpmn.reader.parameters import parameters
from engine.bpmn.reader.texts import assignment_if_possible, compiled_if_possible, is_juel
from engine.facts.sentences import Sentence
from engine.vocabulary.work import RETRIES, TOPIC

_RETRY_CYCLES = (f"{CAMUNDA}failedJobRetryTimeCycle", f"{FLOWABLE}failedJobRetryTimeCycle")
#: The name in `${mail}` or `${mail.send(order)}`.
_BEAN = re.compile(r"[$#]\{\s*([\w.]+)")
_MESSAGE = f"{BPMN}messageEventDefinition"


def is_work(xml: Any) -> bool:
    """Whether the element names somebody who does it: where BPMN has other ways, as a rule task or a throw event has."""
    return any(_topic(each) or _implementation(each) for each in _holders(xml))


def read_job(file: ModelFile, task: JobElement, xml: Any) -> None:
    """A connector or a topic; a send task may throw a message instead."""
    topic = next(filter(None, map(_topic, _holders(xml))), "")
    if read_connector(file, task, xml):
        return
    if topic:
        task.work = Work("topic", topic, _retries(file, xml))
    else:
        _read_implementation(file, task, xml)


def _holders(xml: Any) -> tuple[Any, ...]:
    """Where the attributes are: a message event has them on its event definition."""
    return (xml, *xml.iterchildren(_MESSAGE))


def _topic(xml: Any) -> str:
    return (
        own_or_vendor(xml, TOPIC, "topic")
        or child(xml, f"{ZEEBE}taskDefinition", "type")
        or child(xml, f"{SPIFF}serviceTaskOperator", "id")
    )


def child(xml: Any, tag: str, attribute: str) -> str:
    """An attribute of the first extension element with that tag."""
    found = next(extensions(xml, tag), None)
    return "" if found is None else (found.get(attribute) or "").strip()


# ---------------------------------------------------------------------- retries
def _retries(file: ModelFile, xml: Any) -> int:
    """Repetitions: our attribute. Zeebe, and the retry cycle of Camunda (`R5/PT10M`), count the first try too."""
    if written_at(xml, RETRIES):
        return number(xml, RETRIES)
    definition = next(extensions(xml, f"{ZEEBE}taskDefinition"), None)
    if definition is not None and (definition.get("retries") or "").isdigit():
        return max(0, whole_number(file, definition, "retries", number(xml, RETRIES) + 1, *RETRIES.limits) - 1)
    cycle = next((re.match(r"R(\d{1,3})/", each.text or "") for each in extensions(xml, *_RETRY_CYCLES)), None)
    return number(xml, RETRIES) if cycle is None else max(0, min(int(cycle[1]) - 1, RETRIES.limits[1]))


# ---------------------------------------------------------------------- code of other products
def _read_implementation(file: ModelFile, task: JobElement, xml: Any) -> None:
    holder = next((each for each in _holders(xml) if _implementation(each)), None)
    if holder is None:
        _read_standard(file, task, xml)
    elif not _is_evaluated(file, task, holder):
        code = _implementation(holder)
        bean = _BEAN.match(code)
        task.input_mappings = {**_fields(file, holder), **_connector_inputs(file, holder), **task.input_mappings}
        _leave_to_worker(file, task, xml, code if bean is None else bean[1], Sentence("Its implementation {code}", code=code))


def _leave_to_worker(file: ModelFile, task: JobElement, xml: Any, topic: str, what: Sentence) -> None:
    task.work = Work("topic", topic, _retries(file, xml))
    sentence = Sentence("{what} is not run here: the task waits for a worker with the topic {topic}.", what=what, topic=topic)
    fix = Sentence("Let a worker do jobs of this topic, or give it a liuzhuan:connector instead.")
    file.warning("service-task-code", xml, sentence, fix)


def _read_standard(file: ModelFile, task: JobElement, xml: Any) -> None:
    """The ways of BPMN itself: the message of a send task, the operation of a web service."""
    operation = file.resolve(xml, "operationRef", "operation")
    if operation is not None:
        topic = operation.get("name") or operation.get("id")
        _leave_to_worker(file, task, xml, topic, Sentence("The operation {topic}", topic=topic))
    elif isinstance(task, SendTask):
        message = named(file, xml, "message", "messageRef")
        task.definitions = [] if message is None else [message]
    else:
        fix = Sentence("Give it a liuzhuan:connector or a liuzhuan:topic; without one the process goes on at once.")
        file.warning("service-task-idle", xml, Sentence("It has no connector and no topic."), fix)


def _implementation(xml: Any) -> str:
    """What another product would call: a class, a bean, a connector or one of its built-in kinds of task."""
    names = (vendor(xml, name) for name in ("class", "delegateExpression", "expression", "type"))
    return next(filter(None, names), "") or _connector_id(xml)


def _connector_id(xml: Any) -> str:
    connector = next(extensions(xml, f"{CAMUNDA}connector"), None)
    return "" if connector is None else (connector.findtext(f"{CAMUNDA}connectorId") or "").strip()


def _is_evaluated(file: ModelFile, task: JobElement, xml: Any) -> bool:
    """`camunda:expression` without a call of a bean is FEEL: its value goes to the result variable, or to the one it sets."""
    text = vendor(xml, "expression")
    if not text or vendor(xml, "class") or vendor(xml, "delegateExpression"):
        return False
    assigned = assignment_if_possible(file, text)
    found = compiled_if_possible(file, text) if assigned is None else assigned[1]
    if found is None:
        return False
    result = assigned[0] if assigned else vendor(xml, "resultVariable") or vendor(xml, "resultVariableName")
    if result:
        task.output_mappings = {result: Template(None, found), **task.output_mappings}
    return True


def _fields(file: ModelFile, xml: Any) -> Templates:
    """`<camunda:field name= stringValue= expression=/>`, or with a child instead of the attribute.

    They are written for the class: what FEEL cannot say reaches the worker as it stands.
    """
    found: Templates = {}
    for each in extensions(xml, *(space + "field" for space in CAMUNDA_FAMILY)):
        inside = next((one.text for one in each.iterchildren() if (one.text or "").strip()), "")
        text = (each.get("stringValue") or each.get("expression") or inside or "").strip()
        compiled = compiled_if_possible(file, text) if is_juel(text) else None
        if each.get("name"):
            found[each.get("name")] = Template(text if compiled is None else None, compiled)
    return found


def _connector_inputs(file: ModelFile, xml: Any) -> Templates:
    found: Templates = {}
    for connector in extensions(xml, f"{CAMUNDA}connector"):
        found.update(parameters(file, connector.iterchildren(f"{CAMUNDA}inputOutput"), "inputParameter"))
    return found
