"""What the recipe for a new element says is done for each there is; each is entered and left, also restored after every step."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from engine.bpmn.kinds import KINDS
from engine.bpmn.reader.flow_nodes import ELEMENTS
from engine.facts.events import ElementEntered
from engine.vocabulary.models import MODELS
from installation.checkout import ROOT
from tests.bpmn.cases import Case, Run, Surroundings, model_of
from tests.bpmn.writing import TAGS

FOLDER = ROOT / "engine/bpmn/elements"

#: How often something is done until a process of these has ended.
ENOUGH = 20

PLAIN = "start s\n{0} x {1}\nend e\ns -> x -> e"
AROUND = "start s\n{0} x {{\nstart t\nend u\nt -> u\n}}\nend e\ns -> x -> e"
SPLIT = "start s\n{0} x\ntask a\ntask b\n{0} y\nend e\ns -> x -> a -> y -> e\nx -> b -> y"
WAYS = {
    "startEvent": "start x\nend e\nx -> e",
    "endEvent": "start s\nend x\ns -> x",
    "intermediateCatchEvent": PLAIN.format("catch", "timer=P1D"),
    "intermediateThrowEvent": PLAIN.format("throw", "signal=done"),
    "boundaryEvent": "start s\nuser u\nboundary x on=u timer=P1D\nend e\ns -> u\nx -> e",
    "exclusiveGateway": "start s\nxor x default=x_default\nend e\nend f\ns -> x\nx -> e : 1 = 1\nx -> f : default",
    "parallelGateway": SPLIT.format("and"),
    "inclusiveGateway": "start s\nor x\ntask a\nor y\nend e\ns -> x\nx -> a : 1 = 1\na -> y -> e",
    "complexGateway": "start s\ncomplex x\nend e\ns -> x -> e",
    "eventBasedGateway": "start s\nwait x\ncatch a timer=P1D\ncatch b message=stop\nend e\ns -> x -> a -> e\nx -> b -> e",
    "task": PLAIN.format("task", ""),
    "userTask": PLAIN.format("user", ""),
    "manualTask": PLAIN.format("manual", ""),
    "serviceTask": PLAIN.format("service", "connector=http"),
    "sendTask": PLAIN.format("send", "message=order"),
    "receiveTask": PLAIN.format("receive", "message=order"),
    "scriptTask": PLAIN.format("script", "script='{n: 1}'"),
    "businessRuleTask": PLAIN.format("rule", "liuzhuan:decision=tier liuzhuan:resultVariable=tier"),
    "subProcess": AROUND.format("sub"),
    "transaction": AROUND.format("transaction"),
    "adHocSubProcess": "start s\nadhoc x {\nuser u\n}\nend e\ns -> x -> e",
    "callActivity": PLAIN.format("call", "calledElement=inner"),
}


@pytest.mark.parametrize("tag", ELEMENTS)
def test_it_may_bear_names_of_our_own_vocabulary(tag: str) -> None:
    assert tag in MODELS


@pytest.mark.parametrize("tag", ELEMENTS)
def test_tests_can_write_it_in_a_short_line(tag: str) -> None:
    assert tag in TAGS.values()


def to_the_end(case: Case) -> None:
    for _ in range(ENOUGH):
        if case.outcome is not None:
            return
        if case.tasks:
            case.complete(case.tasks[0])
        elif case.jobs:
            case.finish(case.jobs[0])
        elif case.waiting_for:
            case.send(case.waiting_for[0])
        else:
            case.pass_time(days=1)
    raise AssertionError(f"It does not end: {case.execution.tokens()}")


def test_it_has_its_way_to_the_end() -> None:
    assert WAYS.keys() == ELEMENTS.keys()


@pytest.mark.parametrize("kind", WAYS)
def test_it_is_entered_and_left(run: Run, kind: str) -> None:
    host = Surroundings(called=model_of("start s\nend e\ns -> e", id="inner"))
    host.decisions["tier"] = lambda variables: "gold"
    case = run(WAYS[kind], host=host)
    if kind == "boundaryEvent":
        case.pass_time(days=1)
    to_the_end(case)
    assert case.outcome == "completed"
    assert kind in [each.kind for each in case.of(ElementEntered) if each.element == "x"]


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.py")), ids=lambda file: str(file.stem))
def test_it_reaches_for_nothing_private_of_another(file: Path) -> None:
    """What it may import the contract in setup.cfg says; this holds what it may touch of the objects it is given."""
    private = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Attribute) and _is_private(node)]
    assert [f"{node.lineno}: {node.attr}" for node in private] == []


def _is_private(node: ast.Attribute) -> bool:
    is_own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
    is_inherited = isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name) and node.value.func.id == "super"
    return node.attr.startswith("_") and not is_own and not is_inherited


@pytest.mark.parametrize("tag", ELEMENTS)
def test_sentences_can_say_what_kind_it_is(tag: str) -> None:
    assert tag in KINDS
