"""The mark of bpmn.io is fully visible wherever a diagram or a form of it is shown, also on paper: its licence asks so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from playwright.sync_api import Page

from tests.browser.people import Employee
from tests.processes import documents as filled

Medium = Literal["screen", "print"]
MEDIA: tuple[Medium, ...] = ("screen", "print")
#: Of each diagram and form that is shown: whether its mark is, and whether it is what one sees at its middle.
MARKS = """
() => [...document.querySelectorAll('.djs-container, .fjs-container')].filter((each) => each.checkVisibility()).map((each) => {
  const mark = (each.closest('.bjs-container') ?? each).querySelector('.bjs-powered-by, .fjs-powered-by-link');
  if (!mark?.checkVisibility({opacityProperty: true, visibilityProperty: true})) return 'hidden';
  mark.scrollIntoView({block: 'center', behavior: 'instant'});
  const box = mark.getBoundingClientRect();
  if (!box.width || !box.height) return 'empty';
  const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return mark.contains(seen) ? 'visible' : `covered by ${seen?.outerHTML.slice(0, 80)}`;
})"""


def test_the_mark_is_visible_on_screen_and_paper(employee: Callable[..., Employee]) -> None:
    case = employee("chen.jing").starts("business-intake", **filled.LEAD)
    manager, administrator = employee("zhao.min"), employee("hu.wei")
    manager.finds(filled.LEAD["customerName"], "初步评估")
    found = {f"task, {medium}": marks(manager.page, medium) for medium in MEDIA}
    for path in ("/start/business-intake", "/process-definitions/business-intake", "/forms/business/lead-registration", case):
        page = administrator.opens(path)
        page.wait_for_selector(".djs-container, .fjs-container")
        found |= {f"{path}, {medium}": marks(page, medium) for medium in MEDIA}
    assert {name: marks for name, marks in found.items() if set(marks) != {"visible"}} == {}


def marks(page: Page, medium: Medium) -> list[Any]:
    page.emulate_media(media=medium)
    found: list[Any] = page.evaluate(MARKS)
    page.emulate_media(media="screen")
    return found
