"""Every sentence of the code is there in Chinese, with the same values; nobody ever sees the other language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.translations import sources
from tests.translations.sources import names, placeholders

PO = sources.ROOT / "service" / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
#: Where templates arrive that stand elsewhere: the docstrings of refusals, and what was stored.
FILLS_IN = {"engine/facts/sentences.py", "engine/facts/errors.py", "service/web/errors.py"}


@cache
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="zh")


def chinese(template: str) -> str:
    message = catalogue().get(template)
    return str(message.string) if message else ""


def test_every_sentence_stands_in_the_code_as_one_text() -> None:
    places = {said.place for said in sources.sentences() if said.template is None}
    assert {place for place in places if Path(place.partition(":")[0]).as_posix() not in FILLS_IN} == set()
    assert {place.partition(":")[0] for place, _ in sources.calls("filled")} <= FILLS_IN


def test_every_sentence_is_given_the_values_it_names() -> None:
    wrong = [said for said in sources.sentences() if said.template is not None and names(said.template) != said.values]
    assert wrong == []


def test_every_sentence_is_there_in_chinese() -> None:
    templates = {said.template: said.place for said in sources.sentences() if said.template is not None}
    assert sorted((place, template) for template, place in templates.items() if not chinese(template)) == []


@pytest.mark.parametrize("template", sorted({said.template for said in sources.sentences() if said.template}))
def test_the_chinese_sentence_has_the_same_values(template: str) -> None:
    assert placeholders(chinese(template)) == placeholders(template)
