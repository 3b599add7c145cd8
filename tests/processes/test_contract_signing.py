"""合同签订: draft, joint review, tiers of approval, seal, signature, archive."""

from __future__ import annotations

import pytest

from tests.processes import documents as filled
from tests.processes.office import OUTSIDER, Case, Office
from tests.processes.steps import agree, seal, sign

REVIEWS = ["ReviewByFinance", "ReviewByLegal", "ReviewBySupervisor"]


@pytest.fixture
def case(office: Office) -> Case:
    return office.start("li.na", "contract-signing")


@pytest.fixture
def reviewed(case: Case) -> Case:
    case.do("li.na", "DraftContract", "submit", **filled.CONTRACT)
    agree(case)
    return case


def draft(case: Case, amount: float) -> None:
    case.do("li.na", "DraftContract", "submit", **{**filled.CONTRACT, "contractAmount": amount})
    agree(case)


def test_who_starts_drafts(case: Case) -> None:
    assert case.inbox("li.na") == ["DraftContract"]
    assert case.inbox("he.bin") == []


def test_only_business_people_start_a_contract(office: Office) -> None:
    assert office.ask(OUTSIDER, "POST", "/process-definitions/contract-signing/start", variables={}).status_code in (403, 404)


def test_finance_legal_and_supervisor_review_at_the_same_time(case: Case) -> None:
    case.do("li.na", "DraftContract", "submit", **filled.CONTRACT)
    assert case.open == REVIEWS
    assert case.inbox("tang.yan") == ["ReviewByFinance"]
    assert case.inbox("gao.yuan") == case.inbox("shen.yue") == ["ReviewByLegal"]
    assert case.inbox("zheng.kai") == ["ReviewBySupervisor"]
    assert case.inbox(OUTSIDER) == case.inbox("li.na") == []


def test_a_reviewer_cannot_change_the_draft(case: Case) -> None:
    case.do("li.na", "DraftContract", "submit", **filled.CONTRACT)
    answer = case.submit("tang.yan", "ReviewByFinance", "approve", contractAmount=1)
    assert answer.get_json()["dropped"] == ["contractAmount"]
    assert case.variables["contractAmount"] == 80_000


def test_one_rejection_returns_the_draft_with_all_opinions(case: Case) -> None:
    case.do("li.na", "DraftContract", "submit", **filled.CONTRACT)
    case.do("shen.yue", "ReviewByLegal", "reject", comment="违约责任不清。")
    assert case.open == ["ReviewByFinance", "ReviewBySupervisor"]
    case.do("tang.yan", "ReviewByFinance", "approve", comment="付款条款可以接受。")
    case.do("zheng.kai", "ReviewBySupervisor", "reject", comment="工期不够。")
    assert case.open == ["DraftContract"]
    assert set(case.opinions("li.na")) == {"违约责任不清。", "付款条款可以接受。", "工期不够。"}
    case.do("li.na", "DraftContract", "submit", **filled.CONTRACT)
    assert case.open == REVIEWS


def test_a_rejection_needs_an_opinion(case: Case) -> None:
    case.do("li.na", "DraftContract", "submit", **filled.CONTRACT)
    assert case.submit("tang.yan", "ReviewByFinance", "reject").status_code == 422


def test_a_small_contract_needs_the_department_manager_alone(case: Case) -> None:
    draft(case, 99_999.99)
    assert case.inbox("zhao.min") == ["ApproveContract"]
    assert case.inbox("wang.lei") == case.inbox("liu.zhiyuan") == []
    case.do("zhao.min", "ApproveContract", "approve")
    assert case.open == ["ApproveSeal"]


def test_a_larger_contract_needs_a_company_leader_after_the_manager(case: Case) -> None:
    draft(case, 100_000)
    assert case.inbox("liu.zhiyuan") == []
    case.do("zhao.min", "ApproveContract", "approve")
    assert case.inbox("zhao.min") == []
    case.do("liu.zhiyuan", "ApproveContract", "approve")
    assert case.open == ["ApproveSeal"]


def test_the_largest_contracts_need_the_board_last(case: Case) -> None:
    draft(case, 1_000_000)
    for person in ("zhao.min", "liu.zhiyuan", "ma.guohua"):
        case.do(person, "ApproveContract", "approve")
    assert case.open == ["ApproveSeal"]
    assert [each["role"] for each in case.variables["approvals"]] == ["department-manager", "company-leader", "board-member"]


def test_any_tier_returns_the_draft_and_the_next_is_not_asked(case: Case) -> None:
    draft(case, 1_000_000)
    case.do("zhao.min", "ApproveContract", "approve")
    case.do("liu.zhiyuan", "ApproveContract", "return", comment="金额偏高。")
    assert case.open == ["DraftContract"]
    assert case.inbox("ma.guohua") == []
    assert case.opinions("li.na") == ["金额偏高。"]
    draft(case, 80_000)
    assert case.inbox("zhao.min") == ["ApproveContract"]


def test_the_approver_sees_the_opinions_of_the_reviewers(case: Case) -> None:
    case.do("li.na", "DraftContract", "submit", **filled.CONTRACT)
    case.do("shen.yue", "ReviewByLegal", "approve", comment="条款合法。")
    case.do("tang.yan", "ReviewByFinance", "approve")
    case.do("zheng.kai", "ReviewBySupervisor", "approve")
    assert case.opinions("zhao.min") == ["条款合法。"]
    assert case.form("zhao.min", "ApproveContract")["values"]["contractAmount"] == 80_000


def test_a_refused_seal_returns_the_draft(reviewed: Case) -> None:
    reviewed.do("zhao.min", "ApproveContract", "approve")
    reviewed.do("zhao.min", "ApproveSeal", "reject", comment="附件不全。")
    assert reviewed.open == ["DraftContract"]
    assert reviewed.opinions("li.na") == ["附件不全。"]


def test_the_seal_is_for_the_contract_and_its_copies(reviewed: Case) -> None:
    reviewed.do("zhao.min", "ApproveContract", "approve")
    shown = reviewed.form("zhao.min", "ApproveSeal")["values"]
    assert shown["sealDocument"] == "仓储管理系统实施合同（HT-20261123090000）"
    assert (shown["sealKind"], shown["sealCopies"]) == ("contract", 4)


def test_a_returned_seal_application_goes_to_the_drafter(reviewed: Case) -> None:
    reviewed.do("zhao.min", "ApproveContract", "approve")
    reviewed.do("zhao.min", "ApproveSeal", "return", comment="换一枚章。")
    reviewed.do("li.na", "ReviseApplication", "resubmit", **filled.SEAL)
    seal(reviewed)
    assert reviewed.open == ["SignContract"]


def test_a_sealed_contract_is_signed_and_archived(case: Case) -> None:
    sign(case)
    assert case.status == "completed"
    assert case.ends == ["Sealed", "Signed"]
    assert case.variables["archiveNumber"] == "HT-2026-031"


def test_a_signed_contract_needs_its_scan(reviewed: Case) -> None:
    reviewed.do("zhao.min", "ApproveContract", "approve")
    seal(reviewed)
    without = {name: value for name, value in filled.SIGNED.items() if name != "signedScans"}
    assert reviewed.submit("li.na", "SignContract", **without).status_code == 422


def test_the_drafter_abandons_with_a_reason(case: Case) -> None:
    assert case.submit("li.na", "DraftContract", "abandon", **filled.CONTRACT).status_code == 422
    case.do("li.na", "DraftContract", "abandon", comment="客户改变了主意。", **filled.CONTRACT)
    assert (case.status, case.ends) == ("completed", ["NotSigned"])


def test_the_initiator_withdraws(reviewed: Case) -> None:
    assert reviewed.withdraw("li.na").status_code == 200
    assert (reviewed.status, reviewed.open) == ("cancelled", [])
