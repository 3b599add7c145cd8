"""重大问题上报: discussion, decision, actions, closure."""

from __future__ import annotations

import pytest

from tests.processes import documents as filled
from tests.processes.office import OUTSIDER, Case, Office


@pytest.fixture
def case(office: Office) -> Case:
    return office.start("li.na", "major-issue-escalation", **filled.ISSUE)


@pytest.fixture
def decided(case: Case) -> Case:
    case.do("zhao.min", "OrganiseDiscussion", **filled.DISCUSSION)
    case.do("he.bin", "GiveOpinion", **filled.OPINION)
    case.do("cao.yi", "GiveOpinion", opinion="先做模拟接口。")
    case.do("zhao.min", "Decide", **filled.DECISION)
    return case


def test_the_department_manager_is_told(case: Case) -> None:
    assert case.inbox("zhao.min") == ["OrganiseDiscussion"]
    assert case.inbox("li.na") == case.inbox(OUTSIDER) == []
    assert case.details["title"] == "接口资料迟迟不到"


def test_only_project_managers_report_major_issues(office: Office) -> None:
    assert office.ask(
        OUTSIDER, "POST", "/process-definitions/major-issue-escalation/start", variables=filled.ISSUE
    ).status_code in (403, 404)


def test_everybody_picked_gives_an_opinion(case: Case) -> None:
    case.do("zhao.min", "OrganiseDiscussion", **filled.DISCUSSION)
    assert case.open == ["GiveOpinion", "GiveOpinion"]
    assert case.inbox("he.bin") == case.inbox("cao.yi") == ["GiveOpinion"]
    case.do("he.bin", "GiveOpinion", **filled.OPINION)
    assert "opinion" not in case.form("cao.yi", "GiveOpinion")["values"]
    assert case.inbox("zhao.min") == []
    case.do("cao.yi", "GiveOpinion", opinion="先做模拟接口。")
    shown = case.form("zhao.min", "Decide")["values"]
    assert shown["opinions"] == [
        {"person": "he.bin", "opinion": "请客户领导出面协调。"},
        {"person": "cao.yi", "opinion": "先做模拟接口。"},
    ]


def test_each_action_reaches_its_owner(decided: Case) -> None:
    assert decided.inbox("zheng.kai") == decided.inbox("cao.yi") == ["CarryOutAction"]
    assert decided.form("zheng.kai", "CarryOutAction")["values"]["actionName"] == "约见客户领导"


def test_an_overdue_action_is_reminded_and_stays_open(office: Office, decided: Case) -> None:
    office.wait_until("2026-11-27", "17:59")
    assert office.notifications("zheng.kai") == []
    office.wait_until("2026-11-27", "18:00")
    assert office.notifications("zheng.kai") == ["措施已逾期：约见客户领导"]
    assert office.notifications("cao.yi") == []
    assert decided.inbox("zheng.kai") == ["CarryOutAction"]


def test_a_solved_issue_is_closed_by_the_project_manager(decided: Case) -> None:
    decided.do("zheng.kai", "CarryOutAction", **filled.ACTION_DONE)
    assert decided.inbox("li.na") == []
    decided.do("cao.yi", "CarryOutAction", actionResult="模拟接口可用。")
    shown = decided.form("li.na", "ConfirmClosure")["values"]
    assert [each["result"] for each in shown["actionResults"]] == ["已经落实。", "模拟接口可用。"]
    decided.do("li.na", "ConfirmClosure", "close")
    assert (decided.status, decided.ends[-1]) == ("completed", "IssueClosed")


def test_an_unsolved_issue_is_decided_again(decided: Case) -> None:
    decided.do("zheng.kai", "CarryOutAction", **filled.ACTION_DONE)
    decided.do("cao.yi", "CarryOutAction", **filled.ACTION_DONE)
    decided.do("li.na", "ConfirmClosure", "unsolved", comment="资料仍未到。")
    assert decided.opinions("zhao.min") == ["资料仍未到。"]
    decided.do("zhao.min", "Decide", **{**filled.DECISION, "actions": filled.DECISION["actions"][:1]})
    decided.do("zheng.kai", "CarryOutAction", **filled.ACTION_DONE)
    decided.do("li.na", "ConfirmClosure", "close")
    assert decided.status == "completed"


def test_the_initiator_withdraws(decided: Case) -> None:
    assert decided.withdraw("li.na").status_code == 200
    assert (decided.status, decided.open) == ("cancelled", [])
