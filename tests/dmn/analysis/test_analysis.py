"""Static analysis of tables: every finding comes with inputs that show it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from engine.dmn import Model, read
from engine.dmn.analysis import Finding, analyse_model
from tests.dmn.xml import decision, definitions, input_data, table


def findings(
    inputs: dict[str, str], rules: Sequence[Sequence[str]], *, policy: str = "UNIQUE", output: str = "", items: str = ""
) -> list[Finding]:
    """Of a table over these inputs, given as name → type."""
    logic = table(list(inputs), rules, policy=policy, output=output)
    for name, type_ref in inputs.items():
        logic = logic.replace(f"<inputExpression><text>{name}<", f'<inputExpression typeRef="{type_ref}"><text>{name}<')
    data = [input_data(name, type_ref) for name, type_ref in inputs.items()]
    model = read(definitions(items, *data, decision("a", logic, inputs=inputs))).model
    assert isinstance(model, Model)
    return list(analyse_model(model))


def limited(name: str, values: str) -> str:
    """A type of text with these values."""
    allowed = f"<allowedValues><text>{values}</text></allowedValues>"
    return f'<itemDefinition name="{name}"><typeRef>string</typeRef>{allowed}</itemDefinition>'


def summary(found: list[Finding]) -> list[tuple[str, tuple[int, ...], dict[str, Any]]]:
    return [(finding.kind, finding.rules, dict(finding.example)) for finding in found]


def test_a_complete_table_has_no_findings() -> None:
    assert findings({"age": "number"}, [["< 18", "1"], ["[18..65)", "2"], [">= 65", "3"]]) == []


def test_a_gap_between_ranges_is_shown_with_a_value_in_it() -> None:
    found = findings({"age": "number"}, [["< 18", "1"], ["> 18", "2"]])
    assert summary(found) == [("gap", (), {"age": Decimal(18)})]
    assert str(found[0].sentence) == "No rule matches when age = 18."


def test_a_gap_may_need_several_inputs() -> None:
    found = findings({"age": "number", "gold": "boolean"}, [["< 18", "-", "1"], [">= 18", "true", "2"]])
    assert summary(found) == [("gap", (), {"age": Decimal(18), "gold": False})]


def test_texts_leave_a_gap_unless_their_values_are_limited() -> None:
    rules = [['"new"', "1"], ['"old"', "2"]]
    assert summary(findings({"status": "string"}, rules)) == [("gap", (), {"status": "other"})]
    assert findings({"status": "tStatus"}, rules, items=limited("tStatus", '"new", "old"')) == []


def test_a_default_output_closes_every_gap() -> None:
    default = "<defaultOutputEntry><text>0</text></defaultOutputEntry>"
    assert findings({"age": "number"}, [["< 18", "1"]], output=default) == []


def test_collecting_tables_have_no_gaps() -> None:
    assert findings({"age": "number"}, [["< 18", "1"]], policy="COLLECT") == []


def test_days_that_follow_each_other_leave_no_gap() -> None:
    assert findings({"day": "date"}, [['<= date("2026-01-31")', "1"], ['>= date("2026-02-01")', "2"]]) == []
    found = findings({"day": "date"}, [['<= date("2026-01-31")', "1"], ['>= date("2026-02-02")', "2"]])
    assert [str(finding.example["day"]) for finding in found] == ["2026-02-01"]


def test_durations_are_compared_too() -> None:
    found = findings({"wait": "days and time duration"}, [['< duration("P1D")', "1"], ['> duration("P1D")', "2"]])
    assert [str(finding.sentence) for finding in found] == ["No rule matches when wait = P1D."]


def test_rules_that_both_match_overlap_where_one_is_allowed() -> None:
    found = findings({"age": "number", "gold": "boolean"}, [["<= 18", "-", "1"], [">= 18", "-", "2"], ["> 60", "true", "3"]])
    assert summary(found) == [
        ("overlap", (1, 2), {"age": Decimal(18), "gold": True}),
        ("overlap", (2, 3), {"age": Decimal(61), "gold": True}),
    ]


def test_rules_that_agree_may_overlap_with_hit_policy_any() -> None:
    assert findings({"age": "number"}, [["<= 18", "1"], [">= 18", "1"]], policy="ANY") == []
    assert summary(findings({"age": "number"}, [["<= 18", "1"], [">= 18", "2"]], policy="ANY")) == [
        ("overlap", (1, 2), {"age": Decimal(18)})
    ]


@pytest.mark.parametrize("policy", ["FIRST", "PRIORITY", "COLLECT", "RULE ORDER"])
def test_rules_may_overlap_with_other_hit_policies(policy: str) -> None:
    values = "<outputValues><text>1, 2</text></outputValues>"
    assert findings({"age": "number"}, [["< 18", "1"], ["-", "2"]], policy=policy, output=values) == []


def test_a_rule_that_no_value_passes_never_matches() -> None:
    found = findings({"age": "number"}, [["> 5 and < 3", "1"], ["(7..7)", "2"], ["-", "3"]])
    assert ("never-matching", (2,)) in [(finding.kind, finding.rules) for finding in found]


def test_a_rule_behind_rules_that_take_all_its_inputs_is_shadowed() -> None:
    found = findings({"age": "number"}, [["< 18", "1"], [">= 18", "2"], ["[10..20]", "3"]], policy="FIRST")
    assert [(finding.kind, finding.rules) for finding in found] == [("shadowed", (3, 1, 2))]
    assert found[0].example["age"] in range(10, 21)


def test_with_priority_a_rule_is_shadowed_by_more_important_outputs_anywhere() -> None:
    values = '<outputValues><text>"high", "low"</text></outputValues>'
    found = findings({"age": "number"}, [["> 10", '"low"'], ["-", '"high"']], policy="PRIORITY", output=values)
    assert [(finding.kind, finding.rules) for finding in found] == [("shadowed", (1, 2))]


def test_cells_that_are_not_understood_raise_no_false_alarm() -> None:
    assert findings({"age": "number", "limit": "number"}, [["< limit", "-", "1"], [">= limit", "-", "2"]]) == []
    assert findings({"age": "number"}, [["< 18", "1"], ["even(?)", "2"], ["odd(?)", "3"]]) == []


def test_a_table_too_large_to_look_at_is_said_to_be() -> None:
    rules = [[f'"key {n}"', "1"] for n in range(1500)]
    assert [finding.kind for finding in findings({"key": "string"}, rules)] == ["not-analysed"]


def test_many_rules_are_analysed_all_the_same() -> None:
    rules = [[f"[{10 * n}..{10 * n + 10})", "1"] for n in range(150)] + [["< 0", "1"], [">= 1500", "1"], ["[777..778]", "2"]]
    assert [(finding.kind, finding.rules) for finding in findings({"x": "number"}, rules)] == [("overlap", (78, 153))]


def test_a_rule_that_lacks_cells_is_analysed_by_those_it_has() -> None:
    assert [finding.kind for finding in findings({"x": "number", "y": "number"}, [["< 5"], [">= 5", "-", "1"]])] == []


def test_a_finding_is_a_warning_beside_the_problems_of_the_file() -> None:
    (problem,) = [finding.as_problem() for finding in findings({"age": "number"}, [["< 18", "1"], ["> 18", "2"]])]
    assert (problem.rule, problem.where, problem.is_warning) == ("table-gap", "table", True)
    assert problem.line > 1
