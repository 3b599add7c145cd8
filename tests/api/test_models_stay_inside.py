"""What stands in models reaches nobody who neither designs nor operates: every GET of the API and of the pages is asked by
somebody who started a case of the process and has its task, and none of the answers has a word of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM, Right
from service.identity.importing import import_company
from service.parts import Parts
from tests.api.asking import API, BODIES, UNKNOWN, person, routes
from tests.api.conftest import MODELS, As, company

MARK = "word-of-the-model-4711"
DECISION = f"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="t" name="d" id="d">
  <decision id="leave" name="leave"><variable name="leave"/>
    <literalExpression><text>"{MARK}"</text></literalExpression></decision></definitions>""".encode()
#: Beside what the process does: places in which a model says something that is not drawn.
MORE = f"""
    <serviceTask id="call" name="call"><extensionElements><liuzhuan:connector name="http">
      <liuzhuan:input name="url" value="https://{MARK}.example.com/"/>
      <liuzhuan:input name="headers" value='={{Authorization: "{MARK}"}}'/>
    </liuzhuan:connector></extensionElements></serviceTask>
    <scriptTask id="compute" name="compute" liuzhuan:resultVariable="x"><script>"{MARK}"</script></scriptTask>
    <exclusiveGateway id="which" name="which" default="m4"/>
    <sequenceFlow id="m1" sourceRef="call" targetRef="compute"/><sequenceFlow id="m2" sourceRef="compute" targetRef="which"/>
    <sequenceFlow id="m3" sourceRef="which" targetRef="end-1">
      <conditionExpression>x = "{MARK}"</conditionExpression></sequenceFlow>
    <sequenceFlow id="m4" sourceRef="which" targetRef="end-2"/><endEvent id="end-1" name="e"/><endEvent id="end-2" name="e"/>
    <intermediateCatchEvent id="later" name="later"><timerEventDefinition>
      <timeDuration>=if "{MARK}" = "x" then "PT1H" else "PT2H"</timeDuration></timerEventDefinition></intermediateCatchEvent>
  </process>"""


@pytest.fixture
def own(parts: Parts, adam: As) -> dict[str, str]:
    """The process says more than is drawn; adam has started it, and has its task."""
    model = (
        (MODELS / "expense.bpmn").read_text(encoding="utf-8").replace("</process>", MORE).replace('id="expense"', 'id="leave"')
    )
    files = [File("leave.bpmn", model.encode()), File("leave.dmn", DECISION)]
    with parts.begin(SYSTEM) as work:
        deployments.deploy(work, files, name="tests")
    instance = str(adam.post("/process-definitions/leave/start", {"variables": {"amount": 1}}).json["id"])
    (task,) = adam.get("/user-tasks", processInstanceId=instance).json["items"]
    endpoint = adam.post("/webhook-endpoints", BODIES["POST /webhook-endpoints"]).json["id"]
    definition = adam.get("/process-definitions/leave").json["id"]
    return {
        "process-instances": instance,
        "user-tasks": task["id"],
        "process-definitions": definition,
        "webhook-endpoints": endpoint,
    }


@pytest.fixture
def answers(app: Flask, parts: Parts, own: dict[str, str]) -> Callable[[Right | None], Iterator[tuple[str, int, str]]]:
    """Of every GET, to adam with work, start and this right: its name, its status, its text."""

    def asked(right: Right | None) -> Iterator[tuple[str, int, str]]:
        whole = company()
        rights: frozenset[Right] = frozenset({"work", "start", right} if right else {"work", "start"})
        adam = replace(whole.members["adam"], rights=rights)
        with parts.begin(SYSTEM) as work:
            import_company(work, replace(whole, members={**whole.members, "adam": adam}))
        client = person(app, parts).client
        for route in routes(app):
            if route.method == "GET":
                path = route.path.replace("<uuid:id>", own.get(route.noun, UNKNOWN)).replace("<uuid:delivery_id>", UNKNOWN)
                path = path.replace("<path:key>", "tests/expense").replace("<key>", "leave")
                query = {"processInstanceId": own["process-instances"]} if route.path == "/attachments" else {}
                answer = client.get((API if route.is_api else "") + path, query_string=query)
                yield route.name, answer.status_code, answer.get_data(as_text=True)

    return asked


def test_who_neither_designs_nor_operates_reads_no_word_of_a_model(
    answers: Callable[[Right | None], Iterator[tuple[str, int, str]]],
) -> None:
    found = list(answers(None))
    assert [name for name, _, text in found if MARK in text] == []
    assert sum(status == 200 for _, status, _ in found) > 30


@pytest.mark.parametrize("right", ["design", "operate"])
def test_who_designs_or_operates_reads_it(
    answers: Callable[[Right | None], Iterator[tuple[str, int, str]]], right: Right
) -> None:
    """Else the test above would find nothing because nothing is there."""
    found = {name for name, _, text in answers(right) if MARK in text}
    assert {"GET /process-definitions/<uuid:id>/xml", "GET /decisions/<key>/xml"} <= found
