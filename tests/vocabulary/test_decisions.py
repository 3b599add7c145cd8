"""Our names in DMN files: the English of what people read there, and nothing that is passed over."""

from __future__ import annotations

import re

import pytest

from engine.dmn import read
from engine.facts.declarations import Entry
from engine.vocabulary.decisions import DECISIONS
from engine.vocabulary.table import PREFIX, Element
from tests.dmn.xml import NAMESPACE
from tests.vocabulary.spelling import misspelt

PLACES = [(element, entry) for element in DECISIONS.values() for entry in element.attributes]

FILE = f"""<definitions xmlns="{NAMESPACE}" xmlns:liuzhuan="urn:liuzhuan:bpmn:1" name="m" namespace="urn:m" id="m">
<inputData id="a" name="a"/>
<decision id="d" name="d"><informationRequirement><requiredInput href="#a"/></informationRequirement>
<decisionTable><input><inputExpression><text>a</text></inputExpression></input><output/>
<rule id="r"><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable></decision>
</definitions>"""


def with_attribute(element: Element, name: str) -> bytes:
    return re.sub(rf"<{element.tag}(?=[ />])", f'<{element.tag} {name}="x"', FILE, count=1).encode()


def test_the_file_itself_is_clean() -> None:
    assert read(FILE.encode()).problems == ()


@pytest.mark.parametrize(("element", "entry"), PLACES)
def test_a_declared_name_is_accepted_and_a_misspelt_one_is_told(element: Element, entry: Entry) -> None:
    assert read(with_attribute(element, PREFIX + entry.name)).problems == ()
    for name in misspelt(entry.name, {each.name for each in element.attributes}):
        reading = read(with_attribute(element, PREFIX + name))
        assert [(each.rule, str(each.fix)) for each in reading.problems] == [
            ("unknown-attribute", f"Did you mean {PREFIX}{entry.name}?")
        ]
        assert not reading.is_valid


def test_a_name_that_only_processes_have_is_told() -> None:
    assert [each.rule for each in read(with_attribute(DECISIONS["decision"], "liuzhuan:form")).problems] == ["unknown-attribute"]
