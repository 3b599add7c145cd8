"""The pages for designers: their tables are those of the declarations, and no name of ours in them is one that nothing reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from engine.vocabulary.check import faults
from engine.vocabulary.decisions import DECISIONS
from engine.vocabulary.models import MODELS
from engine.vocabulary.table import LIUZHUAN, PREFIX
from installation.checkout import ROOT
from tests.documentation.vocabulary import BLOCK, PAGES, TABLES, written

XML_BLOCK = re.compile(r"^```xml\n(.*?)^```", re.MULTILINE | re.DOTALL)
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


@pytest.mark.parametrize("language", PAGES)
def test_the_tables_are_those_of_the_declarations(language: str) -> None:
    page = PAGES[language].read_text(encoding="utf-8")
    assert page == written(page, language), "python -m tests.documentation.vocabulary writes it anew"
    assert sorted(name for name, *_ in BLOCK.findall(page)) == sorted(TABLES)


def test_every_declared_name_is_in_the_tables() -> None:
    tables = "\n".join(table("en") for table in TABLES.values())
    for element in MODELS.values():
        for name in (f"{PREFIX}{entry.name}" for entry in element.attributes):
            assert f"`{name}`" in tables, (element.tag, name)
        for child in element.children:
            assert f"<{child.title}" in tables


@pytest.mark.parametrize("document", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_every_name_of_ours_that_a_document_writes_is_declared(document: Path) -> None:
    names = set(re.findall(rf"(?<!urn:)\b{PREFIX}([A-Za-z]+)", document.read_text(encoding="utf-8")))
    assert names - declared() == set()


def declared() -> set[str]:
    found: set[str] = set()
    for element in (*MODELS.values(), *DECISIONS.values()):
        found |= {entry.name for entry in element.attributes} | {each.title.removeprefix(PREFIX) for each in element.children}
        if element.choice is not None:
            found |= {entry.name for choosable in element.choice.among.values() for entry in choosable.parameters}
    return found


@pytest.mark.parametrize("language", PAGES)
def test_the_examples_have_no_name_that_nothing_reads(language: str) -> None:
    examples = XML_BLOCK.findall(PAGES[language].read_text(encoding="utf-8"))
    assert len(examples) >= 4
    for example in examples:
        whole = example if example.count("</process>") or "<process" not in example else f"{example}</process>"
        root = etree.fromstring(f'<definitions xmlns="{BPMN}" xmlns:liuzhuan="{LIUZHUAN}">{whole}</definitions>')
        assert list(faults(root, MODELS)) == []


def test_both_languages_have_the_same_rows() -> None:
    for table in TABLES.values():
        english, chinese = (re.findall(r"`([^`]+)`", table(language)) for language in ("en", "zh"))
        assert [name for name in english if PREFIX in name] == [name for name in chinese if PREFIX in name]
