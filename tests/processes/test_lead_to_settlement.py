"""业务全流程: one case from the lead to the last payment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.processes import documents as filled
from tests.processes.office import ADMINISTRATOR, OUTSIDER, Case, Office
from tests.processes.steps import accept, execute, invoice, sign, take_on


def settle(office: Office, case: Case) -> None:
    """From the signed contract to the end."""
    execute(case)
    accept(case)
    invoice(case)
    office.tell("payment-received", case.variables["contractNumber"], **filled.payment(80_000))
    case.do("tang.yan", "Reconcile", **filled.BOOKED)
    case.do("li.na", "SummariseProject", **filled.SUMMARY)
    case.do("yang.li", "ArchiveProject", **filled.PROJECT_ARCHIVED)


def test_a_lead_becomes_a_settled_project_in_one_case(office: Office) -> None:
    case = office.start("chen.jing", "lead-to-settlement", **filled.LEAD)
    take_on(case)
    sign(case)
    settle(office, case)
    assert (case.status, case.ends[-1]) == ("completed", "Settled")
    assert case.details["businessKey"] == "XS-20261123090000"
    assert case.variables["payments"] == [{"amount": 80_000, "date": "2026-12-28", "reference": "SK-1"}]
    assert office.get("/process-instances?limit=100")["items"][0]["id"] == case.id
    assert len(office.get("/process-instances?limit=100")["items"]) == 1


def test_the_chain_runs_on_postgresql(postgres_office: Office) -> None:
    case = postgres_office.start("chen.jing", "lead-to-settlement", **filled.LEAD)
    take_on(case)
    sign(case)
    settle(postgres_office, case)
    assert (case.status, case.ends[-1]) == ("completed", "Settled")


def test_a_message_of_the_customer_system_starts_the_chain(office: Office) -> None:
    office.tell("lead-received", leadNumber="CRM-4711", **filled.LEAD)
    case = office.only_case("lead-to-settlement")
    assert case.details["businessKey"] == "CRM-4711"
    assert case.details["title"] == "杭州远景机械有限公司 · CRM-4711"
    take_on(case)
    sign(case)
    settle(office, case)
    assert case.ends[-1] == "Settled"


def test_a_signed_webhook_starts_the_chain_once_however_often_it_is_delivered(office: Office) -> None:
    secret = "a secret the customer system knows"
    endpoint = {
        "name": "crm",
        "style": "liuzhuan",
        "secret": secret,
        "effect": "message",
        "target": "lead-received",
        "variables": "context merge([body.lead, {leadNumber: body.id}])",
    }
    assert office.ask(ADMINISTRATOR, "POST", "/webhook-endpoints", **endpoint).status_code == 201
    event = {"id": "CRM-12", "lead": filled.LEAD}
    assert office.deliver("crm", "a secret somebody else knows", event, event_id="e-1").status_code == 403
    for _ in range(2):
        answer = office.deliver("crm", secret, event, event_id="e-1")
        assert answer.status_code == 200, answer.get_data(as_text=True)
    case = office.only_case("lead-to-settlement")
    assert case.details["businessKey"] == "CRM-12"
    assert case.inbox("zhao.min") == ["AssessLead"]


def test_nobody_outside_the_chain_sees_the_case(office: Office) -> None:
    case = office.start("chen.jing", "lead-to-settlement", **filled.LEAD)
    take_on(case)
    assert case.inbox(OUTSIDER) == []
    assert office.ask(OUTSIDER, "GET", f"/process-instances/{case.id}").status_code == 404


def test_the_picked_project_manager_plans_and_delivers(office: Office) -> None:
    case = office.start("chen.jing", "lead-to-settlement", **filled.LEAD)
    take_on(case)
    sign(case)
    assert case.inbox("li.na") == ["PlanProject"]
    assert case.inbox("he.bin") == []


def test_for_a_specialist_s_lead_any_project_manager_takes_the_project(office: Office) -> None:
    case = office.start("chen.jing", "lead-to-settlement", **filled.LEAD)
    case.do("zhao.min", "AssessLead", **filled.FITS_SPECIALIST)
    case.do("zhou.jie", "AnalyseNeeds", **filled.NEEDS)
    case.do("zhou.jie", "WriteProposal", **filled.PROPOSAL)
    case.do("zhao.min", "ReviewProposal", "approve")
    case.do("zhou.jie", "Negotiate", **filled.NEGOTIATION)
    sign(case, drafter="zhou.jie")
    assert case.inbox("li.na") == case.inbox("he.bin") == ["PlanProject"]
    case.do("he.bin", "PlanProject", **{**filled.PLAN, "projectManager": "he.bin"})
    case.do("zhou.jie", "DoTask", **filled.TASK_DONE)
    case.do("cao.yi", "DoTask", **filled.TASK_DONE)
    assert case.inbox("he.bin") == ["AcceptInternally"]


def test_a_lead_that_does_not_fit_ends_the_chain(office: Office) -> None:
    case = office.start("chen.jing", "lead-to-settlement", **filled.LEAD)
    case.do("zhao.min", "AssessLead", **filled.DOES_NOT_FIT)
    assert case.status == "completed"
    assert len(case.ends) == 2 and set(case.ends) == {"LeadNotFit"}


def test_a_customer_who_gives_up_ends_the_chain(office: Office) -> None:
    case = office.start("chen.jing", "lead-to-settlement", **filled.LEAD)
    case.do("zhao.min", "AssessLead", **filled.FITS)
    case.do("li.na", "AnalyseNeeds", **filled.NEEDS)
    case.do("li.na", "WriteProposal", **filled.PROPOSAL)
    case.do("zhao.min", "ReviewProposal", "approve")
    case.do("li.na", "Negotiate", **filled.CUSTOMER_GIVES_UP)
    assert case.status == "completed"
    assert len(case.ends) == 2 and set(case.ends) == {"CustomerGaveUp"}


def test_a_change_of_the_customer_is_told_by_the_lead_number(office: Office) -> None:
    case = office.start("chen.jing", "lead-to-settlement", **filled.LEAD)
    take_on(case)
    sign(case)
    case.do("li.na", "PlanProject", **filled.PLAN)
    office.tell("customer-change-requested", "XS-20261123090000", changeDescription="增加移动端")
    assert case.inbox("li.na") == ["AssessChange", "ReportIssue"]


@pytest.mark.parametrize("stages", range(4))
def test_the_initiator_withdraws_at_any_stage(office: Office, stages: int) -> None:
    case = office.start("chen.jing", "lead-to-settlement", **filled.LEAD)
    reached: tuple[Callable[[Case], None], ...] = (take_on, sign, execute)
    for pass_stage in reached[:stages]:
        pass_stage(case)
    assert case.withdraw("chen.jing").status_code == 200
    assert (case.status, case.open) == ("cancelled", [])
