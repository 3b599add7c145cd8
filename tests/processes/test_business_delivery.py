"""业务交付: internal acceptance, customer acceptance, settlement, summary, archive."""

from __future__ import annotations

import pytest

from tests.processes import documents as filled
from tests.processes.office import OUTSIDER, Case, Office
from tests.processes.steps import accept, invoice


@pytest.fixture
def case(office: Office) -> Case:
    return office.start("li.na", "business-delivery", **filled.REFERENCE)


def test_the_project_manager_accepts_internally(case: Case) -> None:
    assert case.inbox("li.na") == ["AcceptInternally"]
    assert case.inbox("he.bin") == case.inbox(OUTSIDER) == []


def test_a_failed_internal_acceptance_is_rectified_and_repeated(case: Case) -> None:
    case.do("li.na", "AcceptInternally", "fail", **filled.REFUSED)
    assert case.inbox("cao.yi") == ["Rectify"]
    case.do("cao.yi", "Rectify", **filled.RECTIFIED)
    assert case.form("li.na", "AcceptInternally")["values"]["rectificationResult"] == "已修正并自测。"
    case.do("li.na", "AcceptInternally", "pass", **filled.ACCEPTED)
    assert case.open == ["RecordCustomerAcceptance"]


def test_without_a_named_person_the_project_manager_rectifies(case: Case) -> None:
    nobody = {name: value for name, value in filled.REFUSED.items() if name != "rectifiedBy"}
    case.do("li.na", "AcceptInternally", "fail", **nobody)
    assert case.inbox("li.na") == ["Rectify"]


def test_a_customer_who_refuses_gets_a_rectified_delivery(case: Case) -> None:
    case.do("li.na", "AcceptInternally", "pass", **filled.ACCEPTED)
    case.do("li.na", "RecordCustomerAcceptance", "reject", **filled.CUSTOMER_REFUSES)
    assert case.form("zhou.jie", "Rectify")["values"]["customerComments"] == "报表不对。"
    case.do("zhou.jie", "Rectify", **filled.RECTIFIED)
    accept(case)
    assert case.open == ["ApplyForSettlement"]


def test_the_satisfaction_is_between_one_and_five(case: Case) -> None:
    case.do("li.na", "AcceptInternally", "pass", **filled.ACCEPTED)
    answer = case.submit("li.na", "RecordCustomerAcceptance", "accept", **{**filled.CUSTOMER_ACCEPTS, "satisfaction": 6})
    assert answer.status_code == 422


def test_an_accepted_project_is_settled_summarised_and_archived(office: Office, case: Case) -> None:
    accept(case)
    assert case.form("li.na", "ApplyForSettlement")["values"]["settlementAmount"] == 80_000
    invoice(case)
    office.tell("payment-received", "HT-2026-7", **filled.payment(80_000))
    case.do("tang.yan", "Reconcile", **filled.BOOKED)
    assert case.inbox("zhou.jie") == case.inbox("wu.ting") == ["SummariseProject"]
    case.do("wu.ting", "SummariseProject", **filled.SUMMARY)
    case.do("yang.li", "ArchiveProject", **filled.PROJECT_ARCHIVED)
    assert case.status == "completed"
    assert case.ends == ["SettledInFull", "Delivered"]


def test_the_initiator_withdraws(case: Case) -> None:
    assert case.withdraw("li.na").status_code == 200
    assert (case.status, case.open) == ("cancelled", [])
