"""Tables of Camunda 7 and Flowable: no input data, types of Java, expressions in JUEL."""

from __future__ import annotations

import pytest

from engine.dmn import Model, evaluate, read
from tests.dmn.xml import decision, definitions, literal

TABLE = """<decisionTable id="table" hitPolicy="FIRST">
  <input id="i1"><inputExpression typeRef="string" expressionLanguage="juel"><text>season</text></inputExpression></input>
  <input id="i2"><inputExpression typeRef="integer"><text>${guests + children}</text></inputExpression></input>
  <output name="dish" typeRef="string"/>
  <rule><description>cold days</description>
    <inputEntry><text>"winter"</text></inputEntry>
    <inputEntry expressionLanguage="juel"><text>${cellInput &lt;= 8}</text></inputEntry>
    <outputEntry><text>"stew"</text></outputEntry></rule>
  <rule><inputEntry><text/></inputEntry><inputEntry><text/></inputEntry>
    <outputEntry expressionLanguage="juel"><text>${vegetarian ? 'salad' : 'steak'}</text></outputEntry></rule>
</decisionTable>"""


@pytest.fixture
def dish() -> Model:
    reading = read(definitions(decision("dish", TABLE)))
    assert reading.model is not None
    assert {problem.rule for problem in reading.problems} == {"name-undeclared"}
    return reading.model


def test_a_table_in_juel_decides_as_it_did(dish: Model) -> None:
    party = {"season": "winter", "guests": 5, "children": 3, "vegetarian": True}
    assert evaluate(dish, "dish", party).value == "stew"
    assert evaluate(dish, "dish", {**party, "guests": 6}).value == "salad"
    assert evaluate(dish, "dish", {**party, "season": "summer", "vegetarian": False}).value == "steak"


@pytest.mark.parametrize("text", ["${execution.setVariable('x', 1)}", "${bean.limit(1)}"])
def test_what_has_no_equal_in_feel_is_a_problem(text: str) -> None:
    (problem,) = read(definitions(decision("a", literal(text)))).problems
    assert problem.rule == "language-unsupported"
    assert problem.where == "a"
