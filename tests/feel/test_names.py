"""Names with spaces, operators, keywords and any script; what hides them and what an expression reads."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from engine.feel import compile_expression
from tests.feel.evaluating import reasons, shown


@pytest.mark.parametrize(
    ("text", "scope", "expected"),
    [
        ("Monthly Salary * 12", {"Monthly Salary": 100}, "1200"),
        ("Monthly\n  Salary * 12", {"Monthly Salary": 100}, "1200"),
        ('金额 > 100 and 部门 = "财务"', {"金额": 200, "部门": "财务"}, "true"),
        ("a+b * 2", {"a+b": 5}, "10"),
        ("a + b * 2", {"a": 1, "b": 2}, "5"),
        ("a+b", {"a+b": 5, "a": 1, "b": 2}, "5"),
        ('Pre-bureau risk category = "LOW"', {"Pre-bureau risk category": "LOW"}, "true"),
        ("values in a list[2]", {"values in a list": [7, 8]}, "8"),
        ("every v in values in a list satisfies v > 6", {"values in a list": [7, 8]}, "true"),
        ("decision A 2.1 + 1", {"decision A 2.1": 1}, "2"),
        ("Applicant's age / 2", {"Applicant's age": 30}, "15"),
        ("x.Full Name", {"x": {"Full Name": "Li Na"}}, '"Li Na"'),
        ("x.unit-price", {"x": {"unit-price": 3}, "unit-price": None}, "3"),
        ("🐎 + 1", {"🐎": 1}, "2"),
        ("date", {"date": 5}, "5"),
        ("count", {"count": 5}, "5"),
    ],
)
def test_a_name_is_read_as_the_scope_knows_it(text: str, scope: dict[str, Any], expected: str) -> None:
    assert shown(text, scope) == expected


def test_a_name_with_operators_is_found_in_the_scope_even_when_nobody_named_it() -> None:
    assert compile_expression("a-b * 2").evaluate({"a-b": 5}) == 10
    assert compile_expression("risk and loss > 1").evaluate({"risk and loss": 2}) is True
    notes: list[Any] = []
    assert compile_expression("a-b").evaluate({"a-b": 5}, notes=notes) == 5
    assert notes == []


def test_plain_names_win_over_one_with_operators_when_nobody_named_it() -> None:
    assert compile_expression("a-b").evaluate({"a-b": 5, "a": 1, "b": 1}) == 0


class Counted(Mapping[str, Any]):
    """A scope that must not be iterated."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("the scope was iterated")


def test_the_scope_is_not_iterated_while_every_name_is_found() -> None:
    scope = Counted({"a": 1, "b": 2})
    assert compile_expression("a + b - a * b").evaluate(scope) == 1


def test_an_entry_of_a_context_hides_the_name_outside() -> None:
    assert shown("{a: 1, b: a + 1, c: {a: 10, d: a + b}}", a=100) == "{a: 1, b: 2, c: {a: 10, d: 12}}"


def test_a_filter_reads_entries_of_the_item_first() -> None:
    assert shown("people[age > limit].name", people=[{"name": "Li", "age": 30}, {"name": "Wu"}], limit=20) == '["Li"]'
    assert shown("[{age: 1}, {age: 2}][age = 2]", age=1) == "[{age: 2}]"
    assert shown("[{item: 1}, {item: 2}][item >= 2]") == "[{item: 2}]"


def test_a_missing_name_is_null_with_the_reason() -> None:
    assert reasons("nobody") == ["There is no variable “nobody”"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a + b.c", {"a", "b"}),
        ("sum(x) + count([y])", {"x", "y"}),
        ("for i in list return i + j", {"list", "j"}),
        ("for i in list, k in i return k", {"list"}),
        ("some i in list satisfies i > limit", {"list", "limit"}),
        ("function(x) x + y", {"y"}),
        ("{a: 1, b: a + c}", {"c"}),
        ("people[age > 3]", {"people", "age"}),
        ("my function(1)", {"my function"}),
    ],
)
def test_the_names_an_expression_reads_are_known_without_running_it(text: str, names: set[str]) -> None:
    assert compile_expression(text).names == names
