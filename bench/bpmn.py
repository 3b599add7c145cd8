"""How fast the engine steps, saves and restores; beside it SpiffWorkflow as it comes, on the same chain, in the same run.

python bench/bpmn.py
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

sys.path.insert(0, str(Path(__file__).parents[1]))

from engine.bpmn import Model, read, restore, start
from engine.facts.events import UserTaskCreated
from engine.scripts import ScriptResult

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="definitions" targetNamespace="urn:bench">'
    '<process id="p" isExecutable="true">'
)
TAIL = "</process></definitions>"
#: About 3 kB as JSON.
VARIABLES = {
    "title": "合同签订",
    "amount": 128000.5,
    **{f"field{i}": f"value of the field with number {i}, as forms have them" for i in range(40)},
}


def chain(kind: str, length: int) -> bytes:
    """start → `length` elements of one kind → end."""
    ids = ["s", *(f"t{i}" for i in range(length)), "e"]
    elements = "".join(f'<{kind} id="{id}"/>' for id in ids[1:-1])
    flows = "".join(f'<sequenceFlow id="f{i}" sourceRef="{a}" targetRef="{b}"/>' for i, (a, b) in enumerate(pairwise(ids)))
    return f'{HEAD}<startEvent id="s"/>{elements}<endEvent id="e"/>{flows}{TAIL}'.encode()


LOOP = (
    f'{HEAD}<startEvent id="s"/><exclusiveGateway id="m"/><userTask id="u"/>'
    '<exclusiveGateway id="g" default="d"/><endEvent id="e"/>'
    '<sequenceFlow id="a" sourceRef="s" targetRef="m"/><sequenceFlow id="b" sourceRef="m" targetRef="u"/>'
    '<sequenceFlow id="c" sourceRef="u" targetRef="g"/><sequenceFlow id="d" sourceRef="g" targetRef="m"/>'
    '<sequenceFlow id="x" sourceRef="g" targetRef="e"><conditionExpression>done</conditionExpression></sequenceFlow>'
    f"{TAIL}"
).encode()


class Host:
    functions: Mapping[str, Any] = MappingProxyType({})
    zone = UTC

    def __init__(self, model: Model) -> None:
        self._model = model

    def find_process(self, key: str, binding: str, version: int | None) -> tuple[str, Model]:
        return "d", self._model

    def get_model(self, definition_id: str) -> Model:
        return self._model

    def decide(self, *asked: Any) -> tuple[Any, Any]:
        raise NotImplementedError

    def run_script(self, *script: Any, **more: Any) -> ScriptResult:
        raise NotImplementedError


def model_of(xml: bytes) -> Model:
    reading = read(xml)
    if reading.model is None:
        raise SystemExit(f"the model of the bench is broken: {reading.problems}")
    return reading.model


def microseconds(act: Callable[[], Any], times: int, rounds: int = 5) -> float:
    """The best of several rounds, of processor time: what the machine does when it is left alone."""
    act()
    found = []
    for _ in range(rounds):
        gc.collect()
        begin = time.process_time()
        for _ in range(times):
            act()
        found.append((time.process_time() - begin) / times * 1e6)
    return min(found)


def open_task(events: list[Any]) -> int:
    return next(event.token for event in events if isinstance(event, UserTaskCreated))


def step() -> float:
    """One element of a chain of 100 tasks without a type."""
    model = model_of(chain("task", 100))
    host = Host(model)
    return microseconds(lambda: start(model, "p", "d", {}, now=NOW, host=host), 50) / 102


def save_and_restore() -> tuple[float, float, int]:
    model = model_of(chain("userTask", 10))
    host = Host(model)
    execution = start(model, "p", "d", VARIABLES, now=NOW, host=host)
    state = execution.save()
    return microseconds(execution.save, 5000), microseconds(lambda: restore(state, host=host), 5000), len(state)


def chain_of_ten() -> float:
    """One completion of a chain of ten user tasks: restored, completed, saved, as a request does it."""
    model = model_of(chain("userTask", 10))
    host = Host(model)

    def whole() -> None:
        execution = start(model, "p", "d", VARIABLES, now=NOW, host=host)
        state, task = execution.save(), open_task(execution.started)
        for index in range(10):
            execution = restore(state, host=host)
            events = execution.complete(task, {"outcome": "approve"}, NOW)
            state = execution.save()
            if index < 9:
                task = open_task(events)

    return microseconds(whole, 50) / 10


def loop_rounds(rounds: int = 10_000) -> list[tuple[int, float, int]]:
    """(round, microseconds a round at that time, bytes of the state): flat means that history costs nothing."""
    model = model_of(LOOP)
    host = Host(model)
    execution = start(model, "p", "d", VARIABLES, now=NOW, host=host)
    task, found = open_task(execution.started), []
    state = execution.save()
    spent = []
    for index in range(1, rounds + 1):
        begin = time.process_time()
        execution = restore(state, host=host)
        task = open_task(execution.complete(task, {"done": False}, NOW))
        state = execution.save()
        spent.append((time.process_time() - begin) * 1e6)
        if index in (100, 1000, rounds // 2, rounds):
            found.append((index, statistics.median(spent[-100:]), len(state)))
    return found


def reading() -> float:
    """Milliseconds to read a model of 50 elements."""
    xml = chain("userTask", 48)
    return microseconds(lambda: read(xml), 20) / 1000


class Library:
    """SpiffWorkflow as its documentation drives it."""

    def __init__(self, xml: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "chain.bpmn"
            file.write_bytes(xml)
            parser = BpmnParser()
            parser.add_bpmn_file(str(file))
            self.spec = parser.get_spec("p")
        self.serializer = BpmnWorkflowSerializer()

    def step(self) -> float:
        def run() -> None:
            workflow = BpmnWorkflow(self.spec)
            workflow.do_engine_steps()

        return microseconds(run, 1, 3) / 102

    def completion(self) -> float:
        def whole() -> None:
            workflow = BpmnWorkflow(self.spec)
            workflow.get_next_task(state=TaskState.READY).set_data(**VARIABLES)
            workflow.do_engine_steps()
            state = self.serializer.serialize_json(workflow)
            for _ in range(10):
                workflow = self.serializer.deserialize_json(state)
                workflow.get_next_task(state=TaskState.READY, manual=True).run()
                workflow.do_engine_steps()
                state = self.serializer.serialize_json(workflow)

        return microseconds(whole, 1, 3) / 10


def compared(what: str, ours: float, aim: int, theirs: float) -> None:
    print(f"{what:30} {ours:9.1f} µs   (aim ≤ {aim})")
    print(f"{'  SpiffWorkflow as it comes':30} {theirs:9.1f} µs   {theirs / ours:.0f} times as long")


def main() -> None:
    compared("a step", step(), 15, Library(chain("task", 100)).step())
    saved, restored, size = save_and_restore()
    print(f"{f'save {saved:.1f} + restore {restored:.1f}':30} {saved + restored:9.1f} µs   (aim ≤ 30)   state of {size:,} bytes")
    compared("restore + complete + save", chain_of_ten(), 100, Library(chain("userTask", 10)).completion())
    for index, spent, size in loop_rounds():
        print(f"{f'round {index:,} of a loop':30} {spent:9.1f} µs   state of {size:,} bytes")
    print(f"{'reading a model of 50 elements':30} {reading():9.1f} ms   (aim ≤ 20)")


if __name__ == "__main__":
    main()
