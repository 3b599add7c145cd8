"""业务承接: from a lead to a signed contract, or to a reason why not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.processes import documents as filled
from tests.processes.office import ADMINISTRATOR, OUTSIDER, Case, Office
from tests.processes.steps import sign, take_on


@pytest.fixture
def case(office: Office) -> Case:
    return office.start("chen.jing", "business-intake", **filled.LEAD)


def test_a_registered_lead_is_numbered_and_reaches_the_department_manager(case: Case) -> None:
    assert case.inbox("zhao.min") == ["AssessLead"]
    for person in ("sun.qiang", "li.na", "wang.lei", OUTSIDER):
        assert case.inbox(person) == []
    assert case.details["businessKey"] == "XS-20261123090000"
    assert case.details["title"] == "杭州远景机械有限公司 · XS-20261123090000"


def test_a_lead_from_another_system_keeps_its_number(office: Office) -> None:
    office.tell("intake-requested", leadNumber="CRM-77", **filled.LEAD)
    case = office.only_case("business-intake")
    assert case.details["businessKey"] == "CRM-77"
    assert case.inbox("zhao.min") == ["AssessLead"]


def test_the_assessment_shows_the_lead_and_only_takes_the_assessment(case: Case) -> None:
    shown = case.form("zhao.min", "AssessLead")
    assert shown["values"]["customerName"] == filled.LEAD["customerName"]
    answer = case.submit("zhao.min", "AssessLead", customerName="别的公司", **filled.FITS)
    assert answer.get_json()["dropped"] == ["customerName"]
    assert case.variables["customerName"] == filled.LEAD["customerName"]


def test_an_accepted_lead_without_a_picked_person_is_refused(case: Case) -> None:
    incomplete = {name: value for name, value in filled.FITS.items() if name != "projectManager"}
    answer = case.submit("zhao.min", "AssessLead", **incomplete)
    assert answer.status_code == 422
    assert [problem["where"] for problem in answer.get_json()["errors"]] == ["projectManager"]


def test_only_a_project_manager_can_be_picked_as_project_manager(case: Case) -> None:
    answer = case.submit("zhao.min", "AssessLead", **{**filled.FITS, "projectManager": "zhou.jie"})
    assert answer.status_code == 422


def test_a_lead_that_does_not_fit_ends_and_its_registrar_is_told(office: Office, case: Case) -> None:
    case.do("zhao.min", "AssessLead", **filled.DOES_NOT_FIT)
    assert (case.status, case.ends) == ("completed", ["LeadNotFit"])
    assert office.notifications("chen.jing") == ["线索不符合承接条件：杭州远景机械有限公司"]
    assert case.variables["assessmentOpinion"] == "不在公司的发展方向上。"


def test_without_a_registrar_the_marketing_specialists_are_told(office: Office) -> None:
    lead = {name: value for name, value in filled.LEAD.items() if name != "registeredBy"}
    office.tell("intake-requested", **lead)
    office.only_case("business-intake").do("zhao.min", "AssessLead", **filled.DOES_NOT_FIT)
    for person in ("chen.jing", "xu.fang"):
        assert office.notifications(person) == ["线索不符合承接条件：杭州远景机械有限公司"]


def test_the_picked_business_specialist_does_the_following_steps(case: Case) -> None:
    case.do("zhao.min", "AssessLead", **filled.FITS_SPECIALIST)
    assert case.inbox("zhou.jie") == ["AnalyseNeeds"]
    assert case.inbox("li.na") == case.inbox("wu.ting") == []


def test_after_two_working_days_the_manager_is_reminded_once(office: Office, case: Case) -> None:
    office.wait_until("2026-11-25", "08:59")
    assert office.notifications("zhao.min") == []
    office.wait_until("2026-11-25", "18:00")
    assert office.notifications("zhao.min") == ["请尽快评估线索：杭州远景机械有限公司"]
    assert case.inbox("zhao.min") == ["AssessLead"]
    office.wait_until("2026-11-26", "18:00")
    assert len(office.notifications("zhao.min")) == 1


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("customerName", "", "required"),
        ("contactPhone", "none", "pattern"),
        ("leadSource", "dream", "value"),
        ("extra", 1, "unknown"),
    ],
)
def test_a_lead_of_another_system_is_checked_like_one_of_a_person(office: Office, name: str, value: Any, rule: str) -> None:
    variables = {**filled.LEAD, name: value}
    answer = office.ask(ADMINISTRATOR, "POST", "/messages", name="intake-requested", variables=variables)
    assert answer.status_code == 422
    assert [(each["where"], each["rule"]) for each in answer.get_json()["errors"]] == [(name, rule)]
    assert office.get("/process-instances?processDefinitionKey=business-intake")["items"] == []


def test_a_person_may_bring_a_number_of_their_own(office: Office) -> None:
    own = office.start("chen.jing", "business-intake", **filled.LEAD, leadNumber="ZH-2026-1")
    empty = office.start("chen.jing", "business-intake", **filled.LEAD, leadNumber="")
    assert own.details["businessKey"] == "ZH-2026-1"
    assert empty.details["businessKey"].startswith("XS-")


def test_after_four_working_days_the_deputy_manager_assesses_instead(office: Office, case: Case) -> None:
    office.wait_until("2026-11-27", "18:00")
    assert case.inbox("zhao.min") == []
    assert case.inbox("sun.qiang") == ["AssessLeadForManager"]
    case.do("sun.qiang", "AssessLeadForManager", **filled.FITS)
    assert case.inbox("li.na") == ["AnalyseNeeds"]


def test_the_deputy_manager_may_find_that_the_lead_does_not_fit(office: Office, case: Case) -> None:
    office.wait_until("2026-11-27", "18:00")
    case.do("sun.qiang", "AssessLeadForManager", **filled.DOES_NOT_FIT)
    assert case.ends == ["Reminded", "LeadNotFit"]


def test_an_assessment_in_time_is_neither_reminded_nor_escalated(office: Office, case: Case) -> None:
    case.do("zhao.min", "AssessLead", **filled.FITS)
    office.wait(days=10)
    assert office.notifications("zhao.min") == []
    assert case.open == ["AnalyseNeeds"]


def test_a_weekend_does_not_count_as_working_days(office: Office) -> None:
    office.wait_until("2026-11-27", "09:00")
    case = office.start("chen.jing", "business-intake", **filled.LEAD)
    office.wait_until("2026-11-30", "18:00")
    assert office.notifications("zhao.min") == []
    office.wait_until("2026-12-01", "18:00")
    assert len(office.notifications("zhao.min")) == 1
    assert case.inbox("zhao.min") == ["AssessLead"]


def test_a_returned_proposal_goes_back_with_the_opinion(case: Case) -> None:
    case.do("zhao.min", "AssessLead", **filled.FITS)
    case.do("li.na", "AnalyseNeeds", **filled.NEEDS)
    case.do("li.na", "WriteProposal", **filled.PROPOSAL)
    case.do("zhao.min", "ReviewProposal", "return", comment="进度太紧，请调整。")
    assert case.inbox("zhao.min") == []
    shown = case.form("li.na", "WriteProposal")["values"]
    assert case.opinions("li.na") == ["进度太紧，请调整。"]
    assert shown["proposalGoal"] == filled.PROPOSAL["proposalGoal"]
    case.do("li.na", "WriteProposal", **filled.PROPOSAL)
    assert case.inbox("zhao.min") == ["ReviewProposal"]


def test_a_proposal_is_not_returned_without_an_opinion(case: Case) -> None:
    case.do("zhao.min", "AssessLead", **filled.FITS)
    case.do("li.na", "AnalyseNeeds", **filled.NEEDS)
    case.do("li.na", "WriteProposal", **filled.PROPOSAL)
    assert case.submit("zhao.min", "ReviewProposal", "return").status_code == 422


def test_a_proposal_totals_its_budget_exactly(case: Case) -> None:
    case.do("zhao.min", "AssessLead", **filled.FITS)
    case.do("li.na", "AnalyseNeeds", **filled.NEEDS)
    budget = [{"item": "甲", "amount": 10.1}, {"item": "乙", "amount": 20.2}]
    case.do("li.na", "WriteProposal", **{**filled.PROPOSAL, "budget": budget})
    assert case.variables["budgetTotal"] == 30.3


def test_a_customer_who_wants_changes_gets_a_new_proposal(case: Case) -> None:
    case.do("zhao.min", "AssessLead", **filled.FITS)
    case.do("li.na", "AnalyseNeeds", **filled.NEEDS)
    for negotiation in (filled.CUSTOMER_WANTS_CHANGES, filled.NEGOTIATION):
        case.do("li.na", "WriteProposal", **filled.PROPOSAL)
        case.do("zhao.min", "ReviewProposal", "approve")
        case.do("li.na", "Negotiate", **negotiation)
    assert case.open == ["DraftContract"]


def test_the_wanted_changes_are_shown_with_the_proposal(case: Case) -> None:
    case.do("zhao.min", "AssessLead", **filled.FITS)
    case.do("li.na", "AnalyseNeeds", **filled.NEEDS)
    case.do("li.na", "WriteProposal", **filled.PROPOSAL)
    case.do("zhao.min", "ReviewProposal", "approve")
    case.do("li.na", "Negotiate", **filled.CUSTOMER_WANTS_CHANGES)
    assert case.form("li.na", "WriteProposal")["values"]["changeRequests"] == "增加移动端。"


def test_a_customer_who_gives_up_ends_the_intake(case: Case) -> None:
    case.do("zhao.min", "AssessLead", **filled.FITS)
    case.do("li.na", "AnalyseNeeds", **filled.NEEDS)
    case.do("li.na", "WriteProposal", **filled.PROPOSAL)
    case.do("zhao.min", "ReviewProposal", "approve")
    case.do("li.na", "Negotiate", **filled.CUSTOMER_GIVES_UP)
    assert (case.status, case.ends) == ("completed", ["CustomerGaveUp"])


def test_giving_up_needs_a_reason(case: Case) -> None:
    take_on_up_to_negotiation(case)
    without = {name: value for name, value in filled.CUSTOMER_GIVES_UP.items() if name != "giveUpReason"}
    assert case.submit("li.na", "Negotiate", **without).status_code == 422


def take_on_up_to_negotiation(case: Case) -> None:
    case.do("zhao.min", "AssessLead", **filled.FITS)
    case.do("li.na", "AnalyseNeeds", **filled.NEEDS)
    case.do("li.na", "WriteProposal", **filled.PROPOSAL)
    case.do("zhao.min", "ReviewProposal", "approve")


def test_a_satisfied_customer_signs(case: Case) -> None:
    take_on(case)
    sign(case)
    assert case.status == "completed"
    assert case.ends[-1] == "ContractSigned"
    assert case.variables["contractNumber"] == "HT-XS-20261123090000"
    assert case.variables["contractAmount"] == 80_000


def test_a_contract_that_is_abandoned_counts_as_given_up(case: Case) -> None:
    take_on(case)
    case.do("li.na", "DraftContract", "abandon", comment="客户不再回应。", **filled.CONTRACT)
    assert (case.status, case.ends) == ("completed", ["NotSigned", "CustomerGaveUp"])


def test_the_initiator_withdraws_the_lead(case: Case) -> None:
    assert case.withdraw("li.na").status_code in (403, 404)
    assert case.withdraw("chen.jing").status_code == 200
    assert case.status == "cancelled"
    assert case.open == []
