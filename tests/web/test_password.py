"""One's own password, changed on a page: the present one is needed, and all other sessions end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.facts.actor import SYSTEM
from service.demo.loading import PASSWORD
from service.identity.sign_in import FREE_PER_ACCOUNT_AND_NETWORK
from service.parts import Parts
from service.store import organisation as rows
from tests.web.conftest import signed_in
from tests.web.visitor import Page, Visitor

NEW = "a better horse"


def changes(visitor: Visitor, present: str = PASSWORD, new: str = NEW, again: str | None = None) -> Page:
    return visitor.presses("/profile/password", present=present, new=new, again=new if again is None else again)


def test_the_menu_leads_to_it_and_the_rules_are_told(chen: Visitor) -> None:
    page = chen.opens(chen.opens("/user-tasks").link("修改密码"))
    assert page.title == "修改密码" and "8 到 200 个字符" in page.text and "其他地方的登录都会退出" in page.text


def test_the_new_one_opens_and_the_old_one_does_not(chen: Visitor, nobody: Visitor) -> None:
    assert "密码已修改" in changes(chen).text
    assert chen.opens("/user-tasks").status == 200
    assert nobody.signs_in("chen.jing", PASSWORD).status == 401
    assert nobody.signs_in("chen.jing", NEW).status == 302


def test_all_other_sessions_end_and_a_copy_of_the_cookie_is_worth_nothing(
    chen: Visitor, parts: Parts, visitor: Callable[..., Visitor]
) -> None:
    elsewhere, copied = visitor(), visitor("chen.jing")
    elsewhere.continues(signed_in(parts, "chen.jing"))
    assert (elsewhere.opens("/user-tasks").status, copied.opens("/user-tasks").status) == (200, 200)
    changes(chen)
    assert (elsewhere.opens("/user-tasks").status, copied.opens("/user-tasks").status) == (302, 302)
    assert chen.opens("/user-tasks").status == 200


def test_a_token_stays_as_the_page_says(chen: Visitor) -> None:
    page = chen.presses("/profile/tokens", name="脚本", days="30", rights="work")
    (token,) = page.tree.xpath("//code[@id='clear-token']/text()")
    changes(chen)
    assert chen.opens("/api/v1/user-tasks", Authorization=f"Bearer {token}").status == 200


@pytest.mark.parametrize(
    ("sent", "why", "field"),
    [
        ({"present": "wrong"}, "这不是您现在的密码", "present"),
        ({"present": ""}, "这不是您现在的密码", "present"),
        ({"new": "short"}, "8 到 200 个字符", "new"),
        ({"new": "x" * 201}, "8 到 200 个字符", "new"),
        ({"new": PASSWORD}, "与现在的密码相同", "new"),
        ({"again": "a better cow"}, "两次输入不一致", "new"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    chen: Visitor, nobody: Visitor, visitor: Callable[..., Visitor], sent: dict[str, str], why: str, field: str
) -> None:
    page = changes(chen, **sent)
    assert page.status == 422 and why in page.tree.xpath("string(//div[@role='alert'])")
    assert page.tree.xpath("//input[@aria-invalid]/@id") == [field]
    assert page.tree.xpath("//input[@type='password']/@value") == []
    assert visitor("chen.jing").opens("/user-tasks").status == 200
    assert nobody.signs_in("chen.jing", PASSWORD).status == 302


def test_wrong_ones_are_slowed_down_as_signing_in_is(
    chen: Visitor, nobody: Visitor, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By one and the same count: neither is a way around the other."""
    with parts.begin(SYSTEM) as work:
        moment = work.now
    monkeypatch.setattr(parts.database, "clock", lambda: moment)
    assert {changes(chen, "wrong").status for _ in range(FREE_PER_ACCOUNT_AND_NETWORK)} == {422}
    page = changes(chen)
    assert page.status == 429 and "秒" in page.tree.xpath("string(//div[@role='alert'])")
    assert nobody.signs_in("chen.jing", PASSWORD).status == 429
    assert chen.opens("/user-tasks").status == 200


def test_the_right_one_takes_the_count_back(chen: Visitor, parts: Parts) -> None:
    for present in (*["wrong"] * (FREE_PER_ACCOUNT_AND_NETWORK - 1), PASSWORD):
        changes(chen, present)
    assert {changes(chen, "wrong").status for _ in range(FREE_PER_ACCOUNT_AND_NETWORK)} == {422}


def test_an_import_finds_the_change_in_order(chen: Visitor, parts: Parts) -> None:
    """A change of a password is sealed: nobody is told that a hand has altered the people."""
    changes(chen)
    with parts.begin(parts.organisation.find_actor("hu.wei")) as work:  # type: ignore[arg-type]
        assert rows.is_as_sealed(work)
