"""用印: application, approval, use, archive."""

from __future__ import annotations

import pytest

from tests.processes import documents as filled
from tests.processes.office import OUTSIDER, Case, Office
from tests.processes.steps import seal


@pytest.fixture
def case(office: Office) -> Case:
    return office.start("chen.jing", "seal-usage", **filled.SEAL)


def test_the_manager_of_the_applicant_s_department_approves(case: Case) -> None:
    assert case.inbox("wang.lei") == ["ApproveSeal"]
    for person in ("zhao.min", "yang.li", OUTSIDER):
        assert case.inbox(person) == []


def test_an_approved_application_is_sealed_and_archived(case: Case) -> None:
    seal(case, manager="wang.lei")
    assert (case.status, case.ends) == ("completed", ["Sealed"])
    assert case.variables["sealArchiveNumber"] == "YY-2026-018"
    assert case.details["title"] == "投标承诺书"


def test_the_application_cannot_be_changed_by_who_seals(case: Case) -> None:
    case.do("wang.lei", "ApproveSeal", "approve")
    answer = case.submit("yang.li", "RegisterSeal", sealCopies=99, **filled.SEALED)
    assert answer.get_json()["dropped"] == ["sealCopies"]


def test_a_returned_application_is_revised_and_approved(case: Case) -> None:
    case.do("wang.lei", "ApproveSeal", "return", comment="份数太多。")
    assert case.inbox("wang.lei") == []
    assert case.opinions("chen.jing") == ["份数太多。"]
    case.do("chen.jing", "ReviseApplication", "resubmit", **{**filled.SEAL, "sealCopies": 1})
    assert case.form("wang.lei", "ApproveSeal")["values"]["sealCopies"] == 1
    seal(case, manager="wang.lei")
    assert case.ends == ["Sealed"]


def test_a_returned_application_can_be_withdrawn(case: Case) -> None:
    case.do("wang.lei", "ApproveSeal", "return", comment="写明用途。")
    case.do("chen.jing", "ReviseApplication", "withdraw", **filled.SEAL)
    assert (case.status, case.ends) == ("completed", ["NotSealed"])


def test_a_rejected_application_ends_unsealed(case: Case) -> None:
    case.do("wang.lei", "ApproveSeal", "reject", comment="与业务无关。")
    assert (case.status, case.ends) == ("completed", ["NotSealed"])


def test_the_applicant_cancels(case: Case) -> None:
    assert case.withdraw("chen.jing").status_code == 200
    assert (case.status, case.inbox("wang.lei")) == ("cancelled", [])
