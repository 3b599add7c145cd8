"""Test tables beside a decision: inputs and what is expected of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.dmn import Model, read
from engine.dmn.test_tables import read_test_table, run_test_table
from tests.dmn.conftest import model_in
from tests.dmn.xml import decision, definitions, input_data, literal

FOLDER = Path(__file__).with_name("hit_policies")


@pytest.fixture
def discount() -> Model:
    return model_in(FOLDER / "unique.dmn")


def test_a_table_beside_a_model_passes(discount: Model) -> None:
    table = read_test_table((FOLDER / "unique.dmn.tests.yaml").read_bytes())
    assert table.problems == ()
    report = run_test_table(table, discount)
    assert [outcome.sentence for outcome in report.outcomes] == [None] * 4
    assert report.outcomes[0].passed


def test_the_report_names_the_rules_that_no_case_matched(discount: Model) -> None:
    table = read_test_table(b"decision: Discount\ninputs: [amount, customer]\ncases:\n- [99, gold, 0]\n- [100, silver, 5]")
    assert run_test_table(table, discount).unused == (("table", 3), ("table", 4))


def test_a_failure_says_what_was_expected_and_what_came(discount: Model) -> None:
    table = read_test_table(b"decision: Discount\ninputs: [amount, customer]\ncases:\n- [99, gold, 7]\n- [5000, new, 1]")
    first, second = run_test_table(table, discount).outcomes
    assert (str(first.sentence), first.notes) == ("Expected 7, got 0.", ())
    assert str(second.sentence) == "Expected 1, got null."
    assert list(map(str, second.notes)) == ["No rule matches; the table gives null."]


def test_a_case_may_name_the_rules_that_have_to_match(discount: Model) -> None:
    table = read_test_table(b"decision: Discount\ncases:\n- {inputs: {amount: 99, customer: x}, expected: 0, rules: [2]}")
    assert [str(outcome.sentence) for outcome in run_test_table(table, discount).outcomes] == [
        "Expected rules [2] to match, but [1] did."
    ]


def test_an_unknown_decision_fails_its_case_alone(discount: Model) -> None:
    table = read_test_table(b"cases:\n- {decision: Nothing, expected: 0}\n- {decision: Discount, expected: null}")
    first, second = run_test_table(table, discount).outcomes
    assert "no decision Nothing" in str(first.sentence)
    assert second.passed


def test_dates_and_the_clock_are_those_of_the_table() -> None:
    logic = literal("day < today()")
    model = read(definitions(input_data("day", "date"), decision("past", logic, inputs=["day"]))).model
    assert model is not None
    table = read_test_table(
        b"decision: past\nnow: 2026-03-01T09:00:00+08:00\ninputs: [day]\ncases:\n"
        b'- [2026-02-28, true]\n- ["2026-03-01", false]\n- [\'=date("2026-02-01")\', true]'
    )
    assert [outcome.sentence for outcome in run_test_table(table, model).outcomes] == [None] * 3


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"cases: [", "not YAML"),
        (b"- 1", "no list `cases`"),
        (b"cases: []\ncase: []", "unknown key 'case'"),
        (b"inputs: [a]\ncases:\n- [1]", "Case 1 has 1 value for 1 input "),
        (b"cases:\n- {expect: 1}", "neither a row nor a mapping"),
        (b"cases: !!python/object/apply:os.system ['true']", "not YAML"),
        (b"now: someday\ncases: []", "someday"),
        (b"#" * 1_000_001, "1,000,001 bytes"),
    ],
)
def test_what_is_no_test_table_is_a_problem(data: bytes, words: str) -> None:
    (problem,) = read_test_table(data).problems
    assert words in str(problem.sentence)
