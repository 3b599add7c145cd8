"""Python of SpiffWorkflow to FEEL."""

import pytest

from engine.feel import compile_expression
from engine.feel.python import PythonNotTranslatable, translate_expression, translate_script


@pytest.mark.parametrize(
    ("python", "feel"),
    [
        ("a == 1 and not b == 2", "a = 1 and not(b = 2)"),
        ("x is not None or y", "x != null or y"),
        ("(a or b) and c", "(a or b) and c"),
        ("a < b <= c", "a < b and b <= c"),
        ("a - (b - c)", "a - (b - c)"),
        ("-x ** 2", "-(x ** 2)"),
        ("(-x) ** 2", "(-x) ** 2"),
        ("a // 2 % 3", "modulo(floor(a / 2), 3)"),
        ("x if c else y", "if c then x else y"),
        ("data['name'].first", 'get value(data, "name").first'),
        ("items[0] + items[-1]", "items[1] + items[-1]"),
        ("[i * 2 for i in items]", "for i in items return i * 2"),
        ("{'a': 1, 'b c': (True, 2.5)}", '{"a": 1, "b c": [true, 2.5]}'),
        ("f'hi {name}!'", '"hi " + string(name) + "!"'),
        ("[1] + more", "concatenate([1], more)"),
        ("name.upper().startswith('A')", 'starts with(upper case(name), "A")'),
        ("max(a, b) + sum(c)", "max(a, b) + sum(c)"),
        ("data.get('n', 0)", 'if get value(data, "n") != null then get value(data, "n") else 0'),
    ],
)
def test_what_means_the_same_is_translated(python: str, feel: str) -> None:
    assert translate_expression(python) == feel
    compile_expression(feel)


@pytest.mark.parametrize(
    ("python", "variables", "expected"),
    [
        ("len(x)", {"x": "abc"}, 3),
        ("len(x)", {"x": [1, 2]}, 2),
        ("len(x)", {"x": {"a": 1}}, 1),
        ("'a' in x", {"x": "cat"}, True),
        ("'a' in x", {"x": ["b"]}, False),
        ("'a' not in x", {"x": ["b"]}, True),
    ],
)
def test_what_means_several_things_asks_which_it_is(python: str, variables: dict[str, object], expected: object) -> None:
    assert compile_expression(translate_expression(python)).evaluate(variables) == expected


@pytest.mark.parametrize(
    ("script", "variables", "expected"),
    [
        ("x = 1\ny = x + 1  # both\nprint(y)", {}, {"x": 1, "y": 2}),
        ("counter += 1", {"counter": 4}, {"counter": 5}),
        ("order['state'] = 'new'", {"order": {"id": 7}}, {"order": {"id": 7, "state": "new"}}),
        ("n: int = 3\npass", {}, {"n": 3}),
        ("# nothing", {}, {}),
    ],
)
def test_a_script_that_assigns_becomes_a_context(script: str, variables: dict[str, object], expected: object) -> None:
    assert compile_expression(translate_script(script)).evaluate(variables) == expected


@pytest.mark.parametrize(
    ("python", "reason"),
    [
        ("open('/etc/passwd')", "calls open()"),
        ("bean.pay(order)", "calls pay()"),
        ("lambda: 1", "no Lambda"),
        ("a << 2", "no LShift"),
        ("'%d' % 3", "no Mod"),
        ("a[b]", "an index that is no number or text"),
        ("some + 1", "“some” is no name in FEEL"),
        ("f'{x:>10}'", "no format"),
        ("f(*a)", "no such arguments"),
        ("{a: 1}", "a fixed text"),
        ("[i for i in x if i]", "list[item > 3]"),
        ("x = 1", "no expression"),
        ("a b", "no Python"),
        ("(" * 5000, "no Python"),
        ("-" * 5000 + "1", ""),
        ("+".join("a" * 3000), ""),
        ("x" * 30_000, "more than 20,000 characters"),
        ("b'x'", "FEEL cannot write"),
        ("1e400", "FEEL cannot write"),
    ],
)
def test_what_has_no_equivalent_is_refused_with_the_reason(python: str, reason: str) -> None:
    with pytest.raises(PythonNotTranslatable) as refused:
        translate_expression(python)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import os", "more than assign variables (line 1)"),
        ("x = 1\nfor i in x: pass", "(line 2)"),
        ("x = 1\nx = 2", "sets x twice"),
        ("x, y = 1, 2", "more than assign"),
        ("x.y = 1", "more than assign"),
        ("if = 1", "no Python"),
        ("every = 1", "no name in FEEL"),
    ],
)
def test_a_script_that_does_more_is_refused(script: str, reason: str) -> None:
    with pytest.raises(PythonNotTranslatable) as refused:
        translate_script(script)
    assert reason in str(refused.value)
