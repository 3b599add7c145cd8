"""The element templates for Camunda Modeler: as its published schema wants them, complete, and what they write is read."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from jsonschema import Draft7Validator

from engine.bpmn import read
from engine.facts.declarations import Kind
from engine.vocabulary.models import MODELS
from engine.vocabulary.table import PREFIX
from engine.vocabulary.templates import element_templates
from installation.checkout import ASSETS
from service.connectors import connectors
from service.settings import Settings
from tests.vocabulary.models import model_with

SCHEMA = ASSETS / "node_modules" / "@camunda" / "element-templates-json-schema" / "resources" / "schema.json"
CONNECTORS = connectors(Settings())
TEMPLATES = element_templates("en", CONNECTORS)
#: What nobody can select in a diagram: their attributes are written in the XML.
UNSEEN = {"message", "multiInstanceLoopCharacteristics"}

each_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda each: each["id"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_they_follow_the_published_schema(language: str) -> None:
    schema = Draft7Validator(json.loads(SCHEMA.read_text()))
    found = element_templates(language, CONNECTORS)
    assert [error.message for error in schema.iter_errors(found)] == []
    assert [error.message for error in schema.iter_errors([{**found[0], "appliesTo": ["userTask"]}])] != []


def test_their_ids_are_their_own() -> None:
    ids = [template["id"] for template in TEMPLATES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("tag", [tag for tag in MODELS if tag not in UNSEEN and not tag.endswith("Definition")])
def test_every_attribute_of_an_element_is_in_a_template_for_it(tag: str) -> None:
    mine = [template for template in TEMPLATES if f"bpmn:{tag[0].upper()}{tag[1:]}" in template["appliesTo"]]
    names = {each["binding"]["name"] for template in mine for each in template["properties"]}
    assert {PREFIX + entry.name for entry in MODELS[tag].attributes} <= names


@each_template
def test_what_a_template_writes_is_read_without_a_problem(template: dict[str, Any]) -> None:
    """As the modeler writes it: attributes, with the namespace that the template declares, and inputs in its own way."""
    for tag in (each.removeprefix("bpmn:") for each in template["appliesTo"]):
        element = MODELS[tag[0].lower() + tag[1:]]
        xml = model_with(element, attributes(template), inputs(template)).replace(b'xmlns:liuzhuan="urn:liuzhuan:bpmn:1"', b"", 1)
        reading = read(xml, connectors=CONNECTORS)
        assert [each for each in reading.problems if not each.is_warning] == [], tag


#: Values that the panel would accept. A decision and a topic are two ways of one thing; other names take any text.
FILLED = {"step": "x", "due": "P1D", "method": "POST", "topic": ""}


def attributes(template: dict[str, Any]) -> str:
    found = ((each["binding"]["name"], filled(each)) for each in template["properties"] if not is_input(each))
    return " ".join(f"{name}={quoteattr(value)}" for name, value in found if value)


def inputs(template: dict[str, Any]) -> str:
    found = ((each["binding"]["name"], filled(each)) for each in template["properties"] if is_input(each))
    written = [f'<camunda:inputParameter name="{name}">{escape(value)}</camunda:inputParameter>' for name, value in found]
    return f"<camunda:inputOutput>{''.join(written)}</camunda:inputOutput>" if written else ""


def is_input(each: dict[str, Any]) -> bool:
    return bool(each["binding"]["type"] == "camunda:inputParameter")


def filled(each: dict[str, Any]) -> str:
    if "value" in each:
        return str(each["value"])
    if each["type"] == "Dropdown":
        return str(each["choices"][1]["value"])
    name = each["binding"]["name"].removeprefix(PREFIX)
    return FILLED.get(name, "7" if "pattern" in each.get("constraints", {}) else "some")


@each_template
def test_every_hint_is_there_in_both_languages(template: dict[str, Any]) -> None:
    chinese = next(each for each in element_templates("zh", CONNECTORS) if each["id"] == template["id"])
    for one, other in zip(template["properties"], chinese["properties"], strict=True):
        assert one["binding"] == other["binding"]
        assert one["type"] == "Hidden" or one["description"] != other["description"]


def test_choices_are_the_ones_that_are_allowed() -> None:
    dropdowns = {each["binding"]["name"]: each for template in TEMPLATES for each in template["properties"] if "choices" in each}
    declared = {PREFIX + entry.name: entry for element in MODELS.values() for entry in element.attributes}
    for name, each in dropdowns.items():
        assert declared[name].kind is Kind.CHOICE
        assert [choice["value"] for choice in each["choices"]] == ["", *declared[name].choices]
