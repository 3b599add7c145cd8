"""GET /user-tasks and what is done with one: form, claim, unclaim, assign, draft."""

from __future__ import annotations

from tests.api.conftest import As, codes


def test_the_list_shows_a_candidate_what_waits(leave: str, approval: str, bob: As, alice: As) -> None:
    (item,) = bob.get("/user-tasks", view="claimable").json["items"]
    assert (item["id"], item["title"], item["processDefinitionKey"]) == (approval, "Leave of Alice", "leave")
    assert item["createdAt"].endswith("+00:00")
    assert alice.get("/user-tasks").json["items"] == []


def test_pages_follow_each_other_without_gap_or_repeat(alice: As, bob: As) -> None:
    for number in range(5):
        alice.post("/process-definitions/leave/start", {"variables": {"employee": str(number)}})
    seen: list[str] = []
    after = None
    while True:
        page = bob.get("/user-tasks", limit=2, **({"after": after} if after else {})).json
        seen += [item["title"] for item in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == [f"Leave of {number}" for number in (4, 3, 2, 1, 0)]


def test_filters_narrow_the_list(leave: str, approval: str, bob: As) -> None:
    def found(**query: str) -> list[str]:
        return [item["id"] for item in bob.get("/user-tasks", **query).json["items"]]

    assert found(processDefinitionKey="leave", candidateGroup="role:manager", text="leave of") == [approval]
    assert found(processDefinitionKey="expense") == []
    assert found(assignee="bob") == []
    assert found(status="completed") == []


def test_the_list_is_narrowed_by_time_limit_and_priority(leave: str, approval: str, bob: As) -> None:
    def found(**query: object) -> list[str]:
        return [item["id"] for item in bob.get("/user-tasks", **query).json["items"]]

    due = bob.get(f"/user-tasks/{approval}").json["dueAt"]
    assert found(dueFrom=due, hasDue="true", leastPriority=50) == [approval]
    assert found(dueBefore=due) == found(hasDue="false") == found(leastPriority=51) == []
    assert codes(bob.get("/user-tasks", dueFrom="2026-12-28T09:00:00")) == (422, "request_refused")


def test_lines_and_tasks_carry_the_summary_of_their_case(leave: str, approval: str, bob: As) -> None:
    (item,) = bob.get("/user-tasks").json["items"]
    (line,) = item["summary"]
    assert (line["name"], line["nameEn"], line["value"], item["stepsDone"]) == ("员工", "Employee", "Alice", 0)
    assert bob.get(f"/user-tasks/{approval}").json["summary"] == item["summary"]


def test_a_draft_keeps_the_opinion_too(approval: str, bob: As) -> None:
    path = f"/user-tasks/{approval}"
    assert bob.post(f"{path}/draft", {"variables": {"days": 2}, "comment": "也许"}).status_code == 200
    task = bob.get(path).json
    assert (task["draft"], task["draftComment"]) == ({"days": 2}, "也许")
    bob.post(f"{path}/draft", {"variables": None})
    task = bob.get(path).json
    assert (task["draft"], task["draftComment"]) == (None, None)


def test_one_task_tells_outcomes_fields_and_why(approval: str, bob: As) -> None:
    task = bob.get(f"/user-tasks/{approval}").json
    assert [(outcome["value"], outcome["nameEn"]) for outcome in task["outcomes"]] == [
        ("approve", "Approve"),
        ("reject", "Reject"),
    ]
    assert {field["name"]: field["access"] for field in task["fields"]} == {"employee": "read", "salary": "hidden"}
    assert task["candidates"] == ["role:manager"]
    assert task["why"]


def test_what_a_task_hides_never_leaves_the_server(approval: str, bob: As) -> None:
    variables = bob.get(f"/user-tasks/{approval}/variables").json
    assert variables == {"employee": "Alice", "initiator": "alice", "initiatorDepartment": "sales"}
    assert "5000" not in bob.get(f"/user-tasks/{approval}").get_data(as_text=True)


def test_a_form_comes_in_the_language_asked_for_with_rights_applied(correction: str, carol: As) -> None:
    path = f"/user-tasks/{correction}/form"
    english = carol.request("GET", path, headers={"Accept-Language": "en"}).json
    chinese = carol.request("GET", path, headers={"Accept-Language": "zh"}).json
    assert [each["label"] for each in english["schema"]["components"]] == ["Amount", "Approver"]
    assert [each["label"] for each in chinese["schema"]["components"]] == ["金额", "审批人"]
    assert english["schema"]["components"][1]["readonly"] is True
    assert english["values"]["amount"] == 100


def test_a_task_without_a_form_says_so(approval: str, bob: As) -> None:
    assert codes(bob.get(f"/user-tasks/{approval}/form")) == (404, "not_found")


def test_who_claims_a_task_has_it_until_it_is_returned(approval: str, bob: As) -> None:
    assert bob.post(f"/user-tasks/{approval}/claim").json["assignee"] == "bob"
    assert [item["id"] for item in bob.get("/user-tasks", view="mine").json["items"]] == [approval]
    assert bob.post(f"/user-tasks/{approval}/unclaim").json["assignee"] is None
    assert bob.get("/user-tasks", view="mine").json["items"] == []


def test_who_operates_gives_a_task_to_somebody(approval: str, oscar: As, alice: As, bob: As) -> None:
    assert oscar.post(f"/user-tasks/{approval}/assign", {"person": "alice"}).json["assignee"] == "alice"
    assert alice.get(f"/user-tasks/{approval}").status_code == 200
    assert codes(bob.post(f"/user-tasks/{approval}/complete", {"outcome": "approve"})) == (409, "user_task_already_claimed")


def test_a_task_cannot_be_given_to_nobody(approval: str, oscar: As) -> None:
    assert codes(oscar.post(f"/user-tasks/{approval}/assign", {"person": "nobody"})) == (422, "invalid")


def test_a_draft_is_kept_and_shown_again(correction: str, carol: As) -> None:
    assert carol.post(f"/user-tasks/{correction}/draft", {"variables": {"amount": 42}}).status_code == 200
    assert carol.get(f"/user-tasks/{correction}/form").json["values"]["amount"] == 42
    assert carol.post(f"/user-tasks/{correction}/draft", {"variables": None}).status_code == 200
    assert carol.get(f"/user-tasks/{correction}/form").json["values"]["amount"] == 100


def test_a_claim_takes_no_body_but_an_empty_one(approval: str, bob: As) -> None:
    assert codes(bob.post(f"/user-tasks/{approval}/claim", {"person": "alice"})) == (422, "request_refused")


def test_a_draft_is_for_who_may_work_on_the_task_now(approval: str, alice: As, bob: As, oscar: As) -> None:
    """Not for who only sees it: who operates, or could have had it before somebody else took it."""
    path = f"/user-tasks/{approval}"
    bob.post(f"{path}/claim")
    bob.post(f"{path}/draft", {"variables": {"note": "not yet"}, "comment": "really?"})

    def seen(who: As) -> list[object]:
        task = who.get(path).json
        return [task["draft"], task["draftComment"]]

    assert seen(bob) == [{"note": "not yet"}, "really?"]
    assert seen(oscar) == [None, None]
    handed = bob.post(f"{path}/assign", {"person": "alice"}).json
    assert [handed["draft"], handed["draftComment"]] == [None, None]
    assert seen(bob) == [None, None]
    assert seen(alice) == [{"note": "not yet"}, "really?"]


def test_a_task_is_given_only_to_who_may_work(approval: str, oscar: As) -> None:
    refused = oscar.post(f"/user-tasks/{approval}/assign", {"person": "mallory"})
    assert codes(refused) == (422, "invalid")
    assert "mallory may not work on tasks" in refused.json["detail"]
    assert oscar.post(f"/user-tasks/{approval}/assign", {"person": "adam"}).json["assignee"] == "adam"
