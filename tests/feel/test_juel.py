"""`${…}` of other engines to FEEL."""

import pytest

from engine.feel import compile_expression
from engine.feel.juel import JuelNotTranslatable, translate, translate_bare


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
        ("${!clarified.equals('yes')}", 'not(clarified = "yes")'),
        ("${execution.getVariable('var') != null && var == 'B'}", 'var != null and var = "B"'),
        ("${execution.hasVariable('var')}", "var != null"),
        ("${dateTime().plusWeeks(1).toDate()}", 'now() + duration("P7D")'),
        ("${now().minusHours(n + 1)}", 'now() - (n + 1) * duration("PT1H")'),
        ("${name.substring(3, 7).toUpperCase()}", "upper case(substring(name, 4, 4))"),
        ("${name.substring(n, m - 1)}", "substring(name, n + 1, m - 1 - n)"),
        ("${list.get(0).name}", "list[1].name"),
        ("${json.prop('age').numberValue() >= 18}", 'get value(json, "age") >= 18'),
        ("${'a'.concat(b).length() > 2}", 'string length("a" + b) > 2'),
        ("${vars:equals(decision, 'up')}", 'decision = "up"'),
        ("${var:gte('myVar', 3)}", "myVar >= 3"),
        ("${vars:getOrDefault(score, 0) * 2}", "(if score != null then score else 0) * 2"),
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
    ("juel", "value", "expected"),
    [
        ("${x.size() > 1}", [1, 2], True),
        ("${x.size() > 1}", {"a": 1}, False),
        ("${x.contains('a')}", "cat", True),
        ("${x.contains('a')}", ["a", "b"], True),
        ("${!x.contains('a')}", ["cat"], True),
        ("${x.isEmpty()}", [], True),
        ("${x.containsKey('a')}", {"a": None}, True),
        ("${x.equalsIgnoreCase('AB')}", "aB", True),
        ("${vars:isNotEmpty(x)}", "a", True),
    ],
)
def test_a_method_of_several_classes_asks_which_it_is(juel: str, value: object, expected: bool) -> None:
    assert compile_expression(translate(juel)).evaluate({"x": value}) is expected


@pytest.mark.parametrize(
    ("text", "feel"),
    [
        ("choice == 'Yes'", 'choice = "Yes"'),
        ("a === 1 && b !== '==='", 'a = 1 and b != "==="'),
        ("done == True and owner != None", "done = true and owner != null"),
        ("not (a or b)", "not(a or b)"),
        ("bpmn:getDataObject('clarified') = 'yes'", 'clarified = "yes"'),
    ],
)
def test_an_expression_of_other_languages_without_braces_is_translated(text: str, feel: str) -> None:
    assert translate_bare(text) == feel
    compile_expression(feel)


@pytest.mark.parametrize("text", ["not a == b", "x is None", "return x > 1;", "a, b", "", "x" * 30_000])
def test_what_may_mean_something_else_is_refused(text: str) -> None:
    with pytest.raises(JuelNotTranslatable):
        translate_bare(text)


@pytest.mark.parametrize(
    ("juel", "reason"),
    [
        ("${list.add(3)}", "FEEL writes append(list, item)"),
        ("${bean.pay(order)}", "calls the method pay()"),
        ("${execution.setVariable('x', 1)}", "belongs to the old engine"),
        ("${execution.id}", "write the name of the variable alone"),
        ("${authenticatedUserId}", "in the variable initiator"),
        ("${execution.getVariable('for')}", "keyword"),
        ("${f(a", "no closing brace"),
        ("${a.equals(b}", "“,” is missing"),
        ("${fn:length(x)}", "function of the old engine"),
        ("${currentUser()}", "function of the old engine"),
        ("${a = 1}", "cannot be read"),
        ("${vars:base64(x)}", "function of the old engine"),
        ("${a ? b:c(d) : e}", "function of the old engine"),
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
