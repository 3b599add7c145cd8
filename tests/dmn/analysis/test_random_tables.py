"""Random tables: what the analysis says is what evaluation shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.dmn import Model, evaluate, read
from engine.dmn.analysis import analyse_model
from tests.dmn.xml import decision, definitions, input_data, table

numbers = st.integers(0, 4)
number_cells = st.one_of(
    st.just("-"),
    st.builds("{0} {1}".format, st.sampled_from(["<", "<=", ">", ">="]), numbers),
    st.builds("{0}{1}..{2}{3}".format, st.sampled_from("[("), numbers, numbers, st.sampled_from("])")),
    st.builds("{0}, {1}".format, numbers, numbers),
    st.builds("not({0})".format, numbers),
)
text_cells = st.sampled_from(["-", '"a"', '"b"', '"a", "b"', 'not("a")'])
rules = st.lists(st.tuples(number_cells, text_cells, st.just("1")), min_size=1, max_size=6)

#: Every way the cells above can tell values apart.
POINTS = [{"n": n / 2, "t": t} for n in range(-1, 10) for t in ("a", "b", "c")]


def model_of(rows: list[tuple[str, str, str]], policy: str) -> Model:
    logic = table(["n", "t"], rows, policy=policy)
    model = read(definitions(input_data("n"), input_data("t"), decision("d", logic, inputs=["n", "t"]))).model
    assert model is not None
    return model


def matched(model: Model, inputs: Mapping[str, Any]) -> list[int]:
    """The rules of the table that match, looked at one by one."""
    return [match.index for match in evaluate(model, "d", inputs).trace[0].tables[0].matched]


@settings(max_examples=60, deadline=None)
@given(rules)
def test_gaps_overlaps_and_dead_rules_are_found_exactly(rows: list[tuple[str, str, str]]) -> None:
    model = model_of(rows, "UNIQUE")
    found = analyse_model(model)
    hits = [set(matched(model, point)) for point in POINTS]

    assert any(finding.kind == "gap" for finding in found) is any(not hit for hit in hits)
    dead = {finding.rules[0] for finding in found if finding.kind == "never-matching"}
    assert dead == set(range(1, len(rows) + 1)) - set().union(*hits)
    overlaps = {finding.rules for finding in found if finding.kind == "overlap"}
    assert overlaps == {(one, two) for hit in hits for one in hit for two in hit if one < two}


@settings(max_examples=60, deadline=None)
@given(rules)
def test_every_counter_example_shows_what_it_is_for(rows: list[tuple[str, str, str]]) -> None:
    model = model_of(rows, "UNIQUE")
    for finding in analyse_model(model):
        hit = matched(model, {"n": 0, "t": "c", **finding.example})
        if finding.kind == "gap":
            assert hit == []
        elif finding.kind == "overlap":
            assert set(finding.rules) <= set(hit)


@settings(max_examples=60, deadline=None)
@given(rules)
def test_with_hit_policy_first_the_shadowed_rules_are_those_never_used(rows: list[tuple[str, str, str]]) -> None:
    model = model_of(rows, "FIRST")
    used = {index for point in POINTS for index in matched(model, point)}
    useless = {finding.rules[0] for finding in analyse_model(model) if finding.kind in ("shadowed", "never-matching")}
    assert useless == set(range(1, len(rows) + 1)) - used
