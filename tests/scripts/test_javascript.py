"""Attacks and promises: scripts of models run in processes of their own."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.scripts import ScriptFailed, ScriptResult
from engine.scripts.javascript import MAX_PROCESSES, JavaScript

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def javascript() -> Iterator[JavaScript]:
    runner = JavaScript()
    yield runner
    runner.close()


def run(runner: JavaScript, source: str, **variables: Any) -> ScriptResult:
    return runner.run(source, variables, NOON, wants_value=True)


def value(runner: JavaScript, source: str, **variables: Any) -> Any:
    return run(runner, source, **variables).value


def kept(runner: JavaScript, source: str, **variables: Any) -> dict[str, Any]:
    return dict(runner.run(source, variables, NOON, wants_value=False).variables)


# ---------------------------------------------------------------------- what a script sees and leaves
def test_the_value_of_the_last_expression_is_the_result(javascript: JavaScript) -> None:
    assert value(javascript, "let net = price * 2; ({net, items: [1, 'a', null, true]})", price=4) == {
        "net": 8,
        "items": [1, "a", None, True],
    }


def test_assigned_names_are_variables_and_declared_ones_are_not(javascript: JavaScript) -> None:
    source = "var a = 1; let b = 2; const c = 3; function d() {} total = price * 2; price = 5"
    assert kept(javascript, source, price=4) == {"total": 8, "price": 5}


def test_a_variable_changed_in_place_is_kept_and_an_unchanged_one_not_written(javascript: JavaScript) -> None:
    assert kept(javascript, "order.items.push(3)", order={"items": [1, 2]}, other={"a": 1}) == {"order": {"items": [1, 2, 3]}}


def test_the_execution_object_reads_and_writes_variables(javascript: JavaScript) -> None:
    source = """
        var price = execution.getVariable("price");
        execution.setVariable("total", price * 2);
        execution.setVariables({seen: execution.hasVariable("price"), names: Object.keys(execution.getVariables())});
        [total, execution.getVariable("total"), execution.getVariable("missing"), execution.hasVariable("missing")]
    """
    result = run(javascript, source, price=4)
    assert result.value == [8, 8, None, False]
    assert result.variables == {"total": 8, "seen": True, "names": ["price", "total"]}


@pytest.mark.parametrize("name", ["Date", "eval", "JSON", "Object", "undefined", "execution", "globalThis", "__proto__"])
def test_a_variable_named_like_a_built_in_is_reached_by_execution_only(javascript: JavaScript, name: str) -> None:
    result = javascript.run(
        f"execution.setVariable({name!r}, execution.getVariable({name!r}) + 1)", {name: 4}, NOON, wants_value=False
    )
    assert result.variables == {name: 5}


def test_undefined_is_null_in_a_variable_and_absent_in_an_object(javascript: JavaScript) -> None:
    assert kept(javascript, "price = undefined; fresh = undefined; o = {a: undefined, b: [undefined]}", price=1) == {
        "price": None,
        "o": {"b": [None]},
    }


# ---------------------------------------------------------------------- values
@pytest.mark.parametrize("number", [0, -1, 0.1, 1e-7, 1.7976931348623157e308, 2**53 - 1, 123456789.123456, 5e-324])
def test_a_number_that_fits_a_double_comes_back_as_it_was(javascript: JavaScript, number: float) -> None:
    assert value(javascript, "n", n=number) == number
    assert kept(javascript, "m = n", n=number) == {"m": number}


@pytest.mark.parametrize("number", [2**53 + 1, -(2**63) - 1, 12345678901234567890, 10**40 + 1])
def test_a_longer_whole_number_is_a_bigint_and_keeps_every_digit(javascript: JavaScript, number: int) -> None:
    assert value(javascript, "[typeof n, n, n + 1n, {deep: [n]}]", n=number) == ["bigint", number, number + 1, {"deep": [number]}]
    assert kept(javascript, "1", n=number) == {}


def test_mixing_a_long_number_with_an_ordinary_one_fails_instead_of_rounding(javascript: JavaScript) -> None:
    with pytest.raises(ScriptFailed, match="Cannot mix BigInt"):
        value(javascript, "n + 1", n=2**60 + 1)


def test_digits_inside_of_a_text_stay_a_text(javascript: JavaScript) -> None:
    assert value(javascript, "t", t="12345678901234567890") == "12345678901234567890"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("({a: [NaN]})", r"the result\.a\[0\] is NaN"),
        ("1 / 0", "the result is Infinity"),
        ("(() => 1)", "the result is a function"),
        ("({f() {}})", r"the result\.f is a function"),
        ("Symbol('x')", "the result is a symbol"),
        ("new Map([[1, 2]])", "the result is a Map"),
        ("new Uint8Array(3)", "the result is a Uint8Array"),
        ("Promise.resolve(1)", "the result is a Promise"),
        ("new Date(NaN)", "Invalid time value"),
        ("a = {}; a.b = {c: a}; a", r"the result\.b\.c contains itself"),
        ("a = []; for (let i = 0; i < 1e5; i++) a = [a]; a", "Maximum call stack size|did not end"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(javascript: JavaScript, source: str, why: str) -> None:
    with pytest.raises(ScriptFailed, match=why):
        value(javascript, source)


def test_a_moment_is_kept_as_an_iso_text_and_now_is_the_moment_of_the_step(javascript: JavaScript) -> None:
    noon = "2026-03-02T12:00:00.000Z"
    source = "[new Date(), new Date(Date.now()), new Date(0), new Date(0) instanceof Date, new Date().constructor === Date]"
    assert value(javascript, source) == [noon, noon, "1970-01-01T00:00:00.000Z", True, True]


def test_half_of_a_character_is_replaced_because_no_text_can_hold_it(javascript: JavaScript) -> None:
    assert value(javascript, "'a' + '\\ud800'") == "a\ufffd"


def test_keys_that_javascript_treats_specially_are_plain_keys(javascript: JavaScript) -> None:
    special = {"__proto__": {"a": 1}, "constructor": 2, "toJSON": 3}
    assert value(javascript, "o", o=special) == special


# ---------------------------------------------------------------------- failures
@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("let a = 1;\n\nx.y.z", r"ReferenceError: x is not defined \(line 3\)"),
        ("if (", "SyntaxError: Unexpected end of input"),
        ("throw new Error('no stock')", "Error: no stock"),
        ("throw 'no stock'", "it threw no stock"),
        ("throw {code: 7}", "it threw {.code.:7}"),
        ("throw Symbol('x')", "cannot be shown"),
        ("throw {get a() { throw 1 }}", "cannot be shown"),
        ("(function f() { f() })()", "Maximum call stack size"),
        ("'use strict'; total = 1", "total is not defined"),
        ("Java.type('java.lang.Runtime')", "Java is not defined"),
    ],
)
def test_a_script_that_throws_fails_with_its_reason_and_line(javascript: JavaScript, source: str, why: str) -> None:
    with pytest.raises(ScriptFailed, match=why):
        value(javascript, source)


@pytest.mark.parametrize(
    "source",
    [
        "for (;;);",
        "/(a+)+$/.test('a'.repeat(40) + 'b')",
        "let a = []; for (;;) a.push(new Array(100000).fill(1))",
        "'x'.repeat(2 ** 29 - 24).split('')",
        "let a = []; for (;;) a.push(new Uint8Array(1e8).fill(7))",
        "let s = 'x'.repeat(2 ** 28), a = []; for (let i = 0; ; i++) a.push(JSON.stringify(s + i))",
        "BigInt(2) ** BigInt(1e9)",
        "new Array(2 ** 32 - 1)",
        "'x'.repeat(5e6)",
        "Object.prototype.toJSON = () => 1; ({a: 2})",
        "Array.prototype.includes = () => { for (;;); }; ({a: 2})",
    ],
)
def test_a_script_that_passes_a_limit_fails_and_the_next_one_runs(javascript: JavaScript, source: str) -> None:
    with pytest.raises(ScriptFailed):
        value(javascript, source)
    assert value(javascript, "1 + 1") == 2


def test_a_script_that_goes_on_after_its_end_is_stopped(javascript: JavaScript) -> None:
    assert value(javascript, "let f = () => Promise.resolve().then(f); f(); 1") == 1
    assert value(javascript, "1 + 1") == 2


def test_a_process_that_only_waits_is_ended_by_the_clock() -> None:
    runner = JavaScript(seconds=60.0, patience=0.1)
    with pytest.raises(ScriptFailed, match="did not end"):
        value(runner, "for (;;);")
    runner.close()


# ---------------------------------------------------------------------- nothing gets in, nothing leaks
@pytest.mark.parametrize(
    "name",
    [
        "process",
        "require",
        "module",
        "fetch",
        "XMLHttpRequest",
        "setTimeout",
        "Deno",
        "WebAssembly",
        "SharedArrayBuffer",
        "Atomics",
    ],
)
def test_there_is_no_host_to_reach(javascript: JavaScript, name: str) -> None:
    assert value(javascript, f"typeof {name}") == "undefined"


def test_constructors_lead_to_the_script_s_own_world_only(javascript: JavaScript) -> None:
    source = "Object.getOwnPropertyNames(execution.getVariable.constructor('return this')()).includes('process')"
    assert value(javascript, source) is False


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Object.prototype.polluted = 1", "({}).polluted"),
        ("Array.prototype.map = () => 'mine'; 1", "[1].map(x => x + 1)[0] === 2 ? null : 'leaked'"),
        ("leaked = 1", "typeof leaked === 'undefined' ? null : leaked"),
        ("globalThis.JSON = null; 1", "JSON === null ? 'leaked' : null"),
    ],
)
def test_no_state_survives_into_the_next_script(javascript: JavaScript, first: str, second: str) -> None:
    value(javascript, first)
    assert value(javascript, second) is None


def test_the_process_of_scripts_has_none_of_the_service_s_environment(
    javascript: JavaScript, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIUZHUAN_SECRET_KEY", "secret")
    runner = JavaScript()
    assert value(runner, "1") == 1
    child = runner._idle[0]._process.pid
    with open(f"/proc/{child}/environ", "rb") as environment:
        assert b"secret" not in environment.read()
    assert {os.readlink(f"/proc/{child}/fd/{fd}").partition(":")[0] for fd in (0, 1)} == {"pipe"}
    runner.close()


def test_many_threads_share_few_processes_and_get_their_own_answers(javascript: JavaScript) -> None:
    answers: dict[int, Any] = {}

    def ask(number: int) -> None:
        answers[number] = value(javascript, "n * 2", n=number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: number * 2 for number in range(12)}
    assert len(javascript._idle) <= MAX_PROCESSES


def test_a_process_that_was_killed_while_it_was_idle_is_replaced() -> None:
    runner = JavaScript()
    assert value(runner, "1") == 1
    idle = runner._idle[0]._process
    idle.kill()
    idle.wait()
    assert value(runner, "2") == 2
    runner.close()


def test_a_service_that_is_told_to_end_keeps_its_processes_until_it_has_ended() -> None:
    runner = JavaScript()
    assert value(runner, "1") == 1
    idle = runner._idle[0]._process
    idle.send_signal(signal.SIGTERM)
    idle.send_signal(signal.SIGINT)
    assert value(runner, "2") == 2
    assert runner._idle[0]._process is idle
    runner.close()
    assert idle.poll() is not None
