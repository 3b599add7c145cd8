"""GET /people and /departments"""

from __future__ import annotations

from tests.api.conftest import As


def test_people_are_found_by_name_role_and_department(alice: As) -> None:
    assert [each["id"] for each in alice.get("/people", text="鲍").json["items"]] == ["bob"]
    assert [each["id"] for each in alice.get("/people", role="clerk").json["items"]] == ["carol"]
    assert len(alice.get("/people", department="sales").json["items"]) == 7
    assert len(alice.get("/people", limit=2).json["items"]) == 2


def test_nothing_private_is_told(alice: As) -> None:
    (bob,) = alice.get("/people", text="bob").json["items"]
    assert set(bob) == {"id", "name", "nameEn", "department", "superior", "position", "roles"}


def test_departments_are_a_tree(alice: As) -> None:
    assert alice.get("/departments").json["items"] == [
        {"id": "sales", "name": "销售部", "nameEn": "Sales", "parent": None, "head": "bob"}
    ]
