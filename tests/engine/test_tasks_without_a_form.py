"""A user task without a form takes new values and those of its process, but not what the engine or another step has said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import process_instances
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.errors import VariablesRefused
from engine.people import user_tasks
from engine.people.submission import ENGINE_VARIABLES
from engine.people.user_tasks import Completed
from engine.process_instances import ProcessInstance
from tests.engine.company import ALICE, OTTO
from tests.engine.conftest import OpenTasks, Working

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1" targetNamespace="t" id="d">
  <process id="plain" name="Plain" isExecutable="true">
    <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="note"/>
    <userTask id="note" name="Note">
      <extensionElements><liuzhuan:assignment strategy="initiator"/>{fields}</extensionElements>{loop}
    </userTask>
    <sequenceFlow id="f2" sourceRef="note" targetRef="decide"/>
    <userTask id="decide" name="Decide" liuzhuan:outcomeVariable="decision"><extensionElements>
      <liuzhuan:assignment strategy="initiator"/>
      <liuzhuan:outcome value="yes" name="Yes"/><liuzhuan:outcome value="no" name="No"/>
    </extensionElements></userTask>
    <sequenceFlow id="f3" sourceRef="decide" targetRef="end"/><endEvent id="end"/>
  </process>
</definitions>"""
LOOP = "<multiInstanceLoopCharacteristics><loopCardinality>1</loopCardinality></multiInstanceLoopCharacteristics>"

Begun = Callable[..., ProcessInstance]
Done = Callable[..., Completed]


@pytest.fixture
def begun(working: Working) -> Begun:
    def start(*, fields: str = "", loop: str = "", **variables: Any) -> ProcessInstance:
        with working(SYSTEM) as work:
            deployments.deploy(work, [File("plain.bpmn", MODEL.format(fields=fields, loop=loop).encode())], name="tests")
        with working(ALICE) as work:
            return process_instances.start(work, "plain", variables)

    return start


@pytest.fixture
def done(working: Working, open_tasks: OpenTasks) -> Done:
    def complete(instance: ProcessInstance, values: dict[str, Any], **more: Any) -> Completed:
        (task,) = open_tasks(instance.id)
        with working(ALICE) as work:
            return user_tasks.complete(work, task.id, values, **more)

    return complete


def variables(working: Working, instance: ProcessInstance) -> dict[str, Any]:
    with working(OTTO) as work:
        return dict(process_instances.variables(work, process_instances.get_with_state(work, instance.id)))


def test_new_values_and_those_of_the_process_are_taken(working: Working, begun: Begun, done: Done) -> None:
    instance = begun(amount=1)
    assert done(instance, {"amount": 2, "note": "new", "outcome": "mine"}).dropped == ()
    found = variables(working, instance)
    assert (found["amount"], found["note"], found["outcome"]) == (2, "new", "mine")


@pytest.mark.parametrize("loop", ["", LOOP])
@pytest.mark.parametrize("name", sorted({*ENGINE_VARIABLES, "decision"}))
def test_what_the_engine_or_another_step_says_is_left_out_and_told(
    working: Working, begun: Begun, done: Done, name: str, loop: str
) -> None:
    instance = begun(loop=loop)
    before = variables(working, instance)
    assert done(instance, {name: "mallory", "note": "kept"}).dropped == (name,)
    after = variables(working, instance)
    assert {key: value for key, value in after.items() if key != "note"} == before


def test_a_model_may_say_otherwise(working: Working, begun: Begun, done: Done) -> None:
    fields = '<liuzhuan:field name="initiator" access="write"/><liuzhuan:field name="decision" access="write"/>'
    instance = begun(fields=fields)
    assert done(instance, {"initiator": "bob", "decision": "yes"}).dropped == ()
    assert variables(working, instance)["initiator"] == "bob"


def test_a_step_decides_what_it_offers_and_nothing_else(working: Working, begun: Begun, done: Done) -> None:
    instance = begun()
    with pytest.raises(VariablesRefused):
        done(instance, {}, outcome="yes")
    done(instance, {"outcome": "approved"})
    with pytest.raises(VariablesRefused):
        done(instance, {"decision": "perhaps"})
    done(instance, {"decision": "yes"})
    with working(OTTO) as work:
        record = process_instances.record(work, process_instances.get(work, instance.id))
    assert [entry.outcome for entry in record.entries if entry.action == "completed"] == [None, "yes"]


def test_every_variable_that_a_start_writes_is_known(working: Working, begun: Begun) -> None:
    assert variables(working, begun()).keys() <= ENGINE_VARIABLES
