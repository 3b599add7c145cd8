"""Decisions on pages: a table anybody can read, in both languages, that can be asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.web import decision_sheets
from tests.web.conftest import MODELS
from tests.web.visitor import Page, Visitor

FARE = (MODELS / "fare.dmn").read_bytes()


@pytest.fixture
def fare(hu: Visitor) -> str:
    """The address of a deployed decision."""
    answer = hu.uploads("/deployments", {"fare.dmn": FARE})
    assert answer.status == 200, answer.text
    return "/decisions/fare"


def cells(page: Page) -> list[list[str]]:
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("th|td")]
        for row in page.tree.xpath("//table[contains(@class, 'decision-table')]/tbody/tr")
    ]


def test_a_decision_table_is_read_with_its_hit_policy_columns_and_rules(fare: str, hu: Visitor) -> None:
    page = hu.opens(fare)
    assert page.title == "票价等级"
    assert "FIRST – 取第一条命中的规则" in page.text
    assert cells(page) == [["1", "< 3", '"economy"', "短途"], ["2", "任意", '"business"', ""]]


def test_a_decision_speaks_english_to_english_readers(fare: str, visitor: Callable[..., Visitor]) -> None:
    page = visitor("hu.wei", language="en").opens(fare)
    assert page.title == "Fare class"
    heads = [" ".join(each.text_content().split()) for each in page.tree.xpath("//table//span[@class='column-label']")]
    assert heads == ["Days", "Class"]


def test_a_decision_can_be_asked(fare: str, hu: Visitor) -> None:
    page = hu.presses(f"{fare}/evaluate", **{"input-days": "2"})
    assert '"economy"' in page.text
    (matched,) = page.tree.xpath("//tr[@class='is-matched']/th")
    assert matched.text_content().strip().startswith("1")


def test_versions_of_a_decision_stay(fare: str, hu: Visitor) -> None:
    hu.uploads("/deployments", {"fare.dmn": FARE.replace(b"economy", b"standard")})
    assert "standard" in hu.opens(fare).text
    assert "economy" in hu.opens(f"{fare}?version=1").text


def test_where_a_decision_is_used(fare: str, hu: Visitor) -> None:
    assert "没有流程的最新版本引用它" in hu.opens(fare).text
    model = (MODELS / "trip.bpmn").read_text()
    flow = '<sequenceFlow id="f1" sourceRef="start" targetRef="approve"/>'
    asked = '<businessRuleTask id="decide" name="定票价" liuzhuan:decision="fare" liuzhuan:resultVariable="class"/>'
    detour = '<sequenceFlow id="f0" sourceRef="start" targetRef="decide"/>'
    asking = model.replace(flow, detour + asked + flow.replace('"start"', '"decide"'))
    answer = hu.uploads("/deployments", {"trip.bpmn": asking.encode()})
    assert answer.status == 200, answer.json
    page = hu.opens(fare)
    assert "定票价" in page.text
    assert page.link("出差申请") == "/process-definitions/trip"


def test_the_list_leads_to_each_decision(fare: str, hu: Visitor) -> None:
    assert hu.opens("/decisions").link("票价等级") == fare
    assert "没有符合" in hu.opens("/decisions?q=nothing").text


def test_decisions_are_for_designers_and_operators(fare: str, chen: Visitor) -> None:
    assert [chen.opens(path).status for path in ("/decisions", fare, f"{fare}/xml")] == [403, 403, 403]


def test_other_logic_than_a_table_is_shown_as_text() -> None:
    literal = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="n" namespace="n">
      <decision id="sum" name="sum"><context>
        <contextEntry><variable name="a"/><literalExpression><text>1</text></literalExpression></contextEntry>
        <contextEntry><literalExpression><text>a + 1</text></literalExpression></contextEntry>
      </context></decision></definitions>"""
    (sheet,) = decision_sheets.read(literal)
    assert sheet.logic is not None
    assert [(name, entry.text) for name, entry in sheet.logic.entries] == [("a", "1"), ("", "a + 1")]


def test_what_is_no_xml_has_no_decisions() -> None:
    assert decision_sheets.read(b"<definitions") == ()
