"""The shipped models by themselves: clean, complete, drawn, and reading only what exists."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from engine import bpmn, dmn, feel
from engine.calendars import CHINA
from engine.calendars.functions import functions_of
from service.connectors import connectors
from service.identity import company_file
from service.settings import Settings
from tests.processes.models import (
    BPMN,
    BPMNDI,
    DC,
    DECISIONS,
    FORMS,
    OURS,
    PROCESSES,
    ROOT,
    fields,
    flow_nodes,
    key_of,
    kind,
    schema,
    tree,
)
from tests.processes.office import COMPANY

FUNCTIONS = functions_of(CHINA)
ROLES, DEPARTMENTS = (
    {row.text("id") for row in company_file.read(COMPANY).rows if row.kind == kind} for kind in ("roles", "departments")
)
LEAD = set(fields(schema("business/lead-registration")))
PAYMENT = {"paymentAmount", "paymentDate", "paymentReference"}

#: What other systems send along; docs/processes.md tells them so.
MESSAGES = {
    "lead-received": LEAD,
    "intake-requested": LEAD,
    "customer-change-requested": {"changeDescription"},
    "payment-received": PAYMENT,
}
#: Known inside a list's filter and a multi-instance.
LOCAL = {"item", "loopCounter"}

each_process = pytest.mark.parametrize("path", PROCESSES, ids=lambda path: path.stem)


class Shipped:
    """What the shipped files may refer to."""

    def knows_form(self, key: str) -> bool:
        return key in {key_of(form) for form in FORMS}

    def knows_decision(self, key: str) -> bool:
        return key in {path.stem for path in DECISIONS}

    def knows_process(self, key: str) -> bool:
        return key in {path.stem for path in PROCESSES}

    def knows_role(self, id: str) -> bool:
        return id in ROLES

    def knows_department(self, id: str) -> bool:
        return id in DEPARTMENTS

    def knows_secret(self, name: str) -> bool:
        return False

    def knows_person(self, id: str) -> bool:
        return False


@each_process
def test_a_model_is_read_without_a_single_problem(path: Path) -> None:
    known = connectors(Settings())
    reading = bpmn.read(path.read_bytes(), checks=Shipped(), connectors=known, functions=tuple(FUNCTIONS), schema=True)
    assert reading.problems == ()
    assert reading.model is not None and list(reading.model.processes) == [path.stem]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_read_without_a_single_problem(path: Path) -> None:
    assert dmn.read(path.read_bytes()).problems == ()


def test_every_decision_and_form_is_used() -> None:
    used = {element.get(f"{OURS}{name}") for path in PROCESSES for element in tree(path).iter() for name in ("form", "decision")}
    assert {key_of(form) for form in FORMS} | {path.stem for path in DECISIONS} <= used


@each_process
def test_everything_that_has_a_name_has_an_english_one(path: Path) -> None:
    named = [each for each in tree(path).iter(f"{BPMN}*") if each.get("name") and kind(each) not in ("message", "escalation")]
    noted = tree(path).iter(f"{BPMN}textAnnotation")
    documented = [each.getparent() for each in tree(path).iter(f"{BPMN}documentation")]
    assert [each.get("id") for each in documented if not each.get(f"{OURS}documentationEn")] == []
    assert [each.get("id") for each in (*named, *noted) if not each.get(f"{OURS}nameEn")] == []


@each_process
def test_every_message_to_people_is_there_in_english(path: Path) -> None:
    for connector in tree(path).iter(f"{OURS}connector"):
        inputs = {each.get("name") for each in connector}
        assert connector.get("name") != "notify" or {"subject", "subjectEn", "text", "textEn"} <= inputs


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_everything_in_a_decision_that_people_read_is_there_in_english(path: Path) -> None:
    root = tree(path).getroot()
    named = [each for each in root.iter() if kind(each) in ("decision", "inputData", "input", "output")]
    described = [each.getparent() for each in root.iter("{*}description")]
    assert [each.get("id") for each in named if not each.get(f"{OURS}nameEn")] == []
    assert [each.get("id") for each in described if not each.get(f"{OURS}descriptionEn")] == []


@each_process
def test_every_step_of_a_person_is_explained_and_assigned(path: Path) -> None:
    for task in flow_nodes(tree(path), ("userTask",)):
        assert len(task.findtext(f"{BPMN}documentation") or "") > 10, task.get("id")
        assert task.find(f".//{OURS}assignment") is not None, task.get("id")
        assert task.get(f"{OURS}form"), task.get("id")


@each_process
def test_every_exclusive_gateway_has_a_way_out_when_no_condition_is_true(path: Path) -> None:
    for gateway in flow_nodes(tree(path), ("exclusiveGateway",)):
        if len(gateway.findall(f"{BPMN}outgoing")) > 1:
            assert gateway.get("default"), gateway.get("id")


# ---------------------------------------------------------------------------------------------- what is read exists
def called_with(key: str) -> set[str]:
    """The variables that call activities of other shipped processes hand in."""
    found: set[str] = set()
    for path in PROCESSES:
        for call in tree(path).iter(f"{BPMN}callActivity"):
            if call.get("calledElement") == key:
                found |= {each.get("name") for each in call.iter(f"{OURS}input")}
    return found


def written(root: Any, key: str) -> set[str]:
    """Every variable that the process can have."""
    names = {each.get("name") for tag in ("output", "input") for each in root.iter(f"{OURS}{tag}")}
    for element in root.iter(f"{BPMN}*"):
        names |= {element.get(f"{OURS}{name}") for name in ("resultVariable", "outcomeVariable", "element", "outputCollection")}
        if element.get(f"{OURS}form"):
            names |= set(fields(schema(element.get(f"{OURS}form"))))
        if kind(element) == "message":
            names |= MESSAGES[element.get("name")]
    return names | called_with(key)


def expressions(root: Any) -> Iterator[str]:
    for element in root.iter(f"{BPMN}*", f"{OURS}*"):
        for value in element.attrib.values():
            if value.startswith("="):
                yield value[1:]
        text = (element.text or "").strip()
        if kind(element) in ("conditionExpression", "completionCondition", "timeDate", "timeDuration") or text.startswith("="):
            yield text.removeprefix("=")
        if kind(element) == "script":
            yield text


@each_process
def test_expressions_read_only_variables_that_exist(path: Path) -> None:
    root = tree(path).getroot()
    known = written(root, path.stem) | LOCAL | set(FUNCTIONS) | {"add", "working", "days"}
    for text in expressions(root):
        unknown = set(feel.compile_expression(text, tuple(FUNCTIONS)).names) - known
        assert unknown <= written_by_called(root), f"{text} reads {unknown}"


def written_by_called(root: Any) -> set[str]:
    """The outputs of a call activity read the variables of the called process."""
    keys = {call.get("calledElement") for call in root.iter(f"{BPMN}callActivity")}
    return {name for path in PROCESSES if path.stem in keys for name in written(tree(path).getroot(), path.stem)}


@each_process
def test_field_rights_name_fields_of_their_form(path: Path) -> None:
    for task in flow_nodes(tree(path), ("userTask",)):
        named = {each.get("name") for each in task.iter(f"{OURS}field")}
        assert named <= set(fields(schema(task.get(f"{OURS}form")))), task.get("id")


# ---------------------------------------------------------------------------------------------- the diagram
Box = tuple[float, float, float, float]


def boxes(root: Any, of: str = "BPMNShape") -> dict[str, Box]:
    """Left, top, right, bottom of every shape, or of every label."""
    found = {}
    for shape in root.iter(f"{BPMNDI}BPMNShape", f"{BPMNDI}BPMNEdge"):
        holder = shape if of == "BPMNShape" else shape.find(f"{BPMNDI}{of}")
        bounds = None if holder is None else holder.find(f"{DC}Bounds")
        if bounds is not None:
            x, y, width, height = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
            found[shape.get("bpmnElement")] = (x, y, x + width, y + height)
    return found


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def holds(a: Box, b: Box) -> bool:
    return a[0] <= b[0] and a[1] <= b[1] and a[2] >= b[2] and a[3] >= b[3]


@each_process
def test_everything_is_drawn(path: Path) -> None:
    root = tree(path).getroot()
    drawn = {each.get("bpmnElement") for each in root.iter(f"{BPMNDI}BPMNShape", f"{BPMNDI}BPMNEdge")}
    wanted = [*flow_nodes(root), *root.iter(f"{BPMN}sequenceFlow", f"{BPMN}lane", f"{BPMN}participant", f"{BPMN}textAnnotation")]
    assert {each.get("id") for each in wanted} <= drawn


@each_process
def test_no_shape_covers_another(path: Path) -> None:
    root = tree(path).getroot()
    host = {each.get("id"): each.get("attachedToRef") for each in flow_nodes(root)}
    shapes = {id: box for id, box in boxes(root).items() if id in host}
    for (first, a), (second, b) in combinations(shapes.items(), 2):
        belongs = holds(a, b) or holds(b, a) or host[first] == second or host[second] == first
        assert belongs or not overlap(a, b), f"{first} and {second}"


@each_process
def test_no_label_covers_a_shape_or_another_label(path: Path) -> None:
    root = tree(path).getroot()
    labels = boxes(root, "BPMNLabel")
    frames = {each.get("id") for each in root.iter(f"{BPMN}subProcess", f"{BPMN}lane", f"{BPMN}participant")}
    shapes = {id: box for id, box in boxes(root).items() if id not in frames}
    for (first, a), (second, b) in combinations(labels.items(), 2):
        assert not overlap(a, b), f"the labels of {first} and {second}"
    for label, a in labels.items():
        assert not [id for id, b in shapes.items() if id != label and overlap(a, b)], f"the label of {label}"


@each_process
def test_sequence_flows_run_straight_along_the_grid(path: Path) -> None:
    for edge in tree(path).iter(f"{BPMNDI}BPMNEdge"):
        if edge.get("bpmnElement") in {each.get("id") for each in tree(path).iter(f"{BPMN}sequenceFlow")}:
            points = [(point.get("x"), point.get("y")) for point in edge if kind(point) == "waypoint"]
            assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points)), edge.get("bpmnElement")


@each_process
def test_elements_lie_in_their_lane(path: Path) -> None:
    root = tree(path).getroot()
    shapes = boxes(root)
    for lane in root.iter(f"{BPMN}lane"):
        for reference in lane.iter(f"{BPMN}flowNodeRef"):
            _, top, _, bottom = shapes[reference.text]
            assert shapes[lane.get("id")][1] <= (top + bottom) / 2 <= shapes[lane.get("id")][3], reference.text


def test_every_process_is_described_for_managers() -> None:
    for language in ("md", "zh.md"):
        text = (ROOT / "docs" / f"processes.{language}").read_text()
        for path in PROCESSES:
            assert f"`{path.stem}`" in text, path.stem
        for message, variables in MESSAGES.items():
            assert all(f"`{name}`" in text for name in (message, *variables)), message
