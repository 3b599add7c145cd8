"""Files made to harm: they are refused, or their evaluation is stopped, with a sentence."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from engine.dmn import DecisionStopped, Model, evaluate, read
from engine.facts import computing
from tests.dmn.xml import NAMESPACE, decision, definitions, function, input_data, literal


def model_of(*parts: str) -> Model:
    model = read(definitions(*parts)).model
    assert model is not None
    return model


def refused(data: bytes) -> str:
    """The rule a file is refused by."""
    reading = read(data)
    assert reading.model is None
    assert not reading.is_valid
    return reading.problems[0].rule


def test_entities_that_grow_are_refused() -> None:
    bomb = b"<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><definitions>&c;</definitions>"
    assert refused(bomb) == "xml-doctype"
    assert refused(bomb.decode().encode("utf-16")) == "xml-doctype"


def test_files_of_the_server_cannot_be_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    external = f"<!DOCTYPE d [<!ENTITY x SYSTEM '{secret.as_uri()}'>]><definitions xmlns='{NAMESPACE}' name='&x;'/>"
    assert refused(external.encode()) == "xml-doctype"


def test_files_named_by_a_model_are_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.dmn"
    secret.write_bytes(definitions(decision("a", literal("1"))))
    include = f"<include xmlns='http://www.w3.org/2001/XInclude' href='{secret.as_uri()}'/>"
    located = f"<import namespace='urn:x' name='x' importType='{NAMESPACE}' locationURI='{secret.as_uri()}'/>"
    reading = read(definitions(include, located))
    assert reading.model is not None
    assert reading.model.decisions == ()
    assert reading.model.imported == {}


def test_nesting_without_end_is_refused() -> None:
    assert refused(definitions(decision("a", "<list>" * 100 + literal("1") + "</list>" * 100))) == "xml-depth"
    assert refused(b"<a>" * 100_000) == "xml-depth"


def test_more_elements_than_a_model_needs_are_refused() -> None:
    assert refused(definitions("<inputData/>" * 50_001)) == "xml-elements"


@pytest.mark.parametrize("data", [b"", b"\x00", b"PK\x03\x04", b"<definitions", "{}".encode("utf-16")])
def test_what_is_no_xml_is_refused(data: bytes) -> None:
    assert refused(data) == "xml-syntax"


@pytest.mark.parametrize("data", [b"<a/>", b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'])
def test_what_is_no_dmn_is_refused(data: bytes) -> None:
    assert refused(data) == "dmn-root"


def test_functions_that_call_each_other_without_end_are_stopped() -> None:
    circle = [function("f", "g()", requires=["g"]), function("g", "f()", requires=["f"])]
    model = model_of(*circle, decision("a", literal("f()"), functions=["f"]))
    with pytest.raises(DecisionStopped, match="too deep"):
        evaluate(model, "a", {})


def test_calls_that_double_are_stopped() -> None:
    chain = [function(f"f{n}", f"f{n - 1}() + f{n - 1}()", requires=[f"f{n - 1}"]) for n in range(1, 40)]
    model = model_of(function("f0", "1"), *chain, decision("a", literal("f39()"), functions=["f39"]))
    with pytest.raises(DecisionStopped, match="too many steps"):
        evaluate(model, "a", {})


def test_loops_in_loops_are_stopped() -> None:
    loop = "".join(f'<for iteratorVariable="i{n}"><in>{literal("[1..1000]")}</in><return>' for n in range(5))
    model = model_of(decision("a", loop + literal("1") + "</return></for>" * 5))
    with pytest.raises(DecisionStopped, match="too many steps"):
        evaluate(model, "a", {})


def test_a_service_that_serves_itself_is_stopped() -> None:
    service = '<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#a"/></decisionService>'
    with pytest.raises(DecisionStopped, match="deep"):
        evaluate(model_of(service, decision("a", literal("s()"), functions=["s"])), "a", {})


def test_a_long_chain_of_decisions_is_evaluated_without_recursion() -> None:
    chain = [decision(f"d{n}", literal(f"d{n - 1} + 1"), decisions=[f"d{n - 1}"]) for n in range(1, 1500)]
    assert evaluate(model_of(decision("d0", literal("0")), *chain), "d1499", {}).value == 1499


def test_a_value_nested_without_end_is_stopped() -> None:
    value: list[object] = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(DecisionStopped):
        evaluate(model_of(input_data("x"), decision("a", literal("string(x)"), inputs=["x"])), "a", {"x": value})


@pytest.mark.parametrize("text", ["__import__('os')", "x.__class__", "().__class__.__bases__", "item.__globals__", 'eval("1")'])
def test_expressions_never_reach_python(text: str) -> None:
    model = model_of(input_data("x"), decision("a", literal(text), inputs=["x"]))
    assert evaluate(model, "a", {"x": {"a": 1}}).value is None


def test_a_decision_that_computes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    times = count(0, 0.1)
    monkeypatch.setattr(computing, "thread_time", lambda: next(times))
    with pytest.raises(DecisionStopped, match="longer than 2 s"):
        evaluate(model_of(decision("a", literal("count(for i in 1..100000 return i)"))), "a", {})
