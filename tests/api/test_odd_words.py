"""What scripts say when they fail is told to who asked and kept in the incident, whatever characters it has."""

from __future__ import annotations

import pytest

from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from service.parts import Parts
from tests.api.conftest import As

MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1"
  targetNamespace="t" id="d"><process id="odd" isExecutable="true"><startEvent id="start"/>
  <sequenceFlow id="f1" sourceRef="start" targetRef="{first}"/>{before}
  <scriptTask id="step" scriptFormat="javascript" liuzhuan:resultVariable="made"><script>{script}</script></scriptTask>
  </process></definitions>"""
ASKED = """<userTask id="ask"><extensionElements><liuzhuan:assignment strategy="person" person="alice"/></extensionElements>
  </userTask><sequenceFlow id="f2" sourceRef="ask" targetRef="step"/>"""
SCRIPTS = {
    "an error of a script": r"throw new Error('\ud800\0')",
    "a text that a script throws": r"throw '\udfff\0'",
    "the name of an error": r"var e = new Error('x'); e.name = '\ud800'; throw e",
    "a name of a variable": r"execution.setVariable('\ud800', 1)",
    "a value of a variable": r"execution.setVariable('a', '\ud800\0')",
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("is_later", [False, True])
@pytest.mark.parametrize("case", SCRIPTS)
def test_what_failed_is_told_and_kept(parts: Parts, alice: As, oscar: As, case: str, is_later: bool, language: str) -> None:
    script = SCRIPTS[case]
    model = MODEL.format(first="ask" if is_later else "step", before=ASKED if is_later else "", script=script)
    with parts.begin(SYSTEM) as work:
        deployments.deploy(work, [File("odd.bpmn", model.encode())], name="odd")
    spoken = {"headers": {"Accept-Language": language}}
    answer = alice.request("POST", "/process-definitions/odd/start", json={"variables": {}}, **spoken)
    if is_later:
        assert answer.status_code == 201
        (task,) = alice.get("/user-tasks", processInstanceId=answer.json["id"]).json["items"]
        answer = alice.request("POST", f"/user-tasks/{task['id']}/complete", json={"variables": {}}, **spoken)
        assert [each["element"] for each in oscar.get("/incidents").json["items"]] == ["step"] * (answer.status_code == 422)
    assert answer.status_code == 422
    assert answer.json["detail"].encode()
    assert "\0" not in answer.json["detail"]
