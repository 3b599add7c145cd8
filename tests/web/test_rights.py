"""Which pages open for whom; everything else is refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.visitor import Visitor


def test_the_menu_shows_only_what_opens(chen: Visitor, dong: Visitor, hu: Visitor) -> None:
    def menu(visitor: Visitor) -> list[str]:
        return [link.get("href") for link in visitor.opens("/user-tasks").tree.xpath("//nav[@id='navigation']//a")]

    for visitor in (chen, dong, hu):
        assert {visitor.opens(path).status for path in menu(visitor)} == {200}
    assert menu(chen) == ["/user-tasks", "/start", "/started"]
    assert len(menu(hu)) == 13


def test_a_form_without_its_token_is_refused(chen: Visitor) -> None:
    assert chen.presses("/profile/tokens", csrf_token="forged", name="x", days="30").status == 403


def test_pages_speak_the_language_that_was_chosen(visitor: Callable[..., Visitor]) -> None:
    page = visitor("chen.jing", language="en").opens("/user-tasks")
    assert page.title == "My tasks"
    assert page.tree.get("lang") == "en"
    assert "Chen Jing" in page.text


def test_pages_are_chinese_unless_somebody_chose_otherwise(chen: Visitor) -> None:
    assert chen.opens("/user-tasks", **{"Accept-Language": "en"}).tree.get("lang") == "zh-CN"
