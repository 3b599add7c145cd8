"""`${…}` of other engines to FEEL."""

import pytest

from engine.feel import compile_expression
from engine.feel.juel import JuelNotTranslatable, translate


@pytest.mark.parametrize(
    ("juel", "feel"),
    [
        ("${amount > 100 && !urgent}", "amount > 100 and not(urgent)"),
        ("#{a == 'x' || b eq \"y\"}", 'a = "x" or b = "y"'),
        ("${a != null and b ge 3}", "a != null and b >= 3"),
        ("${a ? b : c}", "if a then b else c"),
        ("${(a + b) * c - -d}", "(a + b) * c - -d"),
        ("${a - (b - c)}", "a - (b - c)"),
        ("${a % 2 == 0}", "modulo(a, 2) = 0"),
        ("${order.customer.name}", "order.customer.name"),
        ("${list[0].name}", "list[1].name"),
        ("${map['a b']}", 'get value(map, "a b")'),
        ("${'it\\'s'}", '"it\'s"'),
        ("Case ${number} of ${name}", '"Case " + string(number) + " of " + string(name)'),
        ("plain", '"plain"'),
    ],
)
def test_what_means_the_same_is_translated(juel: str, feel: str) -> None:
    assert translate(juel) == feel
    compile_expression(translate(juel))


@pytest.mark.parametrize(
    ("value", "expected"), [(None, True), ("", True), ("a", False), ([], True), ([1], False), ({}, True), (5, False)]
)
def test_empty_means_what_it_means_there(value: object, expected: bool) -> None:
    assert compile_expression(translate("${empty x}")).evaluate({"x": value}) is expected
    assert compile_expression(translate("${!empty x && true}")).evaluate({"x": value}) is not expected


@pytest.mark.parametrize(
    ("juel", "reason"),
    [
        ("${list.size() > 3}", "FEEL writes count(list)"),
        ("${bean.pay(order)}", "calls the method pay()"),
        ("${execution.getVariable('x')}", "the variable's name alone"),
        ("${fn:length(x)}", "function of the old engine"),
        ("${now()}", "function of the old engine"),
        ("${a[b]}", "an index that is no number or text"),
        ("${for}", "keyword"),
        ("${a$b}", "is no name in FEEL"),
        ("${¹}", "is no name in FEEL"),
        ("${a", "no closing brace"),
        ("${a +}", "ends too early"),
        ("${}", "ends too early"),
        ("${a b}", "does not belong there"),
        ("${" + "!" * 1000 + "a}", "nested too deeply"),
        ("${" + "(" * 1000 + "a}", "nested too deeply"),
        ("x" * 30_000, "more than 20,000 characters"),
    ],
)
def test_what_has_no_equivalent_is_refused_with_the_reason(juel: str, reason: str) -> None:
    with pytest.raises(JuelNotTranslatable, match="(?s).*" + reason.replace("(", r"\(").replace(")", r"\)").replace("$", r"\$")):
        translate(juel)
