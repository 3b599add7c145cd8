"""A worker's parts on each database, with a clock that moves when told, and connectors that do as told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from engine import process_instances
from engine.connectors import Job
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.declarations import Entry, Said
from service.app import assemble
from service.parts import Parts
from service.settings import Settings


@dataclass
class Clock:
    now: datetime = field(default_factory=lambda: datetime(2026, 11, 2, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


REMEMBERS = Said("remembers its calls", "记住各次调用")


@dataclass
class Recorder:
    """A connector that remembers its calls and answers what `answer` says."""

    answer: Callable[[Mapping[str, Any], Job], Mapping[str, Any]] = lambda inputs, job: {"status": 200}
    calls: list[Job] = field(default_factory=list)
    name: str = "http"
    help: Said = REMEMBERS
    parameters: tuple[Entry, ...] = (Entry("url", Said("an address", "地址")),)

    def call(self, inputs: Mapping[str, Any], job: Job) -> Mapping[str, Any]:
        self.calls.append(job)
        return self.answer(inputs, job)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def connector() -> Recorder:
    return Recorder()


@pytest.fixture
def parts(database_url: str, clock: Clock, connector: Recorder) -> Iterator[Parts]:
    parts = assemble(Settings(is_demo=True, database_url=database_url, job_lease_seconds=60), clock=clock)
    yield replace(parts, connectors={"http": connector})
    parts.close()


MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1" targetNamespace="t" id="d">
  <message id="hello" name="hello"/>
  <process id="{key}" name="{key}" isExecutable="true">
    <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="step"/>{step}
    <sequenceFlow id="f2" sourceRef="step" targetRef="end"/><endEvent id="end"/>{more}
  </process>
</definitions>"""

STEPS = {
    "job": """<serviceTask id="step"><extensionElements>
        <liuzhuan:connector name="http" retries="1"><liuzhuan:input name="url" value="https://example.com"/></liuzhuan:connector>
    </extensionElements></serviceTask>""",
    "timer": """<intermediateCatchEvent id="step"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>
    </intermediateCatchEvent>""",
    "sender": """<intermediateThrowEvent id="step"><messageEventDefinition messageRef="hello"/></intermediateThrowEvent>""",
    "receiver": """<intermediateCatchEvent id="step"><messageEventDefinition messageRef="hello"/></intermediateCatchEvent>""",
}


@pytest.fixture
def start(parts: Parts) -> Callable[[str], UUID]:
    """start("job") deploys and starts a process of this one step."""

    def started(kind: str) -> UUID:
        model = MODEL.format(key=kind, step=STEPS[kind], more="")
        with parts.begin(SYSTEM) as work:
            deployments.deploy(work, [File(f"{kind}.bpmn", model.encode())], name="tests")
        with parts.begin(SYSTEM) as work:
            return process_instances.start(work, kind, {}).id

    return started


@pytest.fixture
def status(parts: Parts) -> Callable[[UUID], str]:
    def of(id: UUID) -> str:
        with parts.begin(SYSTEM) as work:
            return process_instances.get(work, id).status

    return of
