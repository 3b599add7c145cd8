"""/decisions"""

from __future__ import annotations

from io import BytesIO

from installation.checkout import ROOT
from tests.api.conftest import As, codes

TIERS = (ROOT / "processes" / "business" / "contract-approval-tier.dmn").read_bytes()


def deploy(dora: As) -> None:
    data = {"files": [(BytesIO(TIERS), "tier.dmn")]}
    answer = dora.request("POST", "/deployments", data=data, content_type="multipart/form-data")
    assert answer.status_code == 201, answer.json


def test_a_deployed_decision_answers_with_its_trace(dora: As, oscar: As) -> None:
    deploy(dora)
    assert [(each["key"], each["version"]) for each in oscar.get("/decisions").json["items"]] == [("contract-approval-tier", 1)]
    answer = oscar.post("/decisions/contract-approval-tier/evaluate", {"variables": {"contractAmount": 1_000_000}}).json
    assert answer["value"] == ["department-manager", "company-leader", "board-member"]
    assert answer["trace"][0]["inputs"] == {"contractAmount": 1_000_000}
    assert answer["trace"][0]["tables"][0]["matched"][0]["rule"] == 3
    assert oscar.get("/decisions/contract-approval-tier/xml").data == TIERS


def test_an_unknown_decision_or_version_is_not_found(dora: As, oscar: As) -> None:
    deploy(dora)
    assert codes(oscar.post("/decisions/tier/evaluate", {})) == (404, "not_found")
    assert codes(oscar.post("/decisions/contract-approval-tier/evaluate", {"version": 2})) == (404, "not_found")


def test_who_has_no_right_may_not_ask(dora: As, mallory: As) -> None:
    deploy(dora)
    assert codes(mallory.get("/decisions")) == (403, "not_allowed")
    assert codes(mallory.get("/decisions/contract-approval-tier/xml")) == (403, "not_allowed")
    assert codes(mallory.post("/decisions/contract-approval-tier/evaluate", {})) == (403, "not_allowed")


ASKING = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1"
             targetNamespace="t">
  <process id="asking" name="Asking" isExecutable="true">
    <startEvent id="start"/>
    <businessRuleTask id="tier" liuzhuan:decision="contract-approval-tier" liuzhuan:resultVariable="approvers"/>
    <userTask id="look"><extensionElements><liuzhuan:assignment strategy="initiator"/></extensionElements></userTask>
    <sequenceFlow id="f1" sourceRef="start" targetRef="tier"/>
    <sequenceFlow id="f2" sourceRef="tier" targetRef="look"/>
  </process>
</definitions>"""


def test_an_instance_keeps_what_its_rule_tasks_asked(dora: As, oscar: As) -> None:
    data = {"files": [(BytesIO(TIERS), "tier.dmn"), (BytesIO(ASKING.encode()), "asking.bpmn")]}
    assert dora.request("POST", "/deployments", data=data, content_type="multipart/form-data").status_code == 201
    id = dora.post("/process-definitions/asking/start", {"variables": {"contractAmount": 5}}).json["id"]
    (asked,) = oscar.get(f"/process-instances/{id}/decisions").json["items"]
    assert (asked["version"], asked["element"], asked["decision"]) == (1, "tier", "contract-approval-tier")
    assert "contract-approval-tier-rule-1" in str(asked["trace"])
