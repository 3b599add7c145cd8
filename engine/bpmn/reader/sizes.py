"""Names of a model that are longer than what a column keeps, and numbers beyond it: a start would fail on them."""

from __future__ import annotations

from typing import Any

from engine.bpmn.contract import FlowNode
from engine.bpmn.elements.tasks.jobs import JobElement
from engine.bpmn.elements.tasks.user_task import UserTaskElement
from engine.bpmn.event_definitions import NamedDefinition
from engine.bpmn.kinds import kind_said
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.own import own
from engine.bpmn.reader.scopes import ReadScope
from engine.facts.sentences import Sentence
from engine.facts.widths import CANDIDATE, LARGEST, LEAST, NAME
from engine.vocabulary import processes as declared

#: Characters of a text of the model that a sentence shows.
_SHOWN = 40


def check_sizes(file: ModelFile, scope: ReadScope) -> None:
    """Of this scope and those inside of it."""
    if scope.xml.get("id"):
        _check(file, scope.xml, Sentence("The id"), scope.xml.get("id"))
    _check(file, scope.xml, Sentence("The area"), own(scope.xml, declared.AREA))
    for element, xml in scope.elements.items():
        _check_element(file, element, xml)
    for inner in scope.inner:
        check_sizes(file, inner)


def _check_element(file: ModelFile, element: FlowNode, xml: Any) -> None:
    _check(file, xml, Sentence("The id"), element.name)
    for definition in element.definitions:
        if isinstance(definition, NamedDefinition) and definition.name.is_fixed:
            _check(file, xml, Sentence("The name of the {kind}", kind=kind_said(definition.kind)), definition.name.literal)
    if isinstance(element, JobElement) and element.work is not None:
        _check(file, xml, Sentence("The name of the connector or topic"), element.work.name)
    if isinstance(element, UserTaskElement):
        _check_user_task(file, element, xml)


def _check_user_task(file: ModelFile, task: UserTaskElement, xml: Any) -> None:
    if task.form is not None and task.form.is_fixed:
        _check(file, xml, Sentence("The key of the form"), task.form.literal)
    for outcome in task.facts.outcomes:
        _check(file, xml, Sentence("The outcome"), outcome.value)
    for assignment in task.assignments:
        for each in assignment.values():
            for value in each if isinstance(each, list | tuple) else (each,):
                if value.is_fixed and isinstance(value.literal, str):
                    _check(file, xml, Sentence("The assignment"), value.literal, most=CANDIDATE // 2 - len("role:@"))
    priority = task.priority.literal
    if task.priority.is_fixed and not LEAST <= priority <= LARGEST:
        file.problem(
            "number-size",
            xml,
            Sentence("The priority is {number}; at most {limit:,} is kept.", number=priority, limit=LARGEST),
            Sentence("Choose a smaller number."),
        )


def _check(file: ModelFile, xml: Any, what: Sentence, text: str, *, most: int = NAME) -> None:
    if len(text) <= most:
        return
    file.problem(
        "name-size",
        xml,
        Sentence(
            "{what} “{text}…” has {count:,} characters; at most {limit:,} are kept.",
            what=what,
            text=text[:_SHOWN],
            count=len(text),
            limit=most,
        ),
        Sentence("Choose a shorter one."),
    )
