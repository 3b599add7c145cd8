"""What people choose for themselves; the organisation as administrators see it."""

from __future__ import annotations

import pytest

from service.web import organisation
from tests.web.visitor import Visitor


def test_the_language_changes_and_the_page_stays(chen: Visitor) -> None:
    page = chen.presses("/profile/language", language="en", back="/started")
    assert page.title == "Started by me"


def test_strangers_choose_their_language_too(nobody: Visitor) -> None:
    nobody.posts("/profile/language", language="en", back="/sign-in")
    assert nobody.opens("/sign-in").title == "Sign in"


def test_the_theme_is_kept(chen: Visitor) -> None:
    page = chen.presses("/profile/theme", theme="dark", back="/profile")
    assert page.tree.get("data-bs-theme") == "dark"


def test_what_cannot_be_chosen_is_refused(chen: Visitor) -> None:
    assert chen.presses("/profile/language", language="tlh").status == 422
    assert chen.presses("/profile/theme", theme="neon").status == 422


def test_a_token_is_shown_once_and_opens_the_api(chen: Visitor) -> None:
    page = chen.presses("/profile/tokens", name="脚本", days="30", rights="work")
    (token,) = page.tree.xpath("//code[@id='clear-token']/text()")
    answer = chen.opens("/api/v1/user-tasks", Authorization=f"Bearer {token}")
    assert answer.status == 200
    assert token not in chen.opens("/profile").response.get_data(as_text=True)


def test_a_deleted_token_opens_nothing(chen: Visitor) -> None:
    page = chen.presses("/profile/tokens", name="脚本", days="30", rights="work")
    (token,) = page.tree.xpath("//code[@id='clear-token']/text()")
    (address,) = page.tree.xpath("//form[contains(@action, '/delete')]/@action")
    assert "令牌已删除" in chen.presses(address).text
    assert chen.opens("/api/v1/user-tasks", Authorization=f"Bearer {token}").status == 401


def test_a_token_cannot_do_more_than_its_owner(chen: Visitor) -> None:
    assert chen.presses("/profile/tokens", name="x", days="30", rights="operate").status == 422


def test_a_token_needs_a_name_and_an_offered_span(chen: Visitor) -> None:
    assert chen.presses("/profile/tokens", name="", days="30").status == 422
    assert chen.presses("/profile/tokens", name="x", days="9999").status == 422


def test_the_organisation_is_found_by_name_and_department(hu: Visitor) -> None:
    everybody = hu.opens("/organisation")
    assert "41 人" in everybody.text
    assert "1 人" in hu.opens("/organisation?q=李娜").text
    east = hu.opens("/organisation?department=branches").text
    assert "孔德" in east
    assert "王磊" not in east.partition("直接上级")[2]


def test_of_a_large_company_the_first_people_are_drawn(hu: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(organisation, "MOST", 2)
    page = hu.opens("/organisation")
    assert len(page.tree.xpath("//tbody/tr")) == 2
    assert "只显示前 2 人" in page.text
    assert "只显示前" not in hu.opens("/organisation?q=李娜").text
