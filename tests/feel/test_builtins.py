"""The functions of the standard: one line for each thing they promise, faults included."""

import pytest

from tests.feel.evaluating import shown

CASES = {
    "conversion": """
        date("2026-01-31") = 2026-01-31
        date(2026, 1, 31) = 2026-01-31
        date(2026, 2, 30) = null
        date(@"2026-01-31T10:00:00") = 2026-01-31
        date(null) = null
        date and time("2026-01-31T10:00:00+08:00") = 2026-01-31T10:00:00+08:00
        date and time("2026-01-31") = 2026-01-31T00:00:00
        date and time(@"2026-01-31") = 2026-01-31T00:00:00Z
        date and time(@"2026-01-31", @"10:00:00Z") = 2026-01-31T10:00:00Z
        time("10:00:00") = 10:00:00
        time(10, 30, 0.5) = 10:30:00.5
        time(10, 30, 0, @"PT8H") = 10:30:00+08:00
        time(10, 30, 0, @"PT20H") = null
        time(25, 0, 0) = null
        time(@"2026-01-31T10:00:00Z") = 10:00:00Z
        time(@"2026-01-31") = 00:00:00Z
        number("1 000,50", " ", ",") = 1000.50
        number("1,000.5", ",", ".") = 1000.5
        number("1.5") = 1.5
        number("1,5", ",", ",") = null
        number("x", ",", ".") = null
        string(1.50) = "1.50"
        string("a") = "a"
        string(true) = "true"
        string(null) = null
        string(1e10) = "10000000000"
        string([1, "a", null]) = "[1, \\"a\\", null]"
        string({a: "b"}) = "{a: \\"b\\"}"
        string([1..3)) = "[1..3)"
        duration("P1DT2H") = P1DT2H
        duration("P14M") = P1Y2M
        duration("x") = null
        years and months duration(@"2024-02-29", @"2026-02-28") = P1Y11M
        years and months duration(@"2026-02-28", @"2024-02-29") = -P1Y11M
        range("[1..3)") = [1..3)
        range("[date(\\"2026-01-01\\")..@\\"2026-01-02\\"]") = [@"2026-01-01"..@"2026-01-02"]
        range("[3..1]") = null
        range("[a..b]") = null
        range("[-3..-1]") = [-3..-1]
        context([{key: "a", value: 1}, {key: "b", value: null}]) = {a: 1, b: null}
        context([{key: "a", value: 1}, {key: "a", value: 2}]) = null
        context([{key: "a"}]) = null
    """,
    "boolean": """
        not(true) = false
        not(null) = null
        not(1) = null
        is(1, 1.0) = true
        is(@"10:00:00", @"10:00:00Z") = false
        is(null, null) = true
        is([1], [1]) = true
        is(@"P0Y", @"P0D") = false
        all([true, false]) = false
        all([true, null]) = null
        all([false, null]) = false
        all([]) = true
        all(true, 1) = null
        any([false, true]) = true
        any([false, null]) = null
        any([]) = false
        and([true, true]) = true
        or(false, true) = true
    """,
    "text": """
        substring("foobar", 3) = "obar"
        substring("foobar", -2, 1) = "a"
        substring("foobar", 0) = null
        substring("foobar", 7) = null
        substring("🐎foo", 2) = "foo"
        string length("🐎流") = 2
        upper case("aBc4") = "ABC4"
        lower case("aBc4") = "abc4"
        substring before("foobar", "bar") = "foo"
        substring before("foobar", "x") = ""
        substring after("foobar", "ob") = "ar"
        substring after("foobar", "") = "foobar"
        substring after("", "a") = ""
        contains("foobar", "ob") = true
        starts with("foobar", "fo") = true
        ends with("foobar", "r") = true
        contains(null, "a") = null
        matches("foobar", "^fo*b") = true
        matches("foobar", "FO", "i") = true
        matches("foobar", "(", "i") = null
        replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") = "[1=ab][2=]cd"
        split("John Doe", "\\\\s") = ["John", "Doe"]
        split("a;b;c;;", ";") = ["a", "b", "c", "", ""]
        string join(["a", null, "c"], "-") = "a-c"
        string join([]) = ""
        string join(["a", 1]) = null
    """,
    "numbers": """
        decimal(1/3, 2) = 0.33
        decimal(2.5, 0) = 2
        decimal(1234, -2) = 1200
        decimal(1, 2, 3) = null
        floor(-1.5) = -2
        floor(-1.56, 1) = -1.6
        ceiling(-1.5) = -1
        ceiling(1.51, 1) = 1.6
        round up(5.5, 0) = 6
        round up(-1.121, 2) = -1.13
        round down(-5.5, 0) = -5
        round half up(-5.5, 0) = -6
        round half down(-5.5, 0) = -5
        round half up(1.125, 2) = 1.13
        round up(1, 7000) = null
        abs(-1) = 1
        abs(@"-P1D") = P1D
        modulo(-12, 5) = 3
        modulo(10.1, -4.5) = -3.4
        modulo(1, 0) = null
        modulo(10 ** 40 + 7, 7) = 4
        sqrt(16) = 4
        sqrt(-1) = null
        log(0) = null
        decimal(log(10), 8) = 2.30258509
        decimal(exp(5), 8) = 148.41315910
        exp(100000) = null
        odd(5) = true
        even(-2) = true
        odd(1.5) = null
    """,
    "lists": """
        list contains([1, null], null) = true
        list contains([[1]], [1]) = true
        count([1, null]) = 2
        count(null) = null
        count([]) = 0
        min(1, 2, 3) = 1
        min([]) = null
        min(["b", "a"]) = "a"
        max(@"P1D", @"PT25H") = P1DT1H
        max([1, "a"]) = null
        sum([1, 2.5]) = 3.5
        sum([]) = null
        sum([1, "a"]) = null
        mean([1, 2]) = 1.5
        product([2, 3, 4]) = 24
        median([8, 2, 5, 3, 4]) = 4
        median([6, 1, 2, 3]) = 2.5
        median([]) = null
        decimal(stddev(2, 4, 7, 5), 6) = 2.081666
        stddev([1]) = null
        mode([6, 3, 9, 6, 6]) = [6]
        mode([6, 1, 9, 6, 1]) = [1, 6]
        mode([]) = []
        sublist([4, 5, 6], 1, 2) = [4, 5]
        sublist([4, 5, 6], -2) = [5, 6]
        sublist([4, 5, 6], 0) = null
        sublist([4, 5, 6], 1, 0) = null
        sublist([4, 5, 6], 2, 5) = null
        append([1], 2, 3) = [1, 2, 3]
        append(1, 2) = [1, 2]
        concatenate([1, 2], [3]) = [1, 2, 3]
        insert before([1, 3], 2, 2) = [1, 2, 3]
        insert before([1, 3], 5, 2) = null
        remove([1, 2, 3], 2) = [1, 3]
        remove([1, 2, 3], -1) = [1, 2]
        list replace([2, 4, 7], 3, 6) = [2, 4, 6]
        list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5) = [5, 5, 7, 8]
        list replace([1], function(a) true, 5) = null
        reverse([1, 2, 3]) = [3, 2, 1]
        index of([1, 2, 3, 2], 2) = [2, 4]
        union([1, 2], [2, 3]) = [1, 2, 3]
        distinct values([1, 2, 1.0, "1", null, null, [1], [1]]) = [1, 2, "1", null, [1]]
        flatten([[1, 2], [[3]], 4]) = [1, 2, 3, 4]
        sort([3, 1, 2], function(x, y) x < y) = [1, 2, 3]
        sort(["b", "a"]) = ["a", "b"]
        sort([1, "a"]) = null
        sort([3, 1, 2], 5) = null
    """,
    "contexts": """
        get value({a: 1}, "a") = 1
        get value({a: 1}, "b") = null
        get value({a: {b: 1}}, ["a", "b"]) = 1
        get value(null, "a") = null
        get entries({a: 1, b: 2}) = [{key: "a", value: 1}, {key: "b", value: 2}]
        context put({a: 1}, "a", 2) = {a: 2}
        context put({a: {b: 1}}, ["a", "c"], 2) = {a: {b: 1, c: 2}}
        context put({a: 1}, ["a", "b"], 2) = null
        context put({a: 1}, [], 2) = null
        context merge([{a: 1, b: 1}, {b: 2}]) = {a: 1, b: 2}
        context merge([]) = {}
        context merge([1]) = null
    """,
    "dates": """
        day of year(@"2019-09-17") = 260
        day of week(@"2019-09-17") = "Tuesday"
        month of year(@"2019-09-17") = "September"
        week of year(@"2019-09-17") = 38
        week of year(@"2003-12-29") = 1
        week of year(@"2005-01-01") = 53
        day of year("x") = null
    """,
    "ranges": """
        before(1, 10) = true
        before(1, [1..10]) = false
        before(1, (1..10]) = true
        before([1..10], 10) = false
        before([1..10), 10) = true
        before([1..10), [10..20]) = true
        before(1, "a") = null
        after(10, 5) = true
        after([11..20], [1..11)) = true
        meets([1..5], [5..10]) = true
        meets([1..5), [5..10]) = false
        met by([5..10], [1..5]) = true
        overlaps([1..5], [3..8]) = true
        overlaps([1..5), [5..8]) = false
        overlaps before([1..5], [3..8]) = true
        overlaps before([1..5], [1..5]) = false
        overlaps after([3..8], [1..5]) = true
        finishes(10, [1..10]) = true
        finishes([5..10], [1..10]) = true
        finished by([1..10], 10) = true
        includes([1..10], 5) = true
        includes([1..10], (1..10)) = true
        during(5, [1..10]) = true
        during([4..6], [1..10)) = true
        starts(1, [1..10]) = true
        starts((1..5], [1..10]) = false
        started by([1..10], [1..5]) = true
        coincides(5, 5) = true
        coincides([1..5], [1..5)) = false
    """,
}


def _cases() -> list[tuple[str, str]]:
    lines = [line.strip() for block in CASES.values() for line in block.splitlines() if line.strip()]
    return [(text, expected) for text, _, expected in (line.rpartition(" = ") for line in lines)]


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_a_function_of_the_standard_keeps_its_promise(text: str, expected: str) -> None:
    assert shown(text) == expected
