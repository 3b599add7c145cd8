"""Process instances: start, list, get, cancel, suspend, resume, variables, history, tokens."""

from __future__ import annotations

from io import BytesIO

import pytest

from tests.api.conftest import As, codes


def test_a_start_answers_where_the_process_is(alice: As) -> None:
    answer = alice.post("/process-definitions/leave/start", {"variables": {"employee": "Alice"}, "businessKey": "L-1"})
    assert answer.status_code == 201
    started = answer.json
    assert (started["title"], started["businessKey"], started["initiator"]) == ("Leave of Alice", "L-1", "alice")
    assert alice.get(f"/process-instances/{started['id']}").json == started


def test_a_start_form_is_checked(carol: As) -> None:
    path = "/process-definitions/expense/start"
    assert codes(carol.post(path, {"variables": {}})) == (422, "variables_refused")
    assert codes(carol.post(path, {"variables": {"amount": "much"}})) == (422, "variables_refused")
    assert carol.post(path, {"variables": {"amount": 5}}).status_code == 201
    assert carol.get("/process-definitions/expense/form").json["schema"]["components"]


def test_starting_what_is_not_there_is_not_found(alice: As) -> None:
    assert codes(alice.post("/process-definitions/no-such-key/start", {})) == (404, "not_found")


def test_an_idempotency_key_gets_the_first_answer_again(alice: As) -> None:
    body = {"variables": {"employee": "Alice"}}
    first = alice.post("/process-definitions/leave/start", body, headers={"Idempotency-Key": "k-1"})
    again = alice.post("/process-definitions/leave/start", body, headers={"Idempotency-Key": "k-1"})
    assert (first.status_code, again.status_code, again.json) == (201, 201, first.json)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(alice.get("/process-instances").json["items"]) == 1


def test_an_idempotency_key_is_for_one_request_of_one_person(alice: As, bob: As) -> None:
    key = {"Idempotency-Key": "k-1"}
    path = "/process-definitions/leave/start"
    alice.post(path, {"variables": {"employee": "Alice"}}, headers=key)
    assert codes(alice.post(path, {"variables": {"employee": "Eve"}}, headers=key)) == (409, "idempotency_key_reused")
    assert bob.post(path, {"variables": {"employee": "Bob"}}, headers=key).json["initiator"] == "bob"
    assert codes(alice.post(path, {}, headers={"Idempotency-Key": "k" * 201})) == (422, "request_refused")


def test_a_refused_request_does_not_use_its_key_up(carol: As) -> None:
    key = {"Idempotency-Key": "k-1"}
    path = "/process-definitions/expense/start"
    assert carol.post(path, {"variables": {"amount": 5000}}, headers=key).status_code == 422
    assert carol.post(path, {"variables": {"amount": 5}}, headers=key).status_code == 201


def test_the_list_is_scoped_and_filtered(leave: str, alice: As, bob: As, oscar: As, carol: As) -> None:
    for who in (alice, bob, oscar):
        assert [item["id"] for item in who.get("/process-instances").json["items"]] == [leave]
    assert carol.get("/process-instances").json["items"] == []
    assert oscar.get("/process-instances", status="ended").json["items"] == []
    assert [item["id"] for item in oscar.get("/process-instances", initiator="alice", text="leave").json["items"]] == [leave]


def test_the_list_is_narrowed_by_where_it_is_and_when_it_began(leave: str, approval: str, oscar: As) -> None:
    def found(**query: str) -> list[str]:
        return [item["id"] for item in oscar.get("/process-instances", **query).json["items"]]

    began = oscar.get(f"/process-instances/{leave}").json["startedAt"]
    assert found(element="approve", startedFrom=began, open="true", processDefinitionKey="leave") == [leave]
    assert found(element="hand-over") == found(startedBefore=began) == []


def test_the_reason_of_a_suspension_stands_in_the_history(leave: str, oscar: As) -> None:
    assert oscar.post(f"/process-instances/{leave}/suspend", {"reason": "The customer asked."}).status_code == 200
    last = oscar.get(f"/process-instances/{leave}/history").json["items"][-1]
    assert (last["verb"], last["events"][-1]["why"]) == ("suspend", "The customer asked.")
    assert oscar.get(f"/process-instances/{leave}/record").json["items"][1]["comment"] == "The customer asked."


def test_who_started_it_cancels_it_with_a_reason(leave: str, alice: As, bob: As) -> None:
    assert codes(bob.post(f"/process-instances/{leave}/cancel", {"reason": "no"}))[0] == 403
    assert codes(alice.post(f"/process-instances/{leave}/cancel", {})) == (422, "request_refused")
    cancelled = alice.post(f"/process-instances/{leave}/cancel", {"reason": "I stay."}).json
    assert (cancelled["status"], cancelled["outcome"]) == ("ended", "cancelled")
    assert codes(alice.post(f"/process-instances/{leave}/cancel", {"reason": "Again."})) == (409, "process_instance_ended")


def test_while_suspended_nothing_goes_on(leave: str, approval: str, oscar: As, bob: As) -> None:
    assert oscar.post(f"/process-instances/{leave}/suspend").json["status"] == "suspended"
    assert codes(bob.post(f"/user-tasks/{approval}/complete", {"outcome": "approve"})) == (409, "process_instance_suspended")
    assert oscar.post(f"/process-instances/{leave}/resume").json["status"] == "running"
    assert bob.post(f"/user-tasks/{approval}/complete", {"outcome": "approve"}).status_code == 200


def test_who_operates_repairs_variables(leave: str, oscar: As, alice: As) -> None:
    path = f"/process-instances/{leave}/variables"
    assert oscar.post(path, {"variables": {"salary": 6000}}).status_code == 200
    assert oscar.get(path).json["salary"] == 6000
    assert codes(alice.get(path))[0] == 403


def test_history_tells_who_did_what(leave: str, approval: str, bob: As) -> None:
    bob.post(f"/user-tasks/{approval}/claim")
    bob.post(f"/user-tasks/{approval}/complete", {"outcome": "approve"})
    steps = bob.get(f"/process-instances/{leave}/history").json["items"]
    assert [(step["actor"], step["verb"]) for step in steps] == [("alice", "start"), ("bob", "claim"), ("bob", "complete")]
    first = bob.get(f"/process-instances/{leave}/history", limit=1).json
    rest = bob.get(f"/process-instances/{leave}/history", after=first["next"]).json
    assert ([step["version"] for step in rest["items"]], rest["next"]) == ([2, 3], None)


def test_the_history_says_values_only_to_who_operates(leave: str, approval: str, alice: As, bob: As, oscar: As) -> None:
    oscar.post(f"/process-instances/{leave}/variables", {"variables": {"salary": 6001}})
    bob.post(f"/user-tasks/{approval}/complete", {"variables": {"days": 12_345}, "outcome": "approve"})
    for who, is_told in ((alice, False), (bob, False), (oscar, True)):
        told = str(who.get(f"/process-instances/{leave}/history").json)
        assert ("6001" in told, "12345" in told) == (is_told, is_told)
        assert who.get(f"/process-instances/{leave}/decisions").status_code == (200 if is_told else 403)


def test_the_record_tells_who_did_what_with_which_words_and_files(
    leave: str, approval: str, alice: As, bob: As, mallory: As
) -> None:
    file = bob.post("/attachments", data={"file": (BytesIO(b"%PDF"), "plan.pdf"), "userTaskId": approval}).json
    waiting = bob.get(f"/process-instances/{leave}/record").json["items"][-1]
    assert (waiting["action"], waiting["candidates"], waiting["person"]) == ("waiting", ["role:manager"], None)
    bob.post(f"/user-tasks/{approval}/complete", {"outcome": "approve", "comment": "同意"})
    started, approved, *_ = alice.get(f"/process-instances/{leave}/record").json["items"]
    assert (started["version"], started["action"], started["person"]) == (1, "started", "alice")
    # Version 2 added the file.
    assert (approved["version"], approved["action"], approved["person"]) == (3, "completed", "bob")
    assert (approved["outcome"], approved["comment"], approved["seconds"] >= 0) == ("approve", "同意", True)
    assert [each["id"] for each in approved["attachments"]] == [file["id"]]
    assert codes(mallory.get(f"/process-instances/{leave}/record"))[0] == 404


def test_the_record_comes_in_pages(leave: str, approval: str, bob: As) -> None:
    bob.post(f"/user-tasks/{approval}/complete", {"outcome": "approve"})
    first = bob.get(f"/process-instances/{leave}/record", limit=1).json
    rest = bob.get(f"/process-instances/{leave}/record", after=first["next"]).json
    actions = [each["action"] for each in (*first["items"], *rest["items"])]
    assert (actions, rest["next"]) == (["started", "completed", "waiting"], None)


def test_tokens_tell_where_it_is(leave: str, alice: As) -> None:
    tokens = alice.get(f"/process-instances/{leave}/tokens").json["items"]
    assert [token["element"] for token in tokens if token["kind"] == "userTask"] == ["approve"]


@pytest.mark.parametrize(("depth", "status"), [(32, 201), (33, 413)])
def test_variables_are_limited_in_depth(alice: As, depth: int, status: int) -> None:
    value: object = 1
    for _ in range(depth - 2):
        value = [value]
    assert alice.post("/process-definitions/leave/start", {"variables": {"employee": value}}).status_code == status
