"""English is written in the code, Chinese beside it; nobody ever sees the other language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import engine
import service
from engine.definitions import deployments
from engine.facts.errors import Refusal
from service.translations import phrases, sentences
from service.web import words
from service.web.languages import TRANSLATIONS
from tests.documentation.modules import modules
from tests.translations import sources
from tests.web import texts
from tests.web.conftest import MODELS

#: Names of FEEL's own, and wordings that are put together with others before anybody reads them.
VERBATIM = {
    *("add working days", "add working hours", "is working day", "end included", "start included", "ends with", "starts with"),
    *(
        "deliver message",
        "deliver signal",
        "lower case",
        "upper case",
        "string length",
        "round down",
        "round up",
        "round half down",
        "round half up",
        "time offset",
    ),
    *("external function", "left < right", "the password of somebody who does not exist"),
    *("{}(list: any?...)", "{}(list: list)", "{}(n: number, scale: number)"),
    *(" at position {}", "{} at position {}: {}.{}", "The expression was stopped{}: {} (limit {}).", "The {} {}"),
}
#: What only callers of the API, operators or programmers can be told.
NOT_ON_PAGES = ("service.api", "service.settings", "engine.dmn", "service.webhooks.signatures")


@cache
def chinese() -> Catalog:
    with (TRANSLATIONS / "zh" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="zh")


def translation(text: str) -> Sequence[str] | None:
    message = chinese().get(text)
    return message.string if message else None


@pytest.fixture(scope="module", autouse=True)
def every_refusal_is_known() -> None:
    assert list(modules(engine, service))


def refusals(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for kind in of.__subclasses__():
        if not kind.__module__.startswith(NOT_ON_PAGES):
            yield kind
        yield from refusals(kind)


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[sd]|\{\w*\}", text))


def test_every_text_of_the_pages_is_there_in_chinese() -> None:
    singular = [found if isinstance(found, str) else found[0] for found in texts.message_ids()]
    assert sorted(text for text in singular if not translation(text)) == []


def test_every_text_of_the_scripts_is_given_to_them() -> None:
    assert texts.script_texts() == set(words.SCRIPT_WORDS)
    assert sorted(text for text in words.SCRIPT_WORDS if not translation(text)) == []


def test_every_refusal_is_there_in_chinese() -> None:
    templates = {kind(**{}).template if not kind.__doc__ else " ".join(kind.__doc__.split()) for kind in refusals()}
    assert sorted(template for template in templates if not translation(template)) == []


def test_every_reason_of_an_assignment_is_there_in_chinese() -> None:
    assert sorted(text for text in texts.assignment_reasons() if not translation(text)) == []


def test_translations_keep_the_values_of_a_text() -> None:
    for message in chinese():
        if isinstance(message.id, str) and message.id:
            assert placeholders(str(message.string)) == placeholders(message.id), message.id


def test_nothing_is_translated_that_nobody_says() -> None:
    said = {found if isinstance(found, str) else found[0] for found in texts.message_ids()}
    said |= {" ".join((kind.__doc__ or "").split()) for kind in refusals()}
    said |= texts.assignment_reasons() | set(words.SCRIPT_WORDS)
    said |= {each.template for each in sources.sentences() if each.template}
    known = {id if isinstance(id, str) else id[0] for id in (message.id for message in chinese()) if id}
    assert sorted(text for text in known - said if len(text.split()) > 6) == []


@pytest.mark.parametrize("template", sorted(texts.TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_a_template_has_no_text_of_its_own(template: Path) -> None:
    assert list(texts.literals(template)) == []


def test_phrases_keep_their_values() -> None:
    for english, chinese_words in phrases.wordings().items():
        count = english.count("{}")
        assert len(re.findall(r"\{\d?\}", chinese_words)) == count, english


def test_every_sentence_of_the_engine_is_there_in_chinese() -> None:
    """Of problems, incidents, notes and reasons, and the parts they are put together from."""
    known = phrases.wordings()
    assert sorted(text for text in texts.engine_sentences() if not (text in known or text in VERBATIM or translation(text))) == []


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("Did you mean 'approve'?", "是否应为 'approve'？"),
        ("There is no variable “number”", "没有变量“number”"),
        (
            "The condition of sequence flow f1 is not FEEL: An expression is missing before the end at position 4: “1 +▸”.",
            "顺序流 f1 的条件不是 FEEL：结尾之前缺少表达式（第 4 个字符：“1 +▸”）。",
        ),
        ("There is no process definition trip, or you may not see it.", "没有流程定义 trip，或您无权查看。"),
        ("Nobody has ever said this.", "Nobody has ever said this."),
    ],
)
def test_a_sentence_with_values_is_said_in_chinese(english: str, expected: str) -> None:
    assert phrases.in_chinese(english) == expected


BROKEN = {
    "expression": ("BPMN", 'liuzhuan:due="P2D"', 'liuzhuan:due="=1 +"'),
    "flow": ("BPMN", 'targetRef="end"', 'targetRef="nowhere"'),
    "unknown name": ("BPMN", 'strategy="role"', 'strategy="rolle"'),
    "hit policy": ("DMN", 'hitPolicy="FIRST"', 'hitPolicy="UNIQUE"'),
    "cell": ("DMN", "&lt; 3", "&lt; &lt;"),
    "cells": ("DMN", "<inputEntry><text>-</text></inputEntry>", ""),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_the_problems_of_a_broken_file_are_said_in_chinese(broken: str) -> None:
    kind, before, after = BROKEN[broken]
    name = "trip.bpmn" if kind == "BPMN" else "fare.dmn"
    content = (MODELS / name).read_text()
    assert before in content
    problems = deployments.check([deployments.File(name, content.replace(before, after).encode())])
    assert problems
    for problem in problems:
        for sentence in (problem.sentence, problem.fix or problem.sentence):
            assert re.search("[\u4e00-\u9fff]", sentences.said(sentence, "zh")), sentence
