"""What is said of a form when it is deployed."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import pytest

from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.errors import Problem
from service.forms import rights, sources
from service.forms.checking import check_form
from service.forms.judging import FormUnjudged, compile_form
from service.forms.localisation import localised
from tests.forms.judges import NoCompany, judged_here
from tests.forms.random_forms import Forms
from tests.forms.schemas import field, form, group, rows
from tests.processes.models import FORMS, key_of

Schema = dict[str, Any]

AMOUNT = field("number", "amount")
WHY = field("textfield", "why")


ENDLESS = "some a in 1..100000000 satisfies a < 0"


def found(schema: Schema) -> list[Problem]:
    return list(check_form(json.dumps(schema).encode(), schema))


def hidden(condition: str, **more: Any) -> Schema:
    return {**WHY, "conditional": {"hide": condition}, **more}


#: Components, the rule and the place of the only problem, and whether it is a warning.
DEFECTS: list[tuple[list[Schema], str, str, bool]] = [
    ([{"type": "nonsense", "id": "a"}], "form-component", "a", False),
    ([WHY, {**WHY, "id": "other"}], "form-key", "why", False),
    ([WHY, {**AMOUNT, "id": WHY["id"]}], "form-id", "amount", False),
    ([WHY, group({"type": "text", "id": "t"}, path="why")], "form-key", "why", False),
    ([field("textfield", "a.b"), field("textfield", "a")], "form-key", "a", False),
    ([rows("items", WHY), field("textfield", "items.x")], "form-key", "items.x", False),
    ([{"type": "textfield", "id": "a"}], "form-key", "a", False),
    ([{"type": "dynamiclist", "id": "a", "isRepeating": True, "components": [WHY]}], "form-key", "a", False),
    ([hidden("=amount >")], "form-expression", "why", False),
    ([hidden("=isDefined(amount)")], "form-function", "why", False),
    ([{"type": "expression", "id": "a", "key": "a", "expression": "=uper case(b)"}], "form-function", "a", False),
    ([{**AMOUNT, "validate": {"max": "=limit +"}}], "form-expression", "amount", False),
    ([{"type": "expression", "id": "a", "key": "a", "expression": "=)"}], "form-expression", "a", False),
    ([field("select", "a", valuesExpression="=[")], "form-expression", "a", False),
    ([{**WHY, "readonly": "=("}], "form-expression", "why", False),
    ([{**WHY, "validate": {"pattern": "("}}], "form-pattern", "why", False),
    ([{**WHY, "validate": {"pattern": "a++"}}], "form-pattern", "why", False),
    ([{**WHY, "validate": {"pattern": r"(a)\1"}}], "form-pattern", "why", True),
    ([{**WHY, "validate": {"pattern": "(?<=a+)b"}}], "form-pattern", "why", True),
    ([{**WHY, "validate": {"pattern": "^x+(?=.*a+)(?=.*b+).+$"}}], "form-pattern", "why", True),
    ([{**AMOUNT, "validate": {"min": "many"}}], "form-limit", "amount", False),
    ([{"type": "textfeild", "id": "a"}], "form-component", "a", False),
    ([{"id": "a", "key": "a"}], "form-component", "a", False),
    ([{**WHY, "validate": {"requierd": True}}], "form-name", "why", True),
    ([{**WHY, "properties": {"labelen": "Why"}}], "form-name", "why", True),
    ([field("select", "a", values=[], properties={"Source": "people"}, valuesKey="b")], "form-name", "a", True),
    ([field("select", "a", values=[{"value": "x"}, {"value": "x"}])], "form-option", "a", True),
    ([field("radio", "a", values=[])], "form-option", "a", True),
    ([{"type": "text", "id": "t", "text": "=n +"}], "form-shown", "t", False),
    ([{"type": "text", "id": "t", "text": "{{n +}} of {{n}}"}], "form-shown", "t", False),
    ([{"type": "text", "id": "t", "text": "{{#if x}} yes"}], "form-shown", "t", False),
    ([{"type": "text", "id": "t", "text": "{{#loop x}} {{this}} {{/if}}"}], "form-shown", "t", False),
    ([{**WHY, "label": "{{uper case(n)}}"}], "form-shown", "why", False),
    ([{**AMOUNT, "validate": {"min": 5, "max": "4"}}], "form-limit", "amount", False),
    ([{**WHY, "validate": {"minLength": 5, "maxLength": 4}}], "form-limit", "why", False),
    ([{**WHY, "validate": {"minLength": -1}}], "form-limit", "why", False),
    ([{**AMOUNT, "decimalDigits": -1}], "form-limit", "amount", False),
    ([{**AMOUNT, "increment": "x"}], "form-limit", "amount", False),
    ([{**WHY, "validate": {"validationType": "emial"}}], "form-limit", "why", False),
    ([field("datetime", "day", subtype="dat")], "form-limit", "day", False),
    ([hidden("amount > 5")], "form-condition", "why", True),
    ([AMOUNT, hidden("=amount > 5")], "form-null", "why", True),
    ([{**AMOUNT, "properties": {"source": "peple"}}], "form-property", "amount", False),
    (
        [rows("few", WHY), rows("items", rows("parts", AMOUNT, defaultRepetitions=100), defaultRepetitions=100)],
        "form-rows",
        "items",
        False,
    ),
    ([{**WHY, "properties": {"default": "today"}}], "form-property", "why", False),
    ([hidden(f"={ENDLESS}")], "form-cost", "why", True),
    ([hidden("", readonly=f"={ENDLESS}")], "form-cost", "why", True),
    ([{"type": "expression", "id": "a", "key": "a", "expression": f"={ENDLESS}"}], "form-cost", "a", True),
    ([field("select", "a", valuesExpression=f"=[{ENDLESS}]")], "form-cost", "a", True),
    ([{**AMOUNT, "validate": {"max": f"=if {ENDLESS} then 1 else 2"}}], "form-cost", "amount", True),
]


@pytest.mark.parametrize(("components", "rule", "where", "is_warning"), DEFECTS, ids=lambda each: str(each)[:50])
def test_a_defect_is_told_with_its_place(components: list[Schema], rule: str, where: str, is_warning: bool) -> None:
    assert [(each.rule, each.where, each.is_warning) for each in found(form(*components))] == [(rule, where, is_warning)]


@pytest.mark.parametrize(("components", "rule"), [each[:2] for each in DEFECTS], ids=lambda each: str(each)[:50])
def test_who_is_told_of_nothing_has_a_form_that_can_be_judged(components: list[Schema], rule: str) -> None:
    """What cannot be judged here is told; what is only a warning of another kind can."""
    told = rule in ("form-component", "form-key", "form-id", "form-expression", "form-pattern")
    try:
        compile_form(form(*components))
    except FormUnjudged:
        assert told
    else:
        assert not told


def test_what_a_form_costs_grows_with_its_expressions_not_with_their_square() -> None:
    """Each condition was read beside the names of all fields: 400 of them took 5 s."""
    # Four times the conditions: about four times the cost, and sixteen times by the square.
    assert _cost_of_conditions(400) < 9 * _cost_of_conditions(100)


def _cost_of_conditions(count: int) -> float:
    """Seconds of CPU time to check and compile a form with so many: the best of two, for a busy machine."""
    names = [f"c{number}" for number in range(count)]
    hides = [f'={one} = null or {other} = ""' for one, other in zip(names, [*names[2:], *names[:2]], strict=True)]
    schema = form(*(field("textfield", name, conditional={"hide": hide}) for name, hide in zip(names, hides, strict=True)))
    costs = []
    for _ in range(2):
        before = process_time()
        assert found(schema) == []
        compile_form(schema)
        costs.append(process_time() - before)
    return min(costs)


@pytest.mark.parametrize("seed", range(5))
def test_a_random_form_can_be_judged_or_is_told_why_not(seed: int) -> None:
    random = Random(f"checked {seed}")
    for _ in range(60):
        schema = Forms(random).form()
        others = ("form-null", "form-condition", "form-limit", "form-property", "form-name", "form-option")
        told = [each for each in found(schema) if each.rule not in others]
        try:
            compile_form(schema)
        except FormUnjudged as unjudged:
            assert told, (str(unjudged), schema)
        else:
            assert not told, (told, schema)


@pytest.mark.parametrize(
    ("condition", "empty"),
    [
        ("=amount > 5", ["amount"]),
        ("=amount = null or amount > 5", None),
        ("=amount != null and amount > 5", None),
        ("=not(amount > 5)", ["amount"]),
        ("=amount = 5", None),
        ("=amount != 5", None),
        ("=kind = \"a\"", None),
        ("=kind > \"a\"", ["kind"]),
        ("=name > \"a\"", None),
        ("=agreed", None),
        ("=not(agreed)", None),
        ("=day < \"2027-01-01\"", ["day"]),
        ("=count(items) > 2", None),
        ("=limit > 5", ["limit"]),
        ("=amount > 5 or kind = \"a\"", ["amount"]),
        ("=amount > 5 and agreed", ["amount"]),
        ("=amount in [1..5]", None),
        ("=price < 3", ["price"]),
        ("=customer.size > 3", ["customer.size"]),
    ],
)  # fmt: skip
def test_a_condition_that_is_null_while_something_is_empty_is_told_with_what(condition: str, empty: list[str] | None) -> None:
    schema = form(
        AMOUNT,
        field("select", "kind", values=[{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]),
        field("textfield", "name"),
        field("checkbox", "agreed"),
        field("datetime", "day", subtype="date"),
        rows("items", field("number", "cost")),
        group(field("number", "size"), path="customer"),
        hidden(condition),
    )
    told = [str(each.sentence) for each in found(schema)]
    if empty is None:
        assert told == []
    elif not empty:
        assert told == [f"{condition} is always null, and for form-js that is true."]
    else:
        assert told == [f"{condition} is null while {' or '.join(empty)} is empty; that hides the field."]


def test_a_condition_in_a_row_is_tried_with_the_values_of_the_row() -> None:
    inside = hidden("=this.price < 3")
    (problem,) = found(form(rows("items", field("number", "price"), inside)))
    assert "while this.price is empty" in str(problem.sentence)
    assert found(form(rows("items", field("number", "price"), hidden("=this.price = 0")))) == []


def test_the_line_is_the_one_of_the_component() -> None:
    text = (
        '{"type": "default", "components": [\n {"type": "textfield", "key": "a", "id": "a"},\n {"type": "nonsense", "id": "b"}]}'
    )
    (problem,) = check_form(text.encode(), json.loads(text))
    assert problem.line == 3


def test_the_file_of_a_deployment_is_named() -> None:
    file = File("forms/bad.form.json", json.dumps(form({"type": "nonsense", "id": "b"})).encode())
    problems = deployments.check([file], check_form=check_form)
    assert [(each.file, each.rule) for each in problems] == [("forms/bad.form.json", "form-component")]


@pytest.mark.parametrize("path", FORMS, ids=key_of)
def test_nothing_is_wrong_with_the_shipped_forms(path: Path) -> None:
    content = path.read_bytes()
    assert list(check_form(content, json.loads(content))) == []


ODD: list[Any] = [None, True, 5, 2.5, "text", "=(", [], [1], {}, {"a": 1}]


def changed(component: Any, random: Random) -> Any:
    """With something of any kind in the place of some attribute somewhere."""
    if isinstance(component, dict) and component:
        name = random.choice(sorted(component))
        inner = component[name]
        if isinstance(inner, dict | list) and inner and random.random() < 0.8:
            return {**component, name: changed(inner, random)}
        return {**component, name: random.choice(ODD)}
    if isinstance(component, list) and component:
        at = random.randrange(len(component))
        return [*component[:at], changed(component[at], random), *component[at + 1 :]]
    return random.choice(ODD)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_stands_in_a_form_is_told_or_can_be_used(seed: int) -> None:
    random = Random(f"odd {seed}")
    for _ in range(150):
        schema = Forms(random).form()
        schema["components"] = [changed(each, random) for each in schema["components"]]
        if any(not problem.is_warning for problem in found(schema)):
            continue
        for language in ("zh", "en"):
            localised(schema, language)
        sources.with_options(rights.permitted(schema, {"f1": "read", "f2": "hidden"}), NoCompany(), "zh", {})
        with suppress(FormUnjudged):
            judged_here(schema, {"f1": 1, "f3": "a"})
