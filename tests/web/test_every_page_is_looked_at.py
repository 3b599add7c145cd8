"""Every page is looked at in Chromium: by the tour of `tests/browser/test_every_page`, or by the test that is named here."""

from __future__ import annotations

from flask import Flask

from tests.browser.test_every_page import PAGES

#: Pages that need something first, and where they are looked at.
ELSEWHERE = {
    "web.sign_in.form": "test_every_page",
    "web.user_tasks.show": "test_every_page",
    "web.process_instances.show": "test_every_page",
    "web.moves.form": "test_designers_pages",
    "web.webhooks.show": "test_designers_pages",
    "web.webhooks.edit": "the form of a new one, filled in",
    "web.approval_sheets.of_instance": "test_working_through_the_inbox",
    "web.approval_sheets.of_task": "the same sheet as that of the instance",
    "web.attachments.show": "a name, a picture or a text, and two links",
}
#: What answers no page: files, parts of pages, the way to another page.
NO_PAGES = {
    *("web.attachments.look", "web.attachments.save", "web.brand.front_door", "web.brand.icon", "web.decisions.xml"),
    *("web.forms.file", "web.live.state", "web.live.waiting", "web.process_definitions.diagram", "web.process_definitions.xml"),
    *("web.user_tasks.next_", "web.deployments.element_templates"),
}


def test_a_new_page_is_looked_at(app: Flask) -> None:
    addresses = app.url_map.bind("localhost")
    looked_at = {str(addresses.match(page.partition("?")[0])[0]) for page in PAGES}
    readable = (rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()))
    pages = {endpoint for endpoint in readable if endpoint.startswith("web.")}
    assert pages - NO_PAGES - ELSEWHERE.keys() - looked_at == set(), (
        "name them in PAGES of tests/browser/test_every_page.py, or here"
    )
    assert ELSEWHERE.keys() | NO_PAGES <= pages
