"""POST /user-tasks/{id}/complete"""

from __future__ import annotations

from tests.api.conftest import As, codes


def test_a_candidate_completes_a_task_and_the_process_goes_on(leave: str, approval: str, alice: As, bob: As) -> None:
    answer = bob.post(f"/user-tasks/{approval}/complete", {"outcome": "approve", "comment": "好"})
    assert (answer.status_code, answer.json) == (
        200,
        {"processInstanceId": leave, "status": "running", "dropped": []},
    )
    (next_task,) = alice.get("/user-tasks", processInstanceId=leave).json["items"]
    assert (next_task["element"], next_task["assignee"]) == ("hand-over", "alice")
    assert alice.post(f"/user-tasks/{next_task['id']}/complete").json["status"] == "ended"


def test_completing_a_task_twice_is_refused_saying_who_and_when(approval: str, bob: As) -> None:
    bob.post(f"/user-tasks/{approval}/complete", {"outcome": "approve"})
    again = bob.post(f"/user-tasks/{approval}/complete", {"outcome": "approve"})
    assert codes(again) == (409, "user_task_already_completed")
    assert "bob" in again.json["detail"]
    assert "20" in again.json["detail"]


def test_what_the_task_may_not_write_is_dropped_and_named(leave: str, approval: str, bob: As, oscar: As) -> None:
    values = {"employee": "Mallory", "salary": 1, "note": "ok"}
    answer = bob.post(f"/user-tasks/{approval}/complete", {"variables": values, "outcome": "approve"})
    assert answer.json["dropped"] == ["employee", "salary"]
    variables = oscar.get(f"/process-instances/{leave}/variables").json
    assert (variables["employee"], variables["salary"], variables["note"]) == ("Alice", 5000, "ok")


def test_an_outcome_the_task_does_not_have_is_refused(approval: str, bob: As) -> None:
    answer = bob.post(f"/user-tasks/{approval}/complete", {"outcome": "maybe"})
    assert codes(answer) == (422, "variables_refused")
    assert answer.json["errors"][0]["rule"] == "outcome"


def test_a_comment_that_the_outcome_requires_is_asked_for(approval: str, bob: As) -> None:
    assert codes(bob.post(f"/user-tasks/{approval}/complete", {"outcome": "reject"}))[0] == 422
    assert bob.post(f"/user-tasks/{approval}/complete", {"outcome": "reject", "comment": "no"}).status_code == 200


def test_nobody_else_completes_it(approval: str, alice: As, mallory: As) -> None:
    for other in (alice, mallory):
        assert codes(other.post(f"/user-tasks/{approval}/complete", {"outcome": "approve"})) == (404, "not_found")


def test_a_form_is_checked_on_the_server(correction: str, carol: As) -> None:
    answer = carol.post(f"/user-tasks/{correction}/complete", {"variables": {"amount": 5000}}, headers={"Accept-Language": "en"})
    assert codes(answer) == (422, "variables_refused")
    (problem,) = answer.json["errors"]
    assert problem["where"] == "amount"
    assert "Amount" in problem["sentence"]


def test_what_a_form_shows_only_to_read_is_dropped(correction: str, carol: As) -> None:
    answer = carol.post(f"/user-tasks/{correction}/complete", {"variables": {"amount": 7, "approver": "carol"}})
    assert (answer.status_code, answer.json["dropped"]) == (200, ["approver"])


def test_a_field_the_form_does_not_have_is_refused(correction: str, carol: As) -> None:
    answer = carol.post(f"/user-tasks/{correction}/complete", {"variables": {"amount": 7, "isAdmin": True}})
    assert codes(answer) == (422, "variables_refused")


def test_text_that_looks_like_an_expression_stays_text(leave: str, approval: str, bob: As, oscar: As) -> None:
    texts = {"a": "=1+1", "b": "${7*7}", "c": "{{7*7}}", "d": "__import__('os')"}
    bob.post(f"/user-tasks/{approval}/complete", {"variables": texts, "outcome": "approve", "comment": "=1+1"})
    variables = oscar.get(f"/process-instances/{leave}/variables").json
    assert {name: variables[name] for name in texts} == texts
