"""User tasks: form, due date, priority, buttons, field rights and who gets them."""

from __future__ import annotations

from typing import Any, TypeVar, get_args

from engine.bpmn.elements.tasks.user_task import UserTask, Wish
from engine.bpmn.expressions import Template
from engine.bpmn.reader.extensions import extensions, own, vendor
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.forms import form_key
from engine.bpmn.reader.namespaces import BPMN, LIUZHUAN, ZEEBE
from engine.bpmn.reader.summaries import read_summary
from engine.bpmn.reader.texts import listed, template, timer
from engine.facts.user_task_facts import Access, CommentRule, FieldRight, Outcome, Style, UserTaskFacts

_STRATEGIES = ("role", "role-in-department", "department-head", "superior", "initiator", "person", "same-as", "lane")
_COMMENTS: tuple[CommentRule, ...] = get_args(CommentRule)
_STYLES: tuple[Style, ...] = get_args(Style)
_ACCESS: tuple[Access, ...] = get_args(Access)

#: One of the names that an attribute may have.
Allowed = TypeVar("Allowed", bound=str)


def read_user_task(file: ModelFile, task: UserTask, xml: Any) -> None:
    task.form = _form(file, xml)
    due = own(xml, "due") or vendor(xml, "dueDate") or _zeebe(xml, "taskSchedule", "dueDate")
    task.due = timer(file, xml, due, "due date") if due else None
    priority = own(xml, "priority") or vendor(xml, "priority") or _zeebe(xml, "priorityDefinition", "priority")
    task.priority = _priority(file, xml, priority)
    task.wishes = _wishes(file, xml)
    task.summary = read_summary(file, xml)
    task.label = xml.get("name") or task.name
    task.label_en = own(xml, "nameEn")
    task.facts = UserTaskFacts(
        documentation=(xml.findtext(f"{BPMN}documentation") or "").strip(),
        documentation_en=own(xml, "documentationEn"),
        outcomes=tuple(_outcome(file, each) for each in extensions(xml, f"{LIUZHUAN}outcome")),
        outcome_variable=own(xml, "outcomeVariable", "outcome"),
        comment=_one_of(file, xml, "comment", own(xml, "comment"), _COMMENTS),
        fields=tuple(_field(file, each) for each in extensions(xml, f"{LIUZHUAN}field")),
        lane=file.lanes.get(task.name, ""),
    )


def _form(file: ModelFile, xml: Any) -> Template | None:
    key = form_key(file, xml)
    form = template(file, xml, key, "The form")
    if form is not None and form.is_fixed:
        file.must_know(xml, "form", form.literal)
    return form


def _priority(file: ModelFile, xml: Any, text: str) -> Template:
    priority = template(file, xml, text, "The priority")
    if priority is None:
        return Template(50)
    if priority.is_fixed:
        try:
            return Template(int(priority.literal))
        except ValueError:
            file.problem("not-a-number", xml, f"The priority is {text!r}.", "Write a whole number or a FEEL expression.")
    return priority


def _outcome(file: ModelFile, xml: Any) -> Outcome:
    value = xml.get("value") or ""
    if not value:
        file.problem("name-missing", xml, "An outcome has no value.", "Give it a value such as approve.")
    return Outcome(
        value,
        name=xml.get("name") or value,
        name_en=xml.get("nameEn") or "",
        style=_one_of(file, xml, "style", xml.get("style") or "", _STYLES),
        comment=_one_of(file, xml, "comment", xml.get("comment") or "", _COMMENTS),
    )


def _field(file: ModelFile, xml: Any) -> FieldRight:
    if not xml.get("name"):
        file.problem("name-missing", xml, "A field right has no name.", "Name the field of the form.")
    variable, dot, _ = (xml.get("name") or "").partition(".")
    if dot:
        sentence = f"A field right is for a whole variable, not for {xml.get('name')!r}."
        file.problem("field-right", xml, sentence, f"Name {variable!r}: the right holds for everything in it.")
    return FieldRight(xml.get("name") or "", _one_of(file, xml, "access", xml.get("access") or "", _ACCESS))


def _one_of(file: ModelFile, xml: Any, name: str, value: str, allowed: tuple[Allowed, ...]) -> Allowed:
    """The value, the first of the allowed ones when there is none."""
    if value and value not in allowed:
        fix = file.suggestion(value, allowed) or f"Choose {', '.join(allowed)}."
        file.problem("value-unknown", xml, f"{name} is {value!r}, which is not known.", fix)
    return next((each for each in allowed if each == value), allowed[0])


# ---------------------------------------------------------------------- who gets it
def _wishes(file: ModelFile, xml: Any) -> list[Wish]:
    wishes: list[Wish] = [_wish(file, each) for each in extensions(xml, f"{LIUZHUAN}assignment")]
    return wishes or _vendor_wishes(file, xml) or _standard_wishes(file, xml)


def _wish(file: ModelFile, xml: Any) -> Wish:
    strategy = xml.get("strategy") or ""
    if strategy not in _STRATEGIES:
        fix = file.suggestion(strategy, _STRATEGIES) or f"Choose {', '.join(_STRATEGIES)}."
        file.problem("strategy-unknown", xml, f"There is no assignment strategy {strategy!r}.", fix)
    wish = {name: template(file, xml, value, f"The {name} of the assignment") or Template("") for name, value in xml.items()}
    role = wish.get("role")
    if role is not None and role.is_fixed:
        file.must_know(xml, "role", role.literal)
    step = xml.get("step")
    if strategy == "same-as" and step not in file.by_id:
        known = [id for id, each in file.by_id.items() if each.tag == f"{BPMN}userTask"]
        file.problem("unknown-reference", xml, f"There is no user task {step}.", file.suggestion(step or "", known))
    return wish


def _vendor_wishes(file: ModelFile, xml: Any) -> list[Wish]:
    assignee = vendor(xml, "assignee") or _zeebe(xml, "assignmentDefinition", "assignee")
    users = vendor(xml, "candidateUsers") or _zeebe(xml, "assignmentDefinition", "candidateUsers")
    groups = vendor(xml, "candidateGroups") or _zeebe(xml, "assignmentDefinition", "candidateGroups")
    wishes: list[Wish] = []
    if assignee:
        wishes.append(_named_person(_listed(file, xml, assignee, "The assignee")[:1]))
    if users:
        wishes.append(_named_person(_listed(file, xml, users, "The candidate users")))
    wishes.extend({"strategy": Template("role"), "role": group} for group in _listed(file, xml, groups, "The candidate groups"))
    return wishes


def _named_person(people: list[Template]) -> Wish:
    return {"strategy": Template("person"), "person": people[0] if len(people) == 1 else people}


def _standard_wishes(file: ModelFile, xml: Any) -> list[Wish]:
    """`humanPerformer` and `potentialOwner` of the standard: `user(id)`, `group(id)` or the id of a group."""
    wishes: list[Wish] = []
    for tag in ("humanPerformer", "performer", "potentialOwner"):
        for performer in xml.iterchildren(BPMN + tag):
            text = performer.findtext(f".//{BPMN}formalExpression") or ""
            for name in listed(text):
                wishes.append(_standard_wish(file, performer, name, tag))
    return wishes


def _standard_wish(file: ModelFile, xml: Any, name: str, tag: str) -> Wish:
    is_person = name.startswith("user(") or (tag != "potentialOwner" and not name.startswith("group("))
    value = template(file, xml, name.removeprefix("user(").removeprefix("group(").removesuffix(")"), "The performer")
    kind = "person" if is_person else "role"
    return {"strategy": Template(kind), kind: value or Template("")}


def _listed(file: ModelFile, xml: Any, text: str, what: str) -> list[Template]:
    """A list separated by commas, or one expression."""
    return [found for part in listed(text) if (found := template(file, xml, part, what)) is not None]


def _zeebe(xml: Any, tag: str, name: str) -> str:
    found = next(extensions(xml, f"{ZEEBE}{tag}"), None)
    return "" if found is None else (found.get(name) or "").strip()
