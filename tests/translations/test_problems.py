"""What is wrong with a file is said in Chinese, and the names in it stay names, whatever they look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from engine.bpmn import read
from engine.definitions import deployments
from engine.facts.errors import NotFound, Problem
from engine.facts.sentences import Sentence
from service.translations.sentences import said

MODELS = Path(__file__).parents[1] / "web" / "models"

BROKEN = {
    "expression": ("BPMN", 'liuzhuan:due="P2D"', 'liuzhuan:due="=1 +"'),
    "flow": ("BPMN", 'targetRef="end"', 'targetRef="nowhere"'),
    "unknown name": ("BPMN", 'strategy="role"', 'strategy="rolle"'),
    "hit policy": ("DMN", 'hitPolicy="FIRST"', 'hitPolicy="UNIQUE"'),
    "cell": ("DMN", "&lt; 3", "&lt; &lt;"),
    "cells": ("DMN", "<inputEntry><text>-</text></inputEntry>", ""),
}

#: As they stand in a file; each is a problem there whose sentence names it.
NAMES = (
    "form leave in advance",
    "court",
    "process case in court",
    "{x}",
    "{text}",
    "{",
    "100 %",
    "%(name)s",
    "decision",
    "the end",
)


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
            assert re.search("[\u4e00-\u9fff]", said(sentence, "zh")), sentence


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("element", "attribute", "english", "chinese"),
    [
        ("userTask", "liuzhuan:form", "There is no form {}.", "没有表单 {}。"),
        ("businessRuleTask", "liuzhuan:decision", "There is no decision {}.", "没有决策 {}。"),
        ("callActivity", "calledElement", "There is no process {}.", "没有流程 {}。"),
    ],
)
def test_names_in_a_model_stay_names(element: str, attribute: str, english: str, chinese: str, name: str) -> None:
    (sentence,) = (each.sentence for each in _problems(element, attribute, name) if each.rule.startswith("unknown-"))
    assert str(sentence) == english.replace("{}", name)
    assert said(sentence, "zh") == chinese.replace("{}", name)


class Nothing:
    """Is known to these surroundings."""

    def knows_form(self, key: str) -> bool:
        return False

    def knows_role(self, id: str) -> bool:
        return False

    knows_decision = knows_process = knows_form
    knows_department = knows_person = knows_secret = knows_role


def _problems(element: str, attribute: str, name: str) -> Sequence[Problem]:
    model = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1">'
        f'<process id="p" isExecutable="true"><startEvent id="s"/><{element} id="a" {attribute}={quoteattr(name)}/>'
        '<sequenceFlow id="f" sourceRef="s" targetRef="a"/></process></definitions>'
    )
    return read(model.encode(), checks=Nothing()).problems


@pytest.mark.parametrize("name", NAMES)
def test_names_in_a_refusal_stay_names(name: str) -> None:
    refusal = NotFound(kind=Sentence("process definition"), id=name)
    assert str(refusal) == f"There is no process definition {name}, or you may not see it."
    assert said(refusal.sentence, "zh") == f"没有流程定义 {name}，或您无权查看。"
