"""for, some, every and filters."""

import pytest

from tests.feel.evaluating import reasons, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for i in 1..3 return i * i", "[1, 4, 9]"),
        ("for i in 3..1 return i", "[3, 2, 1]"),
        ("for i in [1..3) return i", "[1, 2]"),
        ("for i in (1..3] return i", "[2, 3]"),
        ('for d in @"2026-01-30"..@"2026-02-01" return d.day', "[30, 31, 1]"),
        ("for i in [1, 2], j in [i, 10] return i * j", "[1, 10, 4, 20]"),
        ("for i in [[1, 2], [3]], j in i return j", "[1, 2, 3]"),
        ("for i in 1..5 return if i = 1 then 1 else i * partial[-1]", "[1, 2, 6, 24, 120]"),
        ("for i in [] return i", "[]"),
        ("for i in 5 return i", "[5]"),
        ("for i in null return i", "null"),
        ("for i in 1..2.5 return i", "null"),
        ("for i in [1, 2] return partial", "[[], [[]]]"),
        ("some i in [1, 2], j in [2, 3] satisfies i = j", "true"),
        ("some i in [] satisfies i > 1", "false"),
        ("some i in [1, null] satisfies i > 1", "null"),
        ("some i in [2, null] satisfies i > 1", "true"),
        ("every i in [1, 2] satisfies i > 0", "true"),
        ("every i in [] satisfies i > 0", "true"),
        ("every i in [1, null] satisfies i > 0", "null"),
        ("every i in [0, null] satisfies i > 0", "false"),
        ("every i in [1, 2] satisfies i", "null"),
        ("[1, 2, 3][1]", "1"),
        ("[1, 2, 3][-1]", "3"),
        ("[1, 2, 3][0]", "null"),
        ("[1, 2, 3][4]", "null"),
        ("[1, 2, 3][item > 1]", "[2, 3]"),
        ("[1, 2, 3][true]", "[1, 2, 3]"),
        ("[][1]", "null"),
        ("[][item > 1]", "[]"),
        ("5[1]", "5"),
        ("5[item > 1]", "[5]"),
        ("null[item > 1]", "null"),
        ('[1, 2]["a"]', "null"),
        ("[{a: 1}, {b: 2}][a = 1]", "[{a: 1}]"),
        ("[{a: [1, 2]}, {a: [3]}].a[1]", "[1, 2]"),
        ("[{a: {b: 1}}, {a: {b: 2}}].a.b", "[1, 2]"),
        ("[{a: 1}, {b: 2}].a", "[1, null]"),
        ("[[1, 2, 3][item > 1], 4][1][item > 2]", "[3]"),
    ],
)
def test_loops_and_filters_give_what_the_standard_says(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_a_filter_inside_a_filter_sees_both_items() -> None:
    orders = [{"id": 1, "lines": [{"n": 1}, {"n": 5}]}, {"id": 2, "lines": [{"n": 1}]}]
    assert shown("orders[count(lines[n > id]) > 0].id", orders=orders) == "[1]"


def test_a_list_of_the_host_is_not_changed() -> None:
    numbers = [3, 1, 2]
    assert shown("append(sort(numbers, function(a, b) a < b), 4)", numbers=numbers) == "[1, 2, 3, 4]"
    assert numbers == [3, 1, 2]


def test_iterating_what_is_no_list_tells_why() -> None:
    assert reasons("for i in null return i") == ["Nothing can be iterated: the list is null"]
    assert reasons('for i in "a".."b" return i') == ["Only whole numbers and dates can be counted through, not string"]


def test_a_function_made_in_a_loop_keeps_the_values_of_its_round() -> None:
    assert shown("for f in (for i in 1..3 return function() i) return f()") == "[1, 2, 3]"
