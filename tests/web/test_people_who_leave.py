"""Somebody leaves, or a role is given up, while their tasks are open: pages say so until the tasks have gone to others."""

from __future__ import annotations

from uuid import UUID

import pytest

from engine.facts.actor import SYSTEM
from engine.people import stranded_tasks, user_tasks
from engine.people.stranded_tasks import HandedOn
from engine.store.unit_of_work import UnitOfWork
from service.background import hand_on
from service.parts import Parts
from service.store import organisation as rows
from tests.web.visitor import Visitor


def changes(parts: Parts, person: str, **values: object) -> None:
    with parts.begin(SYSTEM) as work:
        rows.update_row(work, "person", person, values)
        rows.move_version(work)


def gives_up_roles(parts: Parts, person: str) -> None:
    with parts.begin(SYSTEM) as work:
        rows.set_roles(work, person, ())
        rows.move_version(work)


def case_of(page: str, dong: Visitor) -> str:
    return dong.opens(page).link("整个流程")


@pytest.mark.parametrize(("values", "mark"), [({"is_active": False}, "已离职"), ({"rights": ["start"]}, "无办理权限")])
def test_a_task_of_somebody_who_cannot_do_it_says_so_and_returns(
    parts: Parts, wang: Visitor, dong: Visitor, chen: Visitor, approval: str, values: dict[str, object], mark: str
) -> None:
    wang.presses(f"{approval}/claim")
    changes(parts, "wang.lei", **values)
    pages = (approval, case_of(approval, dong))
    for page in pages:
        assert mark in dong.opens(page).text
    assert mark in chen.opens("/started").text
    assert "都已不能办理" in dong.opens(approval).text
    assert hand_on.run_once(parts) == 1
    assert hand_on.run_once(parts) == 0
    assert "已转交" in dong.opens(pages[1]).text
    assert "流程管理员" in dong.opens(approval).text


def test_candidates_of_whom_nobody_is_there_are_marked(parts: Parts, dong: Visitor, chen: Visitor, approval: str) -> None:
    assert "无人" not in dong.opens(approval).text
    gives_up_roles(parts, "wang.lei")
    for page in (approval, case_of(approval, dong)):
        assert "无人" in dong.opens(page).text
    assert "无人" in chen.opens("/started").text


def test_a_task_that_cannot_be_handed_on_keeps_no_other_waiting(
    parts: Parts, wang: Visitor, chen: Visitor, approval: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chen.sends("/start/trip", variables={"destination": "上海", "days": 1, "secret": "面谈"})
    changes(parts, "wang.lei", is_active=False)
    found = stranded_tasks.hand_on
    broken = approval.rpartition("/")[2]

    def breaks(work: UnitOfWork, id: UUID) -> HandedOn | None:
        if str(id) == broken:
            raise ZeroDivisionError
        return found(work, id)

    monkeypatch.setattr(stranded_tasks, "hand_on", breaks)
    assert hand_on.run_once(parts) == 1
    with parts.begin(SYSTEM) as work:
        open_tasks = user_tasks.list_(work, user_tasks.UserTaskFilter(), limit=10).items
    assert len(open_tasks) == 2


def test_the_organisation_marks_who_has_left_wherever_they_stand_and_counts_the_others(parts: Parts, hu: Visitor) -> None:
    before = hu.opens("/organisation")
    assert "已离职" not in before.text and "41 人" in before.text
    changes(parts, "wang.lei", is_active=False)
    page = hu.opens("/organisation")
    assert "40 人" in page.text and "已离职 1 人" in page.text
    rows_ = page.tree.xpath("//tbody/tr")
    assert "wang.lei" in rows_[-1].text_content() and "已离职" in rows_[-1].xpath("string(th)")
    head = page.tree.xpath("//section[@aria-labelledby='departments-title']")[0].text_content()
    superiors = [row.xpath("string(td[@data-label='直接上级'])") for row in rows_]
    named = [text for text in (*superiors, *head.split("\n")) if "王磊" in text]
    assert len(named) > 1 and all("已离职" in text for text in named)
    assert sum("已离职" in row.xpath("string(th)") for row in rows_) == 1
