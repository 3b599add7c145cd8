"""Each accepted difference between our judge and form-js is what its examples say, and is told in the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.facts.errors import Refusal
from service.forms.validation import FormValidator
from tests.forms.differences import DIFFERENCES, Difference, Example, Outcome
from tests.forms.judges import Judge, judged_by_form_js, judged_here

DOCS = Path(__file__).parents[2] / "docs"

each_example = pytest.mark.parametrize(
    "example", [example for difference in DIFFERENCES for example in difference.examples], ids=lambda each: str(each.sent)[:60]
)
each_difference = pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda each: each.said[:60])


def outcome(judge: Judge, example: Example) -> Outcome:
    try:
        values, problems = judge(example.schema, example.sent, known=example.known)
    except Refusal as refusal:
        return type(refusal).__name__
    return [(problem.where, problem.rule) for problem in problems] or values


@each_example
def test_we_decide_as_the_example_says(example: Example) -> None:
    assert outcome(judged_here, example) == example.here


@each_example
def test_form_js_decides_otherwise(example: Example, validator: FormValidator) -> None:
    assert outcome(judged_by_form_js(validator), example) == example.form_js
    assert example.here != example.form_js


@each_difference
@pytest.mark.parametrize(("file", "language"), [("modelling.md", "en"), ("modelling.zh.md", "zh")])
def test_the_documentation_tells_it(difference: Difference, file: str, language: str) -> None:
    said = difference.said_zh if language == "zh" else difference.said
    assert said in (DOCS / file).read_text(encoding="utf-8")
