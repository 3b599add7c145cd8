"""What people see of a process who do not read its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from engine.definitions.diagrams import diagram_of
from installation.checkout import ROOT

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SHIPPED = sorted((ROOT / "processes").glob("*/*.bpmn"))

SECRETIVE = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
    xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" targetNamespace="t">
  <!-- hidden -->
  <bpmn:process id="p" name="支付" liuzhuan:nameEn="Pay" liuzhuan:title="=hidden" camunda:candidateStarterUsers="hidden">
    <bpmn:documentation>hidden</bpmn:documentation>
    <bpmn:scriptTask id="s" name="计算" camunda:resource="hidden"><bpmn:script>hidden</bpmn:script></bpmn:scriptTask>
    <bpmn:serviceTask id="c"><bpmn:extensionElements><liuzhuan:connector name="http"><liuzhuan:input name="url" value="hidden"/>
      </liuzhuan:connector></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:sequenceFlow id="f" sourceRef="s" targetRef="c"><bpmn:conditionExpression>hidden</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:boundaryEvent id="b" attachedToRef="c"><bpmn:timerEventDefinition id="t"><bpmn:timeDuration>hidden</bpmn:timeDuration>
    </bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:textAnnotation id="a"><bpmn:text>shown</bpmn:text></bpmn:textAnnotation>
    <camunda:anything>hidden</camunda:anything>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane bpmnElement="p"><bpmndi:BPMNShape id="x" bpmnElement="s" bioc:fill="#fff"/>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>""".encode()


def drawn(file: bytes) -> Iterator[tuple[Any, ...]]:
    """What a viewer shows or finds others by."""
    for element in etree.fromstring(file).iter(etree.Element):
        if element.tag.startswith(BPMN) and element.get("id"):
            yield element.tag, *(element.get(name) for name in ("id", "name", "sourceRef", "targetRef", "attachedToRef"))
        elif element.tag.endswith(("}Bounds", "}waypoint", "}BPMNShape", "}BPMNEdge")):
            yield element.tag, sorted(element.attrib.items())
        elif element.tag in (f"{BPMN}flowNodeRef", f"{BPMN}text"):
            yield element.tag, element.text


def test_how_a_process_decides_does_not_leave_the_server() -> None:
    diagram = diagram_of(SECRETIVE).decode()
    assert "hidden" not in diagram
    assert [word in diagram for word in ("支付", "Pay", "计算", "shown", "#fff", "timerEventDefinition")] == [True] * 6


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_everything_that_is_drawn_stays(path: Path) -> None:
    file = path.read_bytes()
    assert list(drawn(diagram_of(file))) == list(drawn(file))
