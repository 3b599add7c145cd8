"""Fills in a form-js form as a person does: each value into the field that the page's schema has for the variable."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

SCAN = Path(__file__).with_name("scan.txt")


def fill(page: Page, values: Mapping[str, Any]) -> None:
    """In the order of the form, because a field may appear when another one is filled in."""
    if not values:
        return
    schema = json.loads(page.locator("script[data-form-schema]").text_content() or "{}")
    frame = page.locator("[data-form]")
    for component in _components(schema):
        name = str(component.get("key") or component.get("path"))
        if name in values and not component.get("readonly"):
            _fill_one(frame, component, values[name])


def _fill_one(within: Locator, component: Mapping[str, Any], value: Any) -> None:
    """form-js draws in the next frame; nobody's hands are so fast that they come before it."""
    _FILLERS[component["type"]](within, component, value)
    within.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def _components(component: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Fields and lists; the fields of a list belong to its rows."""
    for each in component.get("components", ()):
        if each["type"] == "group":
            yield from _components(each)
        else:
            yield each


def _field(within: Locator, component: Mapping[str, Any]) -> Locator:
    """The element of the field; form-js puts the component's id into the id of its input."""
    kind = {"datetime": "datetime"}.get(component["type"], component["type"])
    return within.locator(f".fjs-form-field-{kind}").filter(has=within.page.locator(f"[id*='-{component['id']}']"))


def _text(within: Locator, component: Mapping[str, Any], value: Any) -> None:
    control = _field(within, component).locator("input, textarea").first
    control.fill(str(value))
    control.blur()


def _choice(within: Locator, component: Mapping[str, Any], value: Any) -> None:
    (label,) = [option["label"] for option in component["values"] if option["value"] == value]
    field = _field(within, component)
    field.locator(".fjs-input-group").click()
    field.locator(".fjs-dropdownlist-item").filter(has_text=label).first.click()


def _radio(within: Locator, component: Mapping[str, Any], value: Any) -> None:
    (label,) = [option["label"] for option in component["values"] if option["value"] == value]
    _field(within, component).get_by_text(label, exact=True).click()


def _moment(within: Locator, component: Mapping[str, Any], value: Any) -> None:
    """As typed: 2026/11/23; a time goes into a field of its own."""
    at = datetime.fromisoformat(value)
    inputs = _field(within, component).locator("input:visible")
    inputs.first.fill(at.strftime("%Y/%m/%d"))
    inputs.first.press("Enter")
    if inputs.count() > 1:
        inputs.nth(1).fill(at.strftime("%H:%M"))
        inputs.nth(1).press("Enter")


def _file(within: Locator, component: Mapping[str, Any], value: Any) -> None:
    field = _field(within, component)
    field.locator("input[type='file']").set_input_files(SCAN)
    field.locator(".attachment").first.wait_for()


def _rows(within: Locator, component: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> None:
    """A list begins with `defaultRepetitions` rows; more are added by its button."""
    section = within.locator(".fjs-form-field-dynamiclist").filter(has=within.page.locator(f"[id*='-{component['id']}']")).last
    for index, row in enumerate(rows):
        line = section.locator(".fjs-repeat-row-container").nth(index)
        if not line.count():
            section.locator(".fjs-repeat-render-add").click()
            line.wait_for()
        for each in _components(component):
            if each.get("key") in row:
                _fill_one(line, each, row[each["key"]])


_FILLERS = {
    "textfield": _text,
    "textarea": _text,
    "number": _text,
    "select": _choice,
    "radio": _radio,
    "datetime": _moment,
    "filepicker": _file,
    "dynamiclist": _rows,
}
