"""ETag and If-Match: nobody changes a process instance that has changed since they read it."""

from __future__ import annotations

import pytest

from tests.api.conftest import As, codes


def etag(who: As, id: str) -> str:
    return who.get(f"/process-instances/{id}").headers["ETag"]


def test_the_etag_changes_with_the_process_instance(leave: str, approval: str, bob: As) -> None:
    before = etag(bob, leave)
    assert etag(bob, leave) == before
    bob.post(f"/user-tasks/{approval}/claim")
    assert etag(bob, leave) != before


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("cancel", {"reason": "x"}),
        ("suspend", {}),
        ("resume", {}),
        ("variables", {"variables": {"salary": 1}}),
        ("move", {"cancelElements": ["approve"], "start": [{"element": "hand-over", "place": "before"}], "reason": "x"}),
    ],
)
def test_what_has_changed_since_it_was_read_stays_as_it_is(
    leave: str, approval: str, bob: As, oscar: As, verb: str, body: dict[str, object]
) -> None:
    read = etag(oscar, leave)
    bob.post(f"/user-tasks/{approval}/claim")
    now = oscar.get(f"/process-instances/{leave}").json
    answer = oscar.post(f"/process-instances/{leave}/{verb}", body, headers={"If-Match": read})
    assert codes(answer) == (412, "process_instance_changed")
    assert oscar.get(f"/process-instances/{leave}").json == now


def test_what_is_as_it_was_read_is_changed_and_gets_a_new_etag(leave: str, oscar: As) -> None:
    read = etag(oscar, leave)
    answer = oscar.post(f"/process-instances/{leave}/suspend", {}, headers={"If-Match": f'"99", {read}'})
    assert (answer.status_code, answer.json["status"]) == (200, "suspended")
    assert answer.headers["ETag"] == etag(oscar, leave) != read


def test_a_star_matches_whatever_is_there(leave: str, oscar: As) -> None:
    assert oscar.post(f"/process-instances/{leave}/suspend", {}, headers={"If-Match": "*"}).status_code == 200


def test_a_weak_etag_matches_nothing(leave: str, oscar: As) -> None:
    weak = f"W/{etag(oscar, leave)}"
    assert oscar.post(f"/process-instances/{leave}/suspend", {}, headers={"If-Match": weak}).status_code == 412


def test_an_etag_does_not_tell_strangers_what_is_there(leave: str, mallory: As) -> None:
    answer = mallory.post(f"/process-instances/{leave}/cancel", {"reason": "x"}, headers={"If-Match": '"1"'})
    assert codes(answer) == (404, "not_found")
