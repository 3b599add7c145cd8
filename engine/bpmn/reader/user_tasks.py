"""User tasks: form, due date, priority, buttons, field rights and who gets them."""

from __future__ import annotations

from typing import Any

from engine.bpmn.elements.tasks.user_task import Assignment, UserTaskElement
from engine.bpmn.expressions import Template
from engine.bpmn.reader.extensions import extensions, own_or_vendor, vendor
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.forms import form_key
from engine.bpmn.reader.namespaces import BPMN, ZEEBE
from engine.bpmn.reader.own import one_of, own, own_children, written_at
from engine.bpmn.reader.summaries import read_summary
from engine.bpmn.reader.texts import listed, template, timer
from engine.facts.sentences import Sentence
from engine.facts.user_task_facts import FieldRight, Outcome, UserTaskFacts
from engine.vocabulary import user_tasks as declared
from engine.vocabulary.texts import DOCUMENTATION_EN, NAME_EN


def read_user_task(file: ModelFile, task: UserTaskElement, xml: Any) -> None:
    task.form = _form(file, xml)
    due = own_or_vendor(xml, declared.DUE, "dueDate") or _zeebe(xml, "taskSchedule", "dueDate")
    task.due = timer(file, xml, due, Sentence("due date")) if due else None
    priority = own_or_vendor(xml, declared.PRIORITY, "priority") or _zeebe(xml, "priorityDefinition", "priority")
    task.priority = _priority(file, xml, priority)
    task.assignments = _assignments(file, xml)
    task.summary = read_summary(file, xml)
    task.label = xml.get("name") or task.name
    task.label_en = own(xml, NAME_EN)
    task.facts = UserTaskFacts(
        documentation=(xml.findtext(f"{BPMN}documentation") or "").strip(),
        documentation_en=own(xml, DOCUMENTATION_EN),
        outcomes=tuple(map(_outcome, own_children(xml, declared.OUTCOME))),
        outcome_variable=own(xml, declared.OUTCOME_VARIABLE),
        comment=one_of(xml, declared.COMMENT, declared.COMMENT_RULES),
        fields=tuple(_field(file, each) for each in own_children(xml, declared.FIELD)),
        lane=file.lanes.get(task.name, ""),
    )


def _form(file: ModelFile, xml: Any) -> Template | None:
    key = form_key(file, xml)
    form = template(file, xml, key, Sentence("The form"))
    if form is not None and form.is_fixed:
        file.must_know(xml, "form", form.literal)
    return form


def _priority(file: ModelFile, xml: Any, text: str) -> Template:
    priority = template(file, xml, text, Sentence("The priority"))
    if priority is not None and not priority.is_fixed:
        return priority
    if declared.PRIORITY.allows(text):
        return Template(int(text))
    if text and not written_at(xml, declared.PRIORITY):
        file.problem(
            "not-a-number",
            xml,
            Sentence("The priority is “{text}”.", text=text),
            Sentence("Write a whole number or a FEEL expression."),
        )
    return Template(int(declared.PRIORITY.default))


def _outcome(xml: Any) -> Outcome:
    value = own(xml, declared.OUTCOME_VALUE)
    return Outcome(
        value,
        name=own(xml, declared.OUTCOME_NAME) or value,
        name_en=own(xml, declared.OUTCOME_NAME_EN),
        style=one_of(xml, declared.STYLE, declared.STYLES),
        comment=one_of(xml, declared.OUTCOME_COMMENT, declared.COMMENT_RULES),
    )


def _field(file: ModelFile, xml: Any) -> FieldRight:
    name = own(xml, declared.FIELD_NAME)
    variable, dot, _ = name.partition(".")
    if dot:
        sentence = Sentence("A field right is for a whole variable, not for '{name}'.", name=name)
        file.problem(
            "field-right", xml, sentence, Sentence("Name '{variable}': the right holds for everything in it.", variable=variable)
        )
    return FieldRight(name, one_of(xml, declared.ACCESS, declared.ACCESSES))


# ---------------------------------------------------------------------- who gets it
def _assignments(file: ModelFile, xml: Any) -> list[Assignment]:
    holders = [xml] if written_at(xml, declared.STRATEGY_OF_TASK) else []
    assignments = [_assignment(file, each) for each in (*holders, *own_children(xml, declared.ASSIGNMENT))]
    return assignments or _vendor_assignments(file, xml) or _standard_assignments(file, xml)


def _assignment(file: ModelFile, xml: Any) -> Assignment:
    """Of a `<liuzhuan:assignment>`, or of a user task that has the strategy and its parameters as attributes."""
    strategy = own(xml, declared.STRATEGY)
    parameters = declared.BY_STRATEGY.entries(strategy)
    values = {entry.name: written_at(xml, entry) for entry in parameters}
    given = {
        name: template(file, xml, text, Sentence("The {name} of the assignment", name=name))
        for name, text in values.items()
        if text
    }
    return {"strategy": Template(strategy), **{name: value or Template("") for name, value in given.items()}}


def _vendor_assignments(file: ModelFile, xml: Any) -> list[Assignment]:
    assignee = vendor(xml, "assignee") or _zeebe(xml, "assignmentDefinition", "assignee")
    users = vendor(xml, "candidateUsers") or _zeebe(xml, "assignmentDefinition", "candidateUsers")
    groups = vendor(xml, "candidateGroups") or _zeebe(xml, "assignmentDefinition", "candidateGroups")
    assignments: list[Assignment] = []
    if assignee:
        assignments.append(_named_person(_listed(file, xml, assignee, Sentence("The assignee"))[:1]))
    if users:
        assignments.append(_named_person(_listed(file, xml, users, Sentence("The candidate users"))))
    assignments.extend(
        {"strategy": Template("role"), "role": group} for group in _listed(file, xml, groups, Sentence("The candidate groups"))
    )
    return assignments


def _named_person(people: list[Template]) -> Assignment:
    return {"strategy": Template("person"), "person": people[0] if len(people) == 1 else people}


def _standard_assignments(file: ModelFile, xml: Any) -> list[Assignment]:
    """`humanPerformer` and `potentialOwner` of the standard: `user(id)`, `group(id)` or the id of a group."""
    assignments: list[Assignment] = []
    for tag in ("humanPerformer", "performer", "potentialOwner"):
        for performer in xml.iterchildren(BPMN + tag):
            text = performer.findtext(f".//{BPMN}formalExpression") or ""
            for name in listed(text):
                assignments.append(_standard_assignment(file, performer, name, tag))
    return assignments


def _standard_assignment(file: ModelFile, xml: Any, name: str, tag: str) -> Assignment:
    is_person = name.startswith("user(") or (tag != "potentialOwner" and not name.startswith("group("))
    value = template(file, xml, name.removeprefix("user(").removeprefix("group(").removesuffix(")"), Sentence("The performer"))
    kind = "person" if is_person else "role"
    return {"strategy": Template(kind), kind: value or Template("")}


def _listed(file: ModelFile, xml: Any, text: str, what: Sentence) -> list[Template]:
    """A list separated by commas, or one expression."""
    return [found for part in listed(text) if (found := template(file, xml, part, what)) is not None]


def _zeebe(xml: Any, tag: str, name: str) -> str:
    found = next(extensions(xml, f"{ZEEBE}{tag}"), None)
    return "" if found is None else (found.get(name) or "").strip()
