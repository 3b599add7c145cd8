"""Wherever in a process a connector is called, its secret is filled in: by the model that made the job."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from engine import process_instances
from engine.definitions import deployments, models
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.memory import Memory
from service.background import run_jobs
from service.parts import Parts
from tests.bpmn.writing import NAMESPACES
from tests.secrets.conftest import REFERENCE, Receiver

VALUE = "tok_en-4711.abcdef"


def connector(url: str, tag: str = "serviceTask", more: str = "") -> str:
    return f"""<{tag} id="call"><extensionElements><liuzhuan:connector name="http">
        <liuzhuan:input name="url" value="{url}"/><liuzhuan:input name="method" value="POST"/>
        <liuzhuan:input name="body" value="{REFERENCE}"/></liuzhuan:connector></extensionElements>{more}</{tag}>"""


def alone(task: str) -> str:
    return f'<startEvent id="start"/><sequenceFlow id="f" sourceRef="start" targetRef="call"/>{task}'


def process(key: str, body: str) -> str:
    return f'<process id="{key}" isExecutable="true">{body}</process>'


def file(*processes: str) -> bytes:
    return f'<definitions {NAMESPACES} id="d" targetNamespace="t">{"".join(processes)}</definitions>'.encode()


MULTI = (
    "<multiInstanceLoopCharacteristics isSequential='{}'><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
)
WHERE: Mapping[str, Callable[[str], list[bytes]]] = {
    "service task": lambda url: [file(process("p", alone(connector(url))))],
    "send task": lambda url: [file(process("p", alone(connector(url, "sendTask"))))],
    "one after another": lambda url: [file(process("p", alone(connector(url, more=MULTI.format("true")))))],
    "at once": lambda url: [file(process("p", alone(connector(url, more=MULTI.format("false")))))],
    "sub-process": lambda url: [
        file(
            process(
                "p",
                '<startEvent id="s"/><sequenceFlow id="a" sourceRef="s" targetRef="inner"/>'
                f'<subProcess id="inner">{alone(connector(url))}</subProcess>',
            )
        )
    ],
    "called process": lambda url: [
        file(
            process(
                "p",
                '<startEvent id="s"/><sequenceFlow id="a" sourceRef="s" targetRef="c"/><callActivity id="c" calledElement="q"/>',
            )
        ),
        file(process("q", alone(connector(url)))),
    ],
    "second process of a file": lambda url: [
        file(process("other", '<startEvent id="o"/>'), process("p", alone(connector(url)))),
    ],
    "attribute": lambda url: [
        file(
            process(
                "p",
                alone(
                    '<serviceTask id="call" liuzhuan:connector="http"><extensionElements><camunda:inputOutput>'
                    f'<camunda:inputParameter name="url">{url}</camunda:inputParameter>'
                    '<camunda:inputParameter name="method">POST</camunda:inputParameter>'
                    f'<camunda:inputParameter name="body">{REFERENCE}</camunda:inputParameter>'
                    "</camunda:inputOutput></extensionElements></serviceTask>"
                ),
            )
        )
    ],
}


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("is_read_anew", [False, True])
def test_it_is_filled_in(
    parts: Parts,
    receiver: Receiver,
    set_secret: Callable[..., None],
    where: str,
    is_read_anew: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`is_read_anew`: by a worker that has not deployed the model."""
    set_secret(value=VALUE)
    files = [File(f"{number}.bpmn", content) for number, content in enumerate(WHERE[where](receiver.url()))]
    with parts.begin(SYSTEM) as work:
        deployment = deployments.deploy(work, files, name="tests", connectors=parts.connectors)
    assert not any(warning.rule.startswith("secret") for warning in deployment.warnings)
    with parts.begin(SYSTEM) as work:
        process_instances.start(work, "p", {})
    if is_read_anew:
        monkeypatch.setattr(models, "_models", Memory(10))
    while run_jobs.run_once(parts):
        pass
    bodies = [request["body"] for request in receiver.requests]
    assert bodies == [VALUE] * (2 if where in ("one after another", "at once") else 1)
