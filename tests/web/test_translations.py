"""English is written in the code, Chinese beside it; nobody ever sees the other language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from service.web import words
from service.web.languages import TRANSLATIONS
from tests.translations.test_catalogue import templates
from tests.web import texts


@cache
def chinese() -> Catalog:
    with (TRANSLATIONS / "zh" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="zh")


def translation(text: str) -> Sequence[str] | None:
    message = chinese().get(text)
    return message.string if message else None


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[sd]|\{\w*\}", text))


def test_every_text_of_the_pages_is_there_in_chinese() -> None:
    singular = [found if isinstance(found, str) else found[0] for found in texts.message_ids()]
    assert sorted(text for text in singular if not translation(text)) == []


def test_every_text_of_the_scripts_is_given_to_them() -> None:
    assert texts.script_texts() == set(words.SCRIPT_WORDS)
    assert sorted(text for text in words.SCRIPT_WORDS if not translation(text)) == []


def test_translations_keep_the_values_of_a_text() -> None:
    for message in chinese():
        if isinstance(message.id, str) and message.id:
            assert placeholders(str(message.string)) == placeholders(message.id), message.id


#: `Step 3`, `5 h`, constants and what is said of several alone.
NO_COUNTS = {"line %(line)d", "Version %(number)d", "Step %(number)d", "%(count)d times"}
NO_COUNTS |= {"The first %(most)d are shown. Narrow the list by name or department."}


def test_every_count_of_the_pages_has_a_singular() -> None:
    counted = [text for text in texts.message_ids() if isinstance(text, str) and re.search(r"%\(\w+\)d [a-z]{2,}", text)]
    units = re.compile(r"%\(minutes\)d min|%\(most\)d characters|%\(least\)d to")
    assert sorted(text for text in counted if text not in NO_COUNTS and not units.search(text)) == []


def test_nothing_is_translated_that_nobody_says() -> None:
    said = {found if isinstance(found, str) else found[0] for found in texts.message_ids()}
    said |= set(words.SCRIPT_WORDS) | templates().keys()
    known = {id if isinstance(id, str) else id[0] for id in (message.id for message in chinese()) if id}
    assert sorted(known - said) == []


@pytest.mark.parametrize("template", sorted(texts.TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_a_template_has_no_text_of_its_own(template: Path) -> None:
    assert list(texts.literals(template)) == []
