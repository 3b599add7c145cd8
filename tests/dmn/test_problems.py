"""The problem list: every rule, with the element and the line it is about."""

from __future__ import annotations

import pytest

from engine.dmn import evaluate, read
from engine.facts.errors import Problem
from tests.dmn.xml import NAMESPACE, decision, definitions, function, input_data, literal, table

ONE = literal("1")
SUMMED = '"COLLECT" aggregation="SUM"'
GROOVY = '<literalExpression expressionLanguage="groovy"><text>1</text></literalExpression>'
#: rule → (a model that breaks it, the element named).
BROKEN = {
    "requirement-cycle": ([decision("a", ONE, decisions=["b"]), decision("b", ONE, decisions=["a"])], "a"),
    "reference-unknown": ([decision("a", ONE, inputs=["nowhere"])], "a"),
    "reference-kind": ([decision("a", ONE, functions=["b"]), decision("b", ONE)], "a"),
    "feel-syntax": ([decision("a", literal("1 +"))], "a"),
    "type-unknown": ([input_data("x", "tNothing")], "x"),
    "type-cycle": (['<itemDefinition name="t"><typeRef>t</typeRef></itemDefinition>'], "t"),
    "id-duplicate": ([decision("a", ONE), decision("a", ONE)], "a"),
    "name-duplicate": ([input_data("a"), '<decision id="b" name="a"><variable name="a"/>' + ONE + "</decision>"], "a"),
    "name-missing": (['<inputData id="x"/>'], "x"),
    "name-undeclared": ([decision("a", literal("income"))], "a"),
    "decision-logic": ([decision("a", "")], "a"),
    "expression-missing": ([decision("a", "<list><literalExpression/></list>")], "a"),
    "part-missing": ([decision("a", f"<conditional><if>{ONE}</if><then>{ONE}</then></conditional>")], "a"),
    "binding-parameter": ([decision("a", f"<invocation>{literal('count')}<binding>{ONE}</binding></invocation>")], "a"),
    "language-unsupported": ([decision("a", GROOVY)], "a"),
    "imported-values": ([decision("a", "<literalExpression><importedValues/></literalExpression>")], "a"),
    "function-kind": ([decision("a", f'<functionDefinition kind="Java">{ONE}</functionDefinition>')], "a"),
    "hit-policy": ([decision("a", table(["1"], [["-", "1"]], policy="BEST"))], "table"),
    "aggregation": ([decision("a", table(["1"], [["-", "1", "2"]], outputs=2).replace('"UNIQUE"', SUMMED))], "table"),
    "output-values": ([decision("a", table(["1"], [["-", "1"]], policy="PRIORITY"))], "table"),
    "output-missing": ([decision("a", table(["1"], [["-"]], outputs=0))], "table"),
    "output-name": ([decision("a", table(["1"], [["-", "1", "2"]], outputs=2).replace("out1", "out0"))], "table"),
    "input-expression": ([decision("a", table([""], [["-", "1"]]))], "table"),
    "cell-count": ([decision("a", table(["1"], [["-", "1", "2"]]))], "table"),
    "service-output": (['<decisionService id="s" name="s"/>'], "s"),
    "import-unknown": ([f'<import namespace="urn:other" name="other" importType="{NAMESPACE}"/>'], "other"),
    "import-kind": (['<import namespace="urn:other" name="other" importType="http://www.dmg.org/PMML-4_2"/>'], "other"),
}
WARNINGS = {
    "name-undeclared",
    "name-duplicate",
    "decision-logic",
    "expression-missing",
    "function-kind",
    "import-kind",
}


def only(rule: str, problems: tuple[Problem, ...]) -> Problem:
    return next(problem for problem in problems if problem.rule == rule)


@pytest.mark.parametrize("rule", BROKEN)
def test_what_is_wrong_is_reported_with_element_line_and_fix(rule: str) -> None:
    parts, where = BROKEN[rule]
    reading = read(definitions(*parts))
    problem = only(rule, reading.problems)
    assert problem.where == where
    assert problem.line >= 2
    assert str(problem.sentence).endswith(".")
    assert str(problem.fix).endswith(".")
    assert problem.is_warning is (rule in WARNINGS)
    assert rule in WARNINGS or not reading.is_valid


def test_all_problems_of_a_file_are_reported_in_the_order_of_its_lines() -> None:
    parts = [decision("a", literal("1 +")), decision("b", literal(")")), decision("c", ONE, inputs=["nowhere"])]
    reading = read(definitions(*parts))
    assert [(problem.line, problem.where) for problem in reading.problems] == [(2, "a"), (3, "b"), (4, "c")]


def test_a_cycle_is_listed_once_with_its_names() -> None:
    parts = [decision("a", ONE, decisions=["b"]), decision("b", ONE, decisions=["c"]), decision("c", ONE, decisions=["a"])]
    cycles = [problem for problem in read(definitions(*parts)).problems if problem.rule == "requirement-cycle"]
    assert [str(problem.sentence) for problem in cycles] == ["The requirements go round in a circle: a → b → c → a."]


def test_a_recursive_function_is_no_cycle() -> None:
    assert read(definitions(function("f", "1", requires=["f"]))).problems == ()


def test_logic_that_is_wrong_is_null_and_the_rest_can_be_tried_out() -> None:
    model = read(definitions(decision("bad", literal("1 +")), decision("good", literal("bad = null"), decisions=["bad"]))).model
    assert model is not None
    assert evaluate(model, "good", {}).value is True
    assert str(evaluate(model, "bad", {}).notes[0].reason) == "The expression is not FEEL; its value is null."


def test_a_decision_that_requires_itself_is_evaluated_with_a_null() -> None:
    parts = [decision("a", literal("b = null"), decisions=["b"]), decision("b", literal("a"), decisions=["a"])]
    model = read(definitions(*parts)).model
    assert model is not None
    evaluation = evaluate(model, "a", {})
    assert evaluation.value is True
    assert "'a' requires itself; it is null." in [str(note.reason) for note in evaluation.notes]
