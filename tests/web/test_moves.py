"""Moving a process by hand: seen before it happens, with a reason, by who operates."""

from __future__ import annotations

import pytest

from tests.web.visitor import Visitor


def token(page_address: str, dong: Visitor) -> str:
    """The number of the one step that is open."""
    return str(dong.opens(f"{page_address}/move").tree.xpath("string(//input[@name='cancel']/@value)"))


def test_a_preview_says_what_would_go_and_come_and_changes_nothing(trip: str, dong: Visitor) -> None:
    page = dong.presses(f"{trip}/move/preview", cancel=token(trip, dong), element="book", place="before")
    assert [text.strip() for text in page.tree.xpath("//dd/text()")] == ["审批", "订票", "—"]
    assert "“审批”等待办理" in dong.opens(trip).text


def test_a_move_goes_on_elsewhere_and_its_reason_stands_in_the_history(trip: str, dong: Visitor) -> None:
    page = dong.presses(f"{trip}/move", cancel=token(trip, dong), element="book", place="before", reason="已口头批准")
    assert "流程已移动" in page.text
    assert "董浩 移动了流程" in page.text and "原因：已口头批准" in page.text
    assert dong.opens("/process-instances?process=trip&step=book").links("北京")


def test_a_preview_says_that_the_process_would_end(trip: str, dong: Visitor) -> None:
    page = dong.presses(f"{trip}/move/preview", cancel=token(trip, dong), element="end", place="before")
    assert "流程会结束" in page.text


@pytest.mark.parametrize("element", ["nonsense", ""])
def test_what_cannot_be_is_refused_with_a_reason(element: str, trip: str, dong: Visitor) -> None:
    page = dong.presses(f"{trip}/move/preview", cancel=token(trip, dong), element=element, place="before")
    assert page.tree.xpath("//div[contains(@class, 'alert-danger')]")


def test_a_move_needs_a_reason(trip: str, dong: Visitor) -> None:
    assert dong.presses(f"{trip}/move", cancel=token(trip, dong), element="book", place="before").status == 422


@pytest.mark.parametrize("address", ["{}/move", "{}/move/preview"])
def test_only_who_operates_moves(address: str, trip: str, chen: Visitor) -> None:
    assert chen.presses(address.format(trip), cancel="1", element="book", reason="x").status == 403
    assert chen.opens(f"{trip}/move").status == 403
