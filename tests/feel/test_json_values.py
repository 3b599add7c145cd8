"""FEEL values to JSON and back."""

import json
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import FeelBudgetExceeded, from_json, to_json
from tests.feel.evaluating import value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.0", 1),
        ("0.1 + 0.2", 0.3),
        ("10 ** 20", 10**20),
        ("1e400", "1E+400"),
        ('@"2026-01-31"', "2026-01-31"),
        ('@"P1DT2H"', "P1DT2H"),
        ("[1..3)", "[1..3)"),
        ("function(a) a", "function(a)"),
        ('{a: [1, null, true, "x"]}', {"a": [1, None, True, "x"]}),
    ],
)
def test_a_value_becomes_the_json_that_means_it(text: str, expected: Any) -> None:
    found = to_json(value(text))
    assert found == expected
    assert type(found) is type(expected)


def test_a_float_of_json_stays_what_it_prints() -> None:
    assert from_json({"a": [0.1]}) == {"a": [Decimal("0.1")]}


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15) | st.integers(-(10**15), 10**15))
def test_numbers_survive_the_way_there_and_back(number: float) -> None:
    assert float(to_json(from_json(number))) == number


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_json_survives_the_way_there_and_back(document: Any) -> None:
    assert json.loads(json.dumps(to_json(from_json(document)))) == document


def test_a_list_that_holds_itself_many_times_is_refused_before_memory_ends() -> None:
    laughs: list[Any] = ["ha"]
    for _ in range(40):
        laughs = [laughs, laughs]
    with pytest.raises(FeelBudgetExceeded):
        to_json(laughs)


class Colour(StrEnum):
    RED = "red"


class Opaque:
    secret = "hidden"


def test_objects_of_the_host_become_plain_values_or_null() -> None:
    assert type(to_json(Colour.RED)) is str
    assert value('c = "red"', c=Colour.RED) is True
    assert value("o", o=Opaque()) is None
    assert value("o.secret", o=Opaque()) is None
    assert value("t[2]", t=(1, 2)) == 2
