"""Who operates gives all open tasks of one person to another, on a page; what could not be given is told one by one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from engine import process_instances
from engine.facts.actor import SYSTEM
from engine.people import user_tasks
from service.parts import Parts
from service.web import handing_over
from tests.web.test_people_who_leave import changes
from tests.web.visitor import Page, Visitor

PAGE = "/organisation/wang.lei"


@pytest.fixture
def claimed(chen: Visitor, wang: Visitor) -> list[str]:
    """Three tasks that wang.lei has claimed, by their addresses."""
    for place in ("北京", "上海", "广州"):
        assert chen.sends("/start/trip", variables={"destination": place, "days": 1, "secret": "面谈"}).status == 200
    found = []
    for place in ("北京", "上海", "广州"):
        found.append(wang.opens("/user-tasks?list=claimable").link(place).partition("?")[0])
        wang.presses(f"{found[-1]}/claim")
    return found


def count_of(parts: Parts, person: str) -> int:
    actor = parts.organisation.find_actor(person)
    assert actor is not None
    with parts.begin(actor) as work:
        return user_tasks.counts(work).mine


def gives(visitor: Visitor, to: str) -> Page:
    return visitor.presses(f"{PAGE}/hand-over", person=to)


def test_the_organisation_leads_to_the_open_tasks_of_each(hu: Visitor, parts: Parts, claimed: list[str]) -> None:
    page = hu.opens("/organisation?q=wang.lei")
    (cell,) = page.tree.xpath("//td[@data-label='未办任务']")
    assert cell.xpath("string(a)").startswith("3") and page.link("转交") == PAGE
    changes(parts, "wang.lei", is_active=False)
    page = hu.opens(hu.opens("/organisation?q=wang.lei").link("转交"))
    assert page.title == "王磊的未办任务" and "已离职" in page.text
    assert "3 个未办任务" in page.text and "转交这 3 个任务" in page.text
    (cell,) = hu.opens("/organisation?q=li.na").tree.xpath("//td[@data-label='未办任务']")
    assert cell.text_content() == "—"


def test_who_operates_comes_there_from_a_task(dong: Visitor, wang: Visitor, claimed: list[str]) -> None:
    assert dong.opens(claimed[0]).link("转交王磊的全部任务") == PAGE
    assert not wang.opens(claimed[0]).links("转交王磊的全部任务")


@pytest.mark.parametrize("to", ["li.na", " 李娜 ", "Li Na"])
def test_all_are_given_to_whom_an_account_or_a_name_means(dong: Visitor, parts: Parts, claimed: list[str], to: str) -> None:
    page = gives(dong, to)
    assert "已转交 3 个任务给李娜" in page.text and "没有未办任务" in page.text
    assert (count_of(parts, "li.na"), count_of(parts, "wang.lei")) == (3, 0)
    assert "李娜" in dong.opens(dong.opens(claimed[0]).link("整个流程")).text


@pytest.mark.parametrize("to", ["", "  ", "\u3000"])
def test_an_empty_name_is_nobody_s(dong: Visitor, parts: Parts, claimed: list[str], to: str) -> None:
    """Neither somebody's who has no English name."""
    changes(parts, "li.na", name_en="")
    gives(dong, to)
    dong.presses(f"{claimed[0]}/assign", person=to)
    assert (count_of(parts, "li.na"), count_of(parts, "wang.lei")) == (0, 3)


def test_what_cannot_be_given_is_told_and_keeps_no_other_one(dong: Visitor, parts: Parts, claimed: list[str]) -> None:
    with parts.begin(SYSTEM) as work:
        process_instances.suspend(work, UUID(dong.opens(claimed[0]).link("整个流程").rpartition("/")[2]))
    page = gives(dong, "li.na")
    assert "已转交 2 个任务给李娜" in page.text and "有 1 个任务未能转交" in page.text and "已挂起" in page.text
    assert page.tree.xpath("//div[@role='alert']//a/@href") == [claimed[0]]
    assert (count_of(parts, "li.na"), count_of(parts, "wang.lei")) == (2, 1)


def test_so_many_are_given_at_once(dong: Visitor, parts: Parts, claimed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_over, "AT_ONCE", 2)
    page = gives(dong, "li.na")
    assert "已转交 2 个任务给李娜" in page.text and "1 个未办任务" in page.text
    assert "没有未办任务" in gives(dong, "li.na").text


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("wang.lei", "请另选他人"),
        ("nobody", "没有在职人员"),
        ("", "没有在职人员"),
        ("yang.li", "没有“work”权限"),
        ("ma.chao", "没有在职人员"),
    ],
)
def test_a_person_who_cannot_be_given_tasks_is_refused_before_any_is_given(
    dong: Visitor, parts: Parts, claimed: list[str], to: str, why: str
) -> None:
    changes(parts, "yang.li", rights=["start"])
    changes(parts, "ma.chao", is_active=False)
    page = gives(dong, to)
    assert page.status == 422 and why in page.text and "3 个未办任务" in page.text
    assert count_of(parts, "wang.lei") == 3


def test_somebody_who_is_not_there_is_not_found(dong: Visitor) -> None:
    assert dong.opens("/organisation/nobody").status == 404
    assert dong.presses("/organisation/nobody/hand-over", person="li.na").status == 404


def test_one_is_said_in_the_singular(visitor: Callable[..., Visitor], wang: Visitor, approval: str) -> None:
    wang.presses(f"{approval}/claim")
    dong = visitor("dong.hao", language="en")
    page = dong.opens(PAGE)
    assert "1 open task " in page.text and "Hand over this task" in page.text
    assert "Li Na has 1 task more now." in gives(dong, "li.na").text
