"""Hit policy UNIQUE: at most one rule matches (DMN 1.5, clause 8.2.8)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.dmn import Evaluation


def test_the_only_matching_rule_decides(decide: Callable[..., Any]) -> None:
    assert decide("Discount", {"amount": 99.99, "customer": "silver"}) == 0
    assert decide("Discount", {"amount": 100, "customer": "silver"}) == Decimal(5)


def test_no_matching_rule_gives_null_with_a_note(evaluated: Callable[..., Evaluation]) -> None:
    evaluation = evaluated("Discount", {"amount": 5000, "customer": "silver"})
    assert evaluation.value is None
    assert [str(note.reason) for note in evaluation.notes] == ["No rule matches; the table gives null."]


def test_two_matching_rules_give_null_with_a_note(evaluated: Callable[..., Evaluation]) -> None:
    evaluation = evaluated("Discount", {"amount": 1000, "customer": "gold"})
    assert evaluation.value is None
    assert [str(note.reason) for note in evaluation.notes] == ["2 rules match, UNIQUE allows one; the table gives null."]
    assert evaluation.notes[0].where == "table"


def test_the_trace_shows_what_was_tested_and_which_rules_matched(evaluated: Callable[..., Evaluation]) -> None:
    (decision,) = evaluated("Discount", {"amount": 1000, "customer": "gold"}).trace
    (table,) = decision.tables
    assert decision.name == "Discount"
    assert decision.inputs == {"amount": 1000, "customer": "gold"}
    assert table.inputs == (("amount", 1000), ("customer", "gold"))
    assert [(match.index, match.id, match.annotations) for match in table.matched] == [
        (3, "rule3", ("large, gold",)),
        (4, "rule4", ("nearly large, gold",)),
    ]
    assert table.matched[0].outputs == {"discount": 15}
