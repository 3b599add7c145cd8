"""More of everything that pages show, so that a page which asks for each row by itself is found out."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from uuid import UUID

from engine import process_instances
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.ids import new_id
from engine.facts.sentences import Sentence
from engine.people import attachments
from engine.process_instances import ProcessInstance
from engine.store import incidents
from engine.store.incidents import Incident
from engine.store.unit_of_work import UnitOfWork
from service.parts import Parts
from service.webhooks import endpoints
from service.webhooks.endpoints import Wanted
from tests.web.conftest import MODELS
from tests.web.visitor import Visitor


def more(parts: Parts, chen: Visitor, number: int) -> dict[str, str]:
    """One more of each thing: a case with its task, a file, an incident, a decision, a form and a process that use each other, an
    endpoint. Answers the ids by noun."""
    answer = chen.sends("/start/trip", variables={"destination": f"北京{number}", "days": 3, "secret": "面谈"})
    case = str(answer.json["next"]).rpartition("/")[2]
    with parts.begin(SYSTEM) as work:
        deployments.deploy(work, files(number), name="more")
        stored = process_instances.get(work, UUID(case))
        file = attachments.add(work, "x.txt", "text/plain", b"x", process_instance_id=stored.id)
        add_incident(work, stored, work.now)
        endpoint = endpoints.create(work, parts.secrets, Wanted(f"crm-{number}", "github", "signal", "x"), "x" * 20)
    return {
        "process-instances": case,
        "process-definitions": str(stored.definition_id),
        "attachments": str(file.id),
        "webhook-endpoints": str(endpoint.id),
    }


def files(number: int) -> list[File]:
    """A decision and a form, a process that uses all of them so far, and one that only calls."""
    fare = (MODELS / "fare.dmn").read_bytes().replace(b'"fare"', f'"fare-{number}"'.encode())
    form = (MODELS / "trip.form.json").read_bytes()
    steps = "".join(
        f'<userTask id="u{each}" liuzhuan:form="tests/more-{each}"/>'
        f'<businessRuleTask id="r{each}" liuzhuan:decision="fare-{each}" liuzhuan:resultVariable="x"/>'
        f'<callActivity id="c{each}" calledElement="more-{each}"/>'
        for each in range(1, number + 1)
    )
    nodes = ["start", *(f"{kind}{each}" for each in range(1, number + 1) for kind in "urc")]
    pairs = enumerate(pairwise(nodes))
    flows = "".join(f'<sequenceFlow id="f{at}" sourceRef="{left}" targetRef="{right}"/>' for at, (left, right) in pairs)
    calls = [f"call{each}" for each in range(1, number + 1)]
    called = "".join(f'<callActivity id="call{each}" calledElement="more-{each}"/>' for each in range(1, number + 1))
    way = "".join(f'<sequenceFlow id="w{a}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(["begin", *calls, "wait"]))
    process = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1"
      targetNamespace="t"><process id="user" name="User" isExecutable="true"><startEvent id="start"/>{steps}{flows}</process>
      <process id="calling" isExecutable="true"><startEvent id="begin"/>{called}<userTask id="wait"/>{way}</process>
      <process id="more-{number}" isExecutable="true"><startEvent id="s"/></process></definitions>"""
    return [
        File(f"fare-{number}.dmn", fare),
        File(f"tests/more-{number}.form.json", form),
        File("user.bpmn", process.encode()),
    ]


def add_incident(work: UnitOfWork, instance: ProcessInstance, now: datetime) -> None:
    cause = Sentence("{host} does not answer: {why}.", host="court", why="timed out")
    row = Incident(new_id(now), instance.id, instance.definition_id, "approve", 2, "step", cause, None, 1, now, now, None, None)
    incidents.add(work, row)
