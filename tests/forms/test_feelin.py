"""FEEL of forms: what a field computes and what a condition hides, here and by form-js."""

from __future__ import annotations

from typing import Any

import pytest

from service.forms.validation import FormValidator
from tests.forms.judges import judged_here
from tests.forms.schemas import field, form

EXPRESSIONS = """
due > "2026-10-01"
string(amount)
number("12.5")
upper case(name)
substring(name, 2, 3)
contains(name, "b")
starts with(name, "a")
matches(name, "^[a-z]+$")
replace(name, "b", "x")
split("a,b,c", ",")
sum(for x in items return x.price * x.count)
sum(items.price)
items[price > 1].name
count(items[price > 1])
items[1].name
items[-1].name
some x in items satisfies x.price > 2
every x in items satisfies x.price > 0
max(items.price)
min([3,1,2])
mean([1,2,6])
if amount > 5 then "high" else "low"
if amount then "high" else "low"
amount between 5 and 20
amount in [5..20]
amount in (5, 12.5)
name in ("abc", "d")
list contains(tags, "a")
tags = []
tags = ["a","b"]
is defined(amount)
is defined(nothing)
nothing = null
nothing
nothing.deep
get value({a: 1}, "a")
{a: amount, b: "x"}
{a: amount}.a
[1,2,3][item > 1]
1 / 0
10 ** 2
-amount
floor(amount)
round half up(12.345, 2)
modulo(10, 3)
abs(-3)
amount + null
name + amount
name + "x"
not(yes)
not(nothing)
yes and nothing
yes or nothing
concatenate(tags, ["z"])
distinct values(["a","a"])
string join(tags, ", ")
null
"text"
amount > 5 and name = "abc"
this.amount
get value(this, "amount")
amount / 3
duration("P1DT2H")
string length(emoji)
parent
i
_this_.amount
客户 = "甲"
first name
abc(1)
amount = "12.5"
amount > "5"
amount > name
name > 5
amount != "12.5"
yes = 1
yes > 0
tags > 1
nothing > 5
nothing = 5
nothing != 5
flag != true
count(null)
sum([])
""".strip().splitlines()

#: Decided otherwise on purpose: what is computed, and why.
OTHERWISE = {
    "0.1 + 0.2": "decimals, no floats",
    "0.1 * 3": "decimals, no floats",
    'date("2026-10-05")': "texts, no timestamps of JavaScript",
    '(date("2026-12-05") - date("2026-10-05")).days': "0 in feelin",
}
DATA: dict[str, Any] = {
    "amount": 12.5,
    "name": "abc",
    "due": "2026-10-05",
    "tags": ["a", "b"],
    "yes": True,
    "emoji": "😀a",
    "客户": "甲",
    "first name": "F",
    "items": [{"name": "p", "price": 1.5, "count": 2}, {"name": "q", "price": 3, "count": 1}],
}


def schema(expression: str) -> dict[str, Any]:
    computed = {"type": "expression", "id": "computed", "key": "computed", "expression": f"={expression}"}
    return form(computed, field("textfield", "shown", conditional={"hide": f"={expression}"}))


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_means_what_it_means_in_form_js(expression: str, validator: FormValidator) -> None:
    here, referee = judged_here(schema(expression), {}, known=DATA), validator.validate(schema(expression), {}, known=DATA)
    assert here == referee


@pytest.mark.parametrize("expression", OTHERWISE)
def test_an_expression_computes_otherwise_and_hides_alike(expression: str, validator: FormValidator) -> None:
    here, _ = judged_here(schema(expression), {}, known=DATA)
    referee, _ = validator.validate(schema(expression), {}, known=DATA)
    assert here["computed"] != referee["computed"]
    assert ("shown" in here) == ("shown" in referee)
