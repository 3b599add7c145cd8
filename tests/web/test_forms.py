"""Forms on pages of designers: drawn in both languages, with their fields and where they are used."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.web.conftest import MODELS
from tests.web.visitor import Visitor

FORM = "/forms/tests/trip"


def test_a_form_is_there_in_both_languages_the_readers_first(visitor: Callable[..., Visitor]) -> None:
    for language in ("zh", "en"):
        page = visitor("hu.wei", language=language).opens(FORM)
        assert next(panel.get("lang") for panel in page.tree.xpath("//div[@data-form-preview]/..")) == language
        assert len(page.tree.xpath("//div[@data-form-preview]")) == 2


def test_the_fields_of_a_form_are_listed(hu: Visitor) -> None:
    page = hu.opens(FORM)
    names = [cell.text_content() for cell in page.tree.xpath("//th[@scope='row']/code")]
    schema = json.loads((MODELS / "trip.form.json").read_text())
    assert names == [component["key"] for component in schema["components"] if "key" in component]


def test_where_a_form_is_used(hu: Visitor) -> None:
    page = hu.opens(FORM)
    assert any(address == "/process-definitions/trip" for address in page.tree.xpath("//main//a/@href"))
    back = hu.opens("/process-definitions/trip")
    assert any(address == FORM for address in back.tree.xpath("//main//a/@href"))


def test_a_form_is_downloaded_as_it_was_deployed(hu: Visitor) -> None:
    page = hu.opens("/form-files/tests/trip")
    assert page.json == json.loads((MODELS / "trip.form.json").read_text())


def test_the_list_leads_to_each_form(hu: Visitor) -> None:
    assert FORM in hu.opens("/forms").tree.xpath("//main//a/@href")


@pytest.mark.parametrize("path", ["/forms", FORM, "/form-files/tests/trip"])
def test_forms_are_for_designers_and_operators(path: str, chen: Visitor) -> None:
    assert chen.opens(path).status == 403


def test_checked_files_can_be_looked_at_before_they_are_deployed(hu: Visitor) -> None:
    files = {"fare.dmn": (MODELS / "fare.dmn").read_bytes(), "trip.form.json": (MODELS / "trip.form.json").read_bytes()}
    answer = hu.uploads("/deployments", files, check="1")
    assert 'class="table decision-table"' in answer.json["html"]
    assert answer.json["html"].count("data-form-preview") == 2
    assert hu.opens("/decisions/fare").status == 404
