"""A process of the file: its scope, and the facts the rest of the engine knows it by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bpmn.contract import FlowNode
from engine.bpmn.elements.events.start import StartEvent
from engine.bpmn.event_definitions import (
    ConditionalDefinition,
    EventDefinition,
    NamedDefinition,
    TimerDefinition,
)
from engine.bpmn.model import ElementFacts, Process, Starter, StartTrigger
from engine.bpmn.reader.extensions import vendor
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import ACTIVITI, BPMN, FLOWABLE
from engine.bpmn.reader.own import own, own_children
from engine.bpmn.reader.rules import check_scope
from engine.bpmn.reader.scopes import ReadScope, read_scope
from engine.bpmn.reader.sizes import check_sizes
from engine.bpmn.reader.texts import template
from engine.facts.sentences import Sentence
from engine.vocabulary import processes as declared
from engine.vocabulary.texts import DOCUMENTATION_EN, NAME_EN


def to_read(root: Any) -> list[Any]:
    """The executable processes; when there is none, all that have any content: the file is a drawing."""
    processes = list(root.iterchildren(f"{BPMN}process"))
    executable = [xml for xml in processes if is_executable(xml)]
    return executable or [xml for xml in processes if xml.find(f"{BPMN}*") is not None]


def is_executable(xml: Any) -> bool:
    """Marked so. Flowable and Activiti execute a process without a mark, so one written for them needs none."""
    mark = xml.get("isExecutable")
    if mark is None:
        return any(space[1:-1] in xml.nsmap.values() for space in (FLOWABLE, ACTIVITI))
    return mark in ("true", "1")


def read_process(file: ModelFile, xml: Any) -> Process | None:
    id = xml.get("id")
    if not id:
        file.problem(
            "id-missing", xml, Sentence("A process has no id."), Sentence("Give it an id; it becomes the key of the definition.")
        )
        return None
    facts: dict[str, ElementFacts] = {}
    scope = read_scope(file, xml, facts)
    check_scope(file, scope, is_process=True)
    if not file.is_deployed:
        check_sizes(file, scope)
    if not is_executable(xml):
        sentence = Sentence(
            "Process {id} is not marked executable: it is a drawing, which can be looked at and not started.", id=id
        )
        file.warning("not-executable", xml, sentence, Sentence('Set isExecutable="true" to have it deployed.'))
    return Process(
        id=id,
        name=xml.get("name") or id,
        name_en=own(xml, NAME_EN),
        is_executable=is_executable(xml),
        documentation=(xml.findtext(f"{BPMN}documentation") or "").strip(),
        documentation_en=own(xml, DOCUMENTATION_EN),
        area=own(xml, declared.AREA),
        title=template(file, xml, own(xml, declared.TITLE), Sentence("The title")),
        business_key=template(file, xml, own(xml, declared.BUSINESS_KEY), Sentence("The business key")),
        starters=tuple(_starters(file, xml)),
        administrators=tuple(own(each, declared.ROLE) for each in own_children(xml, declared.ADMINISTRATOR)),
        elements=facts,
        start_triggers=tuple(_start_triggers(scope)),
        called=_distinct(each.called for each in facts.values()),
        decisions=_distinct(each.decision for each in facts.values()),
        forms=_distinct(each.form for each in facts.values()),
        spec=scope.spec,
    )


def _distinct(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _starters(file: ModelFile, xml: Any) -> Iterator[Starter]:
    for each in own_children(xml, declared.STARTER):
        yield Starter(own(each, declared.ROLE), own(each, declared.DEPARTMENT))
    if vendor(xml, "candidateStarterUsers"):
        sentence = Sentence(
            "Here roles start a process: that {names} may start it is not read.", names=vendor(xml, "candidateStarterUsers")
        )
        file.warning(
            "starter-ignored", xml, sentence, Sentence("Name a role in liuzhuan:starter; without one everybody may start it.")
        )
    for group in vendor(xml, "candidateStarterGroups").split(","):
        if group.strip():
            yield Starter(group.strip())


def _start_triggers(scope: ReadScope) -> Iterator[StartTrigger]:
    for element in (*scope.spec.starts, *scope.spec.event_starts):
        if not element.definitions and isinstance(element, StartEvent):
            yield StartTrigger(element.name, "none", form=element.form or None)
        for definition in element.definitions if element in scope.spec.event_starts else ():
            yield _trigger(element, definition)


def _trigger(element: FlowNode, definition: EventDefinition) -> StartTrigger:
    kind: Any = definition.kind
    if isinstance(definition, NamedDefinition):
        return StartTrigger(element.name, kind, definition.name.literal)
    if isinstance(definition, TimerDefinition):
        return StartTrigger(element.name, kind, definition.text.literal, timer=definition)
    if isinstance(definition, ConditionalDefinition):
        return StartTrigger(element.name, kind, definition.condition.text, condition=definition.condition)
    return StartTrigger(element.name, kind)
