"""业务执行: plan, tasks, weekly progress, talks with the customer, changes, major issues."""

from __future__ import annotations

import pytest

from tests.processes import documents as filled
from tests.processes.office import OUTSIDER, Case, Office
from tests.processes.steps import execute

RUNNING = ["DoTask", "DoTask", "RecordCommunication", "ReportIssue"]


@pytest.fixture
def case(office: Office) -> Case:
    return office.start("li.na", "business-execution", **filled.REFERENCE)


@pytest.fixture
def running(case: Case) -> Case:
    case.do("li.na", "PlanProject", **filled.PLAN)
    return case


def test_the_project_manager_plans(case: Case) -> None:
    assert case.inbox("li.na") == ["PlanProject"]
    assert case.inbox("he.bin") == case.inbox(OUTSIDER) == []


def test_a_plan_without_a_task_needs_a_reason(case: Case) -> None:
    answer = case.submit("li.na", "PlanProject", **{**filled.PLAN, "planTasks": []})
    assert answer.status_code == 422
    assert [problem["where"] for problem in answer.get_json()["errors"]] == ["noTasksReason"]


def test_each_planned_task_reaches_its_owner_with_its_deadline(running: Case) -> None:
    assert running.open == RUNNING
    assert running.inbox("zhou.jie") == ["DoTask", "RecordCommunication"]
    assert running.inbox("cao.yi") == ["DoTask"]
    task = running.task("cao.yi", "DoTask")
    assert task["dueAt"] == "2026-12-18T10:00:00+00:00"
    assert running.form("cao.yi", "DoTask")["values"]["taskName"] == "系统配置"


def test_when_all_tasks_are_done_everything_else_is_over(case: Case) -> None:
    execute(case)
    assert (case.status, case.open) == ("completed", [])
    assert case.ends == ["AllTasksDone", "WorkDone", "ProjectExecuted"]
    results = [(each["name"], each["result"]) for each in case.variables["taskReports"]]
    assert results == [("现场调研", "已按要求完成。"), ("系统配置", "已按要求完成。")]


def test_a_member_does_not_see_the_report_of_another(running: Case) -> None:
    running.do("zhou.jie", "DoTask", **filled.TASK_DONE)
    assert "taskResult" not in running.form("cao.yi", "DoTask")["values"]


def test_progress_is_reported_every_week(office: Office, running: Case) -> None:
    office.wait(days=6, hours=23)
    assert "ReportProgress" not in running.open
    office.wait(hours=1)
    assert running.inbox("li.na") == ["ReportIssue", "ReportProgress"]
    running.do("li.na", "ReportProgress", **filled.PROGRESS)
    assert running.open == RUNNING
    office.wait(days=7)
    assert running.inbox("li.na") == ["ReportIssue", "ReportProgress"]


def test_an_open_progress_report_does_not_keep_the_project_open(office: Office, running: Case) -> None:
    office.wait(days=7)
    running.do("zhou.jie", "DoTask", **filled.TASK_DONE)
    running.do("cao.yi", "DoTask", **filled.TASK_DONE)
    assert running.status == "completed"


def test_talks_with_the_customer_are_recorded_any_number_of_times(running: Case) -> None:
    for _ in range(3):
        running.do("zhou.jie", "RecordCommunication", **filled.COMMUNICATION)
    assert running.open == RUNNING
    assert "communicationContent" not in running.form("zhou.jie", "RecordCommunication")["values"]


def test_without_a_named_specialist_any_business_specialist_records_talks(case: Case) -> None:
    plan = {name: value for name, value in filled.PLAN.items() if name != "businessSpecialist"}
    case.do("li.na", "PlanProject", **plan)
    assert case.inbox("wu.ting") == ["RecordCommunication"]


def test_an_accepted_change_of_the_customer_changes_the_plan(office: Office, running: Case) -> None:
    running.do("zhou.jie", "DoTask", **filled.TASK_DONE)
    office.tell("customer-change-requested", "XS-2026-7", changeDescription="增加移动端")
    assert running.inbox("li.na") == ["AssessChange", "ReportIssue"]
    assert running.form("li.na", "AssessChange")["values"]["changeDescription"] == "增加移动端"
    running.do("li.na", "AssessChange", "accept", **filled.CHANGE)
    assert running.open == ["AdjustPlan"]
    shown = running.form("li.na", "AdjustPlan")["values"]
    assert [each["name"] for each in shown["finishedTasks"]] == ["现场调研"]
    tasks = [{"name": "移动端", "owner": "cao.yi", "deadline": "2026-12-25"}]
    running.do("li.na", "AdjustPlan", **{**filled.PLAN, "planTasks": tasks})
    assert running.open == ["DoTask", "RecordCommunication", "ReportIssue"]
    running.do("cao.yi", "DoTask", **filled.TASK_DONE)
    assert running.status == "completed"


def test_a_rejected_change_leaves_the_plan_as_it_is(office: Office, running: Case) -> None:
    office.tell("customer-change-requested", "XS-2026-7", changeDescription="换一种数据库")
    running.do("li.na", "AssessChange", "reject", comment="不在合同范围内。", **filled.CHANGE)
    assert running.open == RUNNING


def test_a_change_is_assessed_although_the_tasks_are_done_meanwhile(office: Office, running: Case) -> None:
    office.tell("customer-change-requested", "XS-2026-7", changeDescription="增加移动端")
    running.do("zhou.jie", "DoTask", **filled.TASK_DONE)
    running.do("cao.yi", "DoTask", **filled.TASK_DONE)
    assert (running.status, running.open) == ("running", ["AssessChange"])
    running.do("li.na", "AssessChange", "reject", comment="不在合同范围内。", **filled.CHANGE)
    assert running.status == "completed"


def test_a_change_for_another_project_is_not_assessed_here(office: Office, running: Case) -> None:
    office.tell("customer-change-requested", "XS-2026-8", changeDescription="增加移动端")
    assert running.open == RUNNING


def test_a_major_issue_goes_to_the_department_manager_while_work_goes_on(running: Case) -> None:
    running.do("li.na", "ReportIssue", **filled.ISSUE)
    assert running.open == sorted([*RUNNING, "OrganiseDiscussion"])
    assert running.form("zhao.min", "OrganiseDiscussion")["values"]["issueTitle"] == filled.ISSUE["issueTitle"]
    assert "issueTitle" not in {key for key, value in running.form("li.na", "ReportIssue")["values"].items() if value}


def test_an_open_major_issue_keeps_the_project_open(running: Case) -> None:
    running.do("li.na", "ReportIssue", **filled.ISSUE)
    running.do("zhou.jie", "DoTask", **filled.TASK_DONE)
    running.do("cao.yi", "DoTask", **filled.TASK_DONE)
    assert (running.status, running.open) == ("running", ["OrganiseDiscussion"])
    close_issue(running)
    assert running.status == "completed"


def test_a_changed_plan_does_not_drop_an_open_issue(office: Office, running: Case) -> None:
    running.do("li.na", "ReportIssue", **filled.ISSUE)
    office.tell("customer-change-requested", "XS-2026-7", changeDescription="增加移动端")
    running.do("li.na", "AssessChange", "accept", **filled.CHANGE)
    assert running.open == ["AdjustPlan", "OrganiseDiscussion"]


def test_two_issues_can_be_open_at_once(running: Case) -> None:
    running.do("li.na", "ReportIssue", **filled.ISSUE)
    running.do("li.na", "ReportIssue", **{**filled.ISSUE, "issueTitle": "人手不足"})
    assert running.open.count("OrganiseDiscussion") == 2


def test_the_initiator_withdraws(running: Case) -> None:
    assert running.withdraw("li.na").status_code == 200
    assert (running.status, running.open) == ("cancelled", [])


def close_issue(case: Case) -> None:
    case.do("zhao.min", "OrganiseDiscussion", **filled.DISCUSSION)
    case.do("he.bin", "GiveOpinion", **filled.OPINION)
    case.do("cao.yi", "GiveOpinion", **filled.OPINION)
    case.do("zhao.min", "Decide", **filled.DECISION)
    case.do("zheng.kai", "CarryOutAction", **filled.ACTION_DONE)
    case.do("cao.yi", "CarryOutAction", **filled.ACTION_DONE)
    case.do("li.na", "ConfirmClosure", "close")
