"""Random forms and all shipped ones with random submissions: form-js's own code is the referee of ours.

Both have to keep the same values, leave out the same, and find the same problems in the same words and order; where a difference
of the table applies they need not.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engine.facts.errors import Problem
from service.forms.judging import FormUnjudged
from service.forms.judging.options import same
from service.forms.refusals import FormUnusable
from service.forms.validation import FormValidator
from service.translations.sentences import said
from tests.forms.differences import DIFFERENCES
from tests.forms.judges import Judge, judged_by_form_js, judged_here
from tests.forms.random_forms import Forms, Schema
from tests.processes.models import FORMS, key_of

#: What form-js says when it fails on a value instead of judging it.
FAILED = re.compile(r"\[big\.js\]|Cannot (?:read|create|convert)|is not a function")

#: Of the values of a submission, which part is of any kind.
HOSTILITY = (0, 0.05, 0.3)

PEOPLE = [{"value": each, "label": each} for each in ("li.na", "wang.wei", "chen.jie")]

Outcome = tuple[dict[str, Any], list[tuple[str, str, str]]]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_random_forms_are_judged_as_form_js_does(seed: int, language: str, validator: FormValidator) -> None:
    random, counts = Random(f"{seed} {language}"), Counter[str]()
    for _ in range(20):
        forms = Forms(random)
        schema = forms.form()
        for hostility in HOSTILITY * 2:
            sent = forms.submission(schema, hostility)
            known = {name: value for name, value in forms.known().items() if name not in sent}
            counts[compared(validator, schema, sent, known, language)] += 1
    assert counts["compared"] > 0.75 * counts.total(), counts


@pytest.mark.parametrize("path", FORMS, ids=key_of)
def test_shipped_forms_are_judged_as_form_js_does(path: Path, validator: FormValidator) -> None:
    schema, random, counts = prepared(json.loads(path.read_text())), Random(path.name), Counter[str]()
    forms = Forms(random)
    for turn in range(30):
        sent = forms.submission(schema, HOSTILITY[turn % 3])
        known = {"amount": 5} if turn % 5 == 0 and "amount" not in sent else {}
        counts[compared(validator, schema, sent, known, "zh")] += 1
    assert counts["compared"] > 0.6 * counts.total(), counts
    assert counts["not judged here"] == 0


def prepared(component: Schema) -> Schema:
    """With people in its pickers."""
    made = {name: value for name, value in component.items() if name != "properties"}
    if component.get("properties", {}).get("source"):
        made["values"] = PEOPLE
    if "components" in made:
        made["components"] = [prepared(each) for each in made["components"]]
    return made


def compared(validator: FormValidator, schema: Schema, sent: dict[str, Any], known: Mapping[str, Any], language: str) -> str:
    """How the comparison went; fails when the two decide otherwise."""
    try:
        here = outcome(judged_here, schema, sent, known, language)
    except FormUnjudged:
        return "not judged here"
    try:
        referee = outcome(judged_by_form_js(validator), schema, sent, known, language)
    except FormUnusable as unusable:
        assert FAILED.search(str(unusable)), unusable
        return "form-js fails"
    if any(difference.applies(component, value) for component, value in pairs(schema, sent) for difference in DIFFERENCES):
        return "a difference applies"
    about = json.dumps({"schema": schema, "sent": sent, "known": known}, ensure_ascii=False)
    assert here[1] == referee[1], about
    assert here[1] or same(as_form_js(rounded(here[0]), frozenset(lists_of(schema))), rounded(referee[0])), (
        here[0],
        referee[0],
        about,
    )
    return "compared"


def outcome(judge: Judge, schema: Schema, sent: Mapping[str, Any], known: Mapping[str, Any], language: str) -> Outcome:
    values, problems = judge(schema, sent, known=known, language=language)
    return values, [told(problem, language) for problem in problems]


def told(problem: Problem, language: str) -> tuple[str, str, str]:
    """form-js writes its Chinese sentence on decimals with an English stop."""
    sentence = re.sub(r"(为整数|位小数)\.$", r"\1。", said(problem.sentence, language))
    return problem.where, problem.rule, re.sub(r"\d+\.\d{10,}", lambda found: f"{float(found[0]):.9g}", sentence)


def rounded(value: Any) -> Any:
    """What is computed in floats there is computed exactly here."""
    if isinstance(value, dict):
        return {name: rounded(each) for name, each in value.items()}
    if isinstance(value, list):
        return [rounded(each) for each in value]
    return float(f"{value:.9g}") if isinstance(value, float) else value


def pairs(component: Schema, sent: Any) -> Iterator[tuple[Schema, Any]]:
    """Every component with what was sent for it; those in lists once for each row."""
    for each in component.get("components", ()):
        place = each.get("key") or each.get("path") or ""
        values = [below(row, place) for row in sent] if isinstance(sent, list) else [below(sent, place)]
        for value in values:
            yield each, value
            yield from pairs(each, value)


def below(value: Any, place: str) -> Any:
    for step in place.split(".") if place else ():
        value = value.get(step) if isinstance(value, dict) else None
    return value


def as_form_js(values: Any, lists: frozenset[str]) -> Any:
    """Without the rows that form-js would not submit; `lists` are the paths of all lists."""
    made = {}
    for name, value in values.items():
        if name in lists:
            rows = [as_form_js(row, lists) or None for row in value]
            while rows and rows[-1] is None:
                rows.pop()
            if rows or not value:
                made[name] = rows
        else:
            made[name] = as_form_js(value, lists) if isinstance(value, dict) else value
    return made


def lists_of(component: Schema) -> Iterator[str]:
    for each in component.get("components", ()):
        if each["type"] == "dynamiclist":
            yield each["path"]
        yield from lists_of(each)
