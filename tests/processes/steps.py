"""Stretches of the chain that several tests walk: each takes a case from its first step to its last."""

from __future__ import annotations

from typing import Any

from tests.processes import documents as filled
from tests.processes.office import Case


def take_on(case: Case) -> None:
    """From a registered lead to a satisfied customer."""
    case.do("zhao.min", "AssessLead", **filled.FITS)
    case.do("li.na", "AnalyseNeeds", **filled.NEEDS)
    case.do("li.na", "WriteProposal", **filled.PROPOSAL)
    case.do("zhao.min", "ReviewProposal", "approve")
    case.do("li.na", "Negotiate", **filled.NEGOTIATION)


def agree(case: Case) -> None:
    """The three reviewers agree."""
    case.do("tang.yan", "ReviewByFinance", "approve")
    case.do("shen.yue", "ReviewByLegal", "approve")
    case.do("zheng.kai", "ReviewBySupervisor", "approve")


def seal(case: Case, manager: str = "zhao.min") -> None:
    case.do(manager, "ApproveSeal", "approve")
    case.do("yang.li", "RegisterSeal", **filled.SEALED)
    case.do("yang.li", "ArchiveCopy", **filled.SEAL_ARCHIVED)


def sign(case: Case, drafter: str = "li.na", **contract: Any) -> None:
    """From the draft to the archived contract, with an amount the department manager approves alone."""
    case.do(drafter, "DraftContract", "submit", **{**filled.CONTRACT, **contract})
    agree(case)
    case.do("zhao.min", "ApproveContract", "approve")
    seal(case)
    case.do(drafter, "SignContract", **filled.SIGNED)
    case.do("yang.li", "ArchiveContract", **filled.ARCHIVED)


def execute(case: Case) -> None:
    case.do("li.na", "PlanProject", **filled.PLAN)
    case.do("zhou.jie", "DoTask", **filled.TASK_DONE)
    case.do("cao.yi", "DoTask", **filled.TASK_DONE)


def accept(case: Case) -> None:
    case.do("li.na", "AcceptInternally", "pass", **filled.ACCEPTED)
    case.do("li.na", "RecordCustomerAcceptance", "accept", **filled.CUSTOMER_ACCEPTS)


def invoice(case: Case) -> None:
    case.do("li.na", "ApplyForSettlement", **filled.SETTLEMENT)
    case.do("tang.yan", "IssueInvoice", **filled.INVOICE)


def collect(case: Case, owner: str = "wu.ting") -> None:
    """One round up to waiting for the payment."""
    case.do(owner, "AskForReason", **filled.REASON)
    case.do("tang.yan", "PlanCollection", **filled.COLLECTION_PLAN)
    case.do("tang.yan", "CarryOutCollection", **filled.COLLECTED)
