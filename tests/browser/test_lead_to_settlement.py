"""One lead from its registration to its last payment: each step by the person whose inbox it reached, in the browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from playwright.sync_api import expect

from tests.browser.people import Employee
from tests.browser.site import Site
from tests.processes import documents as filled

TITLE = "杭州远景机械有限公司"
AGREED = {"comment": "同意。"}

#: Who does which step, by which button, with which form; in this order.
TAKE_ON = (
    ("zhao.min", "初步评估", "", filled.FITS),
    ("li.na", "初步沟通", "", filled.NEEDS),
    ("li.na", "编制业务方案", "", filled.PROPOSAL),
    ("zhao.min", "审核方案", "通过", AGREED),
    ("li.na", "商务洽谈", "", filled.NEGOTIATION),
)
SIGN = (
    ("li.na", "起草合同", "提交会签", filled.CONTRACT),
    ("tang.yan", "财务会签", "同意", AGREED),
    ("shen.yue", "法务会签", "同意", AGREED),
    ("zheng.kai", "业务主管会签", "同意", AGREED),
    ("zhao.min", "逐级审批", "批准", AGREED),
    ("zhao.min", "审批用印", "批准", AGREED),
    ("yang.li", "用印登记", "", filled.SEALED),
    ("yang.li", "归档副本", "", filled.SEAL_ARCHIVED),
    ("li.na", "双方签署", "", filled.SIGNED),
    ("yang.li", "登记归档", "", filled.ARCHIVED),
)
EXECUTE = (
    ("li.na", "编制项目计划", "", filled.PLAN),
    ("zhou.jie", "执行任务", "", filled.TASK_DONE),
    ("cao.yi", "执行任务", "", filled.TASK_DONE),
)
DELIVER = (
    ("li.na", "内部验收", "验收合格", filled.ACCEPTED),
    ("li.na", "客户验收", "客户验收通过", filled.CUSTOMER_ACCEPTS),
)
SETTLE = (
    ("li.na", "结算申请", "", filled.SETTLEMENT),
    ("tang.yan", "开票与应收登记", "", filled.INVOICE),
    ("tang.yan", "收款登记", "", filled.payment(80_000)),
    ("tang.yan", "核对入账", "", filled.BOOKED),
    ("li.na", "项目总结与评估", "", filled.SUMMARY),
    ("yang.li", "资料归档", "", filled.PROJECT_ARCHIVED),
)


def test_different_people_carry_one_lead_to_settlement(site: Site, employee: Callable[..., Employee]) -> None:
    at_desk = cache(employee)
    chen = at_desk("chen.jing")
    case = chen.starts("lead-to-settlement", **filled.LEAD)
    for person, step, button, document in (*TAKE_ON, *SIGN, *EXECUTE, *DELIVER, *SETTLE):
        site.work()
        at_desk(person).completes(TITLE, step, button, **document)
    site.work()
    page = chen.opens(case)
    expect(page.locator(".facts .state")).to_have_text("已完成")
    expect(page.get_by_text("流程完成")).to_be_visible()
    assert names_in_record(page) >= {"陈静", "赵敏", "李娜", "唐燕", "沈悦", "郑凯", "杨丽", "周杰"}


def names_in_record(page: Any) -> set[str]:
    return set(page.locator(".record-name").all_inner_texts())
