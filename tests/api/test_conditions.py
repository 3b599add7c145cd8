"""POST /conditions/evaluate"""

from __future__ import annotations

from tests.api.conftest import As, codes


def test_a_condition_that_holds_starts_its_process(oscar: As) -> None:
    answer = oscar.post("/conditions/evaluate", {"variables": {"temperature": -5}, "businessKey": "W-1"})
    assert answer.status_code == 200, answer.json
    (started,) = answer.json["items"]
    assert (started["processDefinitionKey"], started["businessKey"], started["status"]) == ("frost", "W-1", "running")
    assert oscar.get(f"/process-instances/{started['id']}/variables").json["temperature"] == -5


def test_no_condition_no_process(oscar: As) -> None:
    assert oscar.post("/conditions/evaluate", {"variables": {"temperature": 5}}).json == {"items": []}
    asked = {"variables": {"temperature": -5}, "processDefinitionKey": "leave"}
    assert oscar.post("/conditions/evaluate", asked).json == {"items": []}


def test_an_unknown_process_is_not_found(oscar: As) -> None:
    assert codes(oscar.post("/conditions/evaluate", {"processDefinitionKey": "rain"})) == (404, "not_found")


def test_it_needs_the_right_to_operate(alice: As) -> None:
    assert codes(alice.post("/conditions/evaluate", {"variables": {"temperature": -5}})) == (403, "not_allowed")


def test_the_same_request_again_starts_nothing_more(oscar: As) -> None:
    key = {"Idempotency-Key": "frost-1"}
    first = oscar.post("/conditions/evaluate", {"variables": {"temperature": -5}}, headers=key).json
    assert oscar.post("/conditions/evaluate", {"variables": {"temperature": -5}}, headers=key).json == first
    assert len(oscar.get("/process-instances", processDefinitionKey="frost").json["items"]) == 1
