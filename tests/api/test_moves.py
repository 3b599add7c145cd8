"""POST /process-instances/{id}/move and …/move/preview"""

from __future__ import annotations

import pytest

from tests.api.conftest import As, codes


@pytest.fixture
def leave(alice: As) -> str:
    answer = alice.post("/process-definitions/leave/start", {"variables": {"employee": "Alice", "salary": 5000}})
    assert answer.status_code == 201, answer.json
    return str(answer.json["id"])


def at(oscar: As, id: str) -> list[str]:
    return [token["element"] for token in oscar.get(f"/process-instances/{id}/tokens").json["items"]]


def test_a_move_is_previewed_then_done(oscar: As, leave: str) -> None:
    (here,) = at(oscar, leave)
    move = {"cancelElements": [here], "start": [{"element": "start", "place": "after"}]}
    preview = oscar.post(f"/process-instances/{leave}/move/preview", move)
    assert preview.status_code == 200, preview.json
    assert [token["element"] for token in preview.json["going"]] == [here]
    assert preview.json["ends"] is False
    answer = oscar.post(f"/process-instances/{leave}/move", {**move, "reason": "Once more."})
    assert (answer.status_code, answer.json["version"]) == (200, 2)
    assert at(oscar, leave) == [token["element"] for token in preview.json["coming"]]
    last = oscar.get(f"/process-instances/{leave}/history").json["items"][-1]
    assert (last["verb"], last["actor"]) == ("move", "oscar")


def test_tokens_can_be_named_by_their_numbers(oscar: As, leave: str) -> None:
    (token,) = oscar.get(f"/process-instances/{leave}/tokens").json["items"]
    move = {"cancelTokens": [token["token"]], "start": [{"element": token["element"], "scope": 0}], "reason": "Anew."}
    assert oscar.post(f"/process-instances/{leave}/move", move).status_code == 200


def test_what_the_model_does_not_allow_is_refused_with_the_reason(oscar: As, leave: str) -> None:
    answer = oscar.post(f"/process-instances/{leave}/move", {"cancelElements": ["nowhere"], "reason": "So."})
    assert codes(answer) == (422, "move_refused")
    assert "nowhere" in answer.json["detail"]


def test_it_needs_the_right_to_operate_and_a_reason(alice: As, oscar: As, leave: str) -> None:
    move = {"start": [{"element": "start"}]}
    assert codes(alice.post(f"/process-instances/{leave}/move", {**move, "reason": "So."})) == (403, "not_allowed")
    assert codes(alice.post(f"/process-instances/{leave}/move/preview", move)) == (403, "not_allowed")
    assert codes(oscar.post(f"/process-instances/{leave}/move", move)) == (422, "request_refused")


def test_a_place_is_before_after_or_on(oscar: As, leave: str) -> None:
    move = {"start": [{"element": "start", "place": "beside"}], "reason": "So."}
    assert codes(oscar.post(f"/process-instances/{leave}/move", move)) == (422, "request_refused")
