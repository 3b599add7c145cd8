"""The approval sheet on a phone and on a desk: no word is broken, nothing is wider than the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from engine import process_instances
from engine.definitions import deployments
from engine.facts.actor import SYSTEM
from engine.people import user_tasks
from tests.browser.people import Employee, Theme
from tests.browser.site import Site
from tests.browser.styles import missing_styles
from tests.browser.test_every_page import sideways
from tests.browser.test_handing_over import actor
from tests.web.conftest import trip_files

#: Answers each word that stands in two lines: letters and digits, a date or a time with what joins it. Chinese breaks anywhere.
BROKEN = r"""
() => {
  const broken = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const word of node.data.matchAll(/[A-Za-z0-9]+([-:.,@][A-Za-z0-9]+)*/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((rect) => Math.round(rect.top))).size > 1) broken.push(word[0]);
    }
  }
  return broken;
}
"""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("theme", "width"), [("dark", 390), ("light", 360), ("light", 1280)])
def test_no_word_of_a_sheet_is_broken(
    language: str,
    theme: Theme,
    width: int,
    site: Site,
    employee: Callable[..., Employee],
    axe_violations: Callable[[Page], list[str]],
) -> None:
    with site.parts.begin(SYSTEM) as work:
        deployments.deploy(work, trip_files(), name="tests")
    values = {"destination": "Internationale Maschinenbauausstellung Hannover, Deutschland", "days": 3}
    with site.parts.begin(actor(site, "chen.jing")) as work:
        case = process_instances.start(work, "trip", values).id
    wang = actor(site, "wang.lei")
    with site.parts.begin(wang) as work:
        (task,) = user_tasks.list_(work, user_tasks.UserTaskFilter(view="claimable"), limit=2).items
    with site.parts.begin(wang) as work:
        user_tasks.complete(work, task.id, {}, outcome="approve", comment="Misunderstandings notwithstanding: approved.")
    page = employee("hu.wei", language=language, theme=theme, width=width).opens(f"/process-instances/{case}/sheet")
    assert page.evaluate(BROKEN) == []
    assert sideways(page) <= 0
    assert page.evaluate("[...document.querySelectorAll('.paper')].every((each) => each.scrollWidth <= each.clientWidth)")
    assert [*axe_violations(page), *missing_styles(page)] == []
