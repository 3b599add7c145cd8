"""What a column keeps is held to where a model is deployed and where a step is written.

One more than the limit is refused with the line, or is an incident, and never a fault of the database. Alike on both databases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import Integer, String

from engine import jobs, process_instances, timers
from engine.bpmn import read
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.errors import Invalid, ModelRefused, Problem, Refusal, StepRefused
from engine.facts.widths import NAME, TITLE
from engine.messaging import messages, signals
from engine.messaging import thrown as deliveries
from engine.operating import incidents, replay
from engine.people import user_tasks
from engine.process_instances import ProcessInstance
from engine.store import limits
from engine.store.columns import columns_of, metadata
from engine.store.step_parts import ADDED
from tests.engine.company import ALICE
from tests.engine.conftest import Clock, OpenTasks, Working

LONG = "n" * NAME

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1" targetNamespace="t" id="d">
  <message id="m" name="{message}" liuzhuan:correlationKey="{key}"/><signal id="s" name="{signal}"/>
  <process id="{process}" name="P" isExecutable="true" liuzhuan:area="{area}"
      liuzhuan:businessKey="{business_key}" liuzhuan:title="{title}">
    <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="{element}"/>
    {first}
    <sequenceFlow id="f2" sourceRef="{element}" targetRef="work"/>
    <userTask id="work" liuzhuan:priority="{priority}" liuzhuan:form="{form}"><extensionElements>
      <liuzhuan:outcome value="{outcome}"/><liuzhuan:assignment strategy="person" person="{person}"/>
    </extensionElements></userTask>
    <sequenceFlow id="f3" sourceRef="work" targetRef="catch"/>
    <intermediateCatchEvent id="catch"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>
    <sequenceFlow id="f4" sourceRef="catch" targetRef="hear"/>
    <intermediateCatchEvent id="hear"><signalEventDefinition signalRef="s"/></intermediateCatchEvent>
    <sequenceFlow id="f5" sourceRef="hear" targetRef="job"/>
    <serviceTask id="job" liuzhuan:topic="{topic}"/>
    <sequenceFlow id="f6" sourceRef="job" targetRef="end"/><endEvent id="end"/>
  </process>
</definitions>"""
WAIT = """<intermediateCatchEvent id="{element}"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>
</intermediateCatchEvent>"""
USUAL = {
    **{name: name for name in ("message", "signal", "process", "area", "element", "outcome", "topic")},
    **{"key": "", "business_key": "", "title": "", "priority": "50", "form": "", "person": "alice"},
}


def model(**changed: str) -> str:
    values = {**USUAL, **changed}
    first = WAIT.format(element=values["element"])
    text = MODEL.format(first=first, **values)
    for name in ("key", "business_key", "title", "form", "area"):
        attribute = {"key": "correlationKey", "business_key": "businessKey"}.get(name, name)
        text = text.replace(f' liuzhuan:{attribute}=""', "")
    return text


def deploy(working: Working, text: str) -> None:
    with working(SYSTEM) as work:
        deployments.deploy(work, [File("model.bpmn", text.encode())], name="x")


def run(working: Working, clock: Clock, open_tasks: OpenTasks, **values: str) -> ProcessInstance:
    """Through all of the model."""
    values = {**USUAL, **values}
    with working(ALICE) as work:
        instance = process_instances.start(work, values["process"], {})
    clock.forward(hours=1)
    with working(SYSTEM) as work:
        due = timers.take_due(work, limit=9)
    for id in due:
        with working(SYSTEM) as work:
            timers.fire(work, id)
    (task,) = open_tasks(instance.id)
    with working(ALICE) as work:
        user_tasks.complete(work, task.id, {}, outcome=values["outcome"])
    with working(SYSTEM) as work:
        assert messages.correlate(work, values["message"]).process_instance_id == instance.id
    with working(SYSTEM) as work:
        assert signals.throw(work, values["signal"]) == 1
    with working(SYSTEM) as work:
        assert deliveries.deliver_next(work)
    return instance


#: Names of the model with what is sensible beside them.
LITERALS: Mapping[str, str] = {name: LONG for name in ("message", "signal", "process", "area", "element", "outcome", "topic")}


@pytest.mark.parametrize("name", LITERALS)
def test_a_name_of_the_greatest_length_works(working: Working, clock: Clock, open_tasks: OpenTasks, name: str) -> None:
    deploy(working, model(**{name: LITERALS[name]}))
    instance = run(working, clock, open_tasks, **{name: LITERALS[name]})
    with working(SYSTEM) as work:
        assert [event["type"] for change in process_instances.changes(work, instance).items for event in change.events]


@pytest.mark.parametrize("name", LITERALS)
def test_a_longer_name_is_refused_with_its_line(name: str) -> None:
    (problem,) = errors(model(**{name: LITERALS[name] + "n"}))
    assert (problem.rule, problem.line > 1, str(NAME) in str(problem.sentence), "256" in str(problem.sentence)) == (
        "name-size",
        True,
        True,
        True,
    )


def test_a_longer_name_goes_on_where_it_was_deployed_before() -> None:
    assert read(model(element=LONG + "n").encode(), is_deployed=True).model is not None


def test_a_priority_beyond_the_column_is_refused_with_its_line(working: Working) -> None:
    (problem,) = errors(model(priority="99999999999999"))
    assert (problem.rule in ("number-size", "not-a-number"), problem.line > 1) == (True, True)
    with pytest.raises(ModelRefused):
        deploy(working, model(priority="99999999999999"))


def test_a_form_with_a_key_that_is_too_long(working: Working) -> None:
    with working(SYSTEM) as work, pytest.raises(ModelRefused) as refused:
        deployments.deploy(work, [File(f"{LONG}n.form.json", b'{"components": []}')], name="x")
    assert "255" in str(refused.value.problems[0].sentence)


def test_a_decision_with_an_id_that_is_too_long(working: Working) -> None:
    text = f"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="t">
      <decision id="{LONG}n" name="d"><literalExpression><text>1</text></literalExpression></decision></definitions>"""
    with working(SYSTEM) as work, pytest.raises(ModelRefused) as refused:
        deployments.deploy(work, [File("d.dmn", text.encode())], name="x")
    assert "255" in str(refused.value.problems[0].sentence)


def errors(text: str) -> list[Problem]:
    return [problem for problem in read(text.encode()).problems if not problem.is_warning]


#: What a model computes at the start, with what is said of it.
COMPUTED: Mapping[str, tuple[str, str]] = {
    "business_key": ('=string join(for i in 1..256 return "n", "")', "the business key has 256 characters; at most 255 are kept"),
    "business_key with NUL": ('="a\\u0000b"', "the business key contains the character NUL"),
    "title with NUL": ('="a\\u0000b"', "the title contains the character NUL"),
}


@pytest.mark.parametrize("name", COMPUTED)
def test_what_is_computed_at_the_start_and_does_not_fit_is_refused(working: Working, name: str) -> None:
    expression, said = COMPUTED[name]
    deploy(working, model(**{name.split()[0]: expression.replace('"', "&quot;")}))
    with pytest.raises(StepRefused, match=said), working(ALICE) as work:
        process_instances.start(work, "process", {})


@pytest.mark.parametrize("length", [1, TITLE, TITLE + 1, 2 * TITLE, 40_000])
def test_a_title_is_cut_at_the_start_and_later(working: Working, open_tasks: OpenTasks, length: int) -> None:
    """It is for people: a case does not stop at a title that is too long for them."""
    text = COMPUTES.format(script="=1").replace('name="P"', 'name="P" liuzhuan:title="=said"')
    deploy(working, text)
    with working(ALICE) as work:
        instance = process_instances.start(work, "computes", {"said": "题" * length})
    assert instance.title == ("题" * length if length <= TITLE else "题" * (TITLE - 1) + "…")
    (task,) = open_tasks(instance.id)
    with working(ALICE) as work:
        user_tasks.complete(work, task.id, {"said": "目" * length})
        changed = process_instances.get(work, instance.id)
    assert changed.title == ("目" * length if length <= TITLE else "目" * (TITLE - 1) + "…")


LATER: Mapping[str, tuple[str, str]] = {
    "priority": ("=10**12", "the priority is 1.00000e[+]12; at most 2,147,483,647 is kept"),
    "priority beyond all": ("=10**300", "the priority is 1.00000e[+]300"),
    "form": ('=string join(for i in 1..256 return "n", "")', "the key of the form has 256 characters; at most 255 are kept"),
    "form with NUL": ('="a\\u0000b"', "the key of the form contains the character NUL"),
}


@pytest.mark.parametrize("name", LATER)
def test_what_is_computed_later_and_does_not_fit_is_an_incident(working: Working, clock: Clock, name: str) -> None:
    expression, said = LATER[name]
    deploy(working, model(**{name.split()[0]: expression.replace('"', "&quot;")}))
    with working(ALICE) as work:
        id = process_instances.start(work, "process", {}).id
    clock.forward(hours=1)
    with working(SYSTEM) as work:
        (due,) = timers.take_due(work, limit=9)
    with working(SYSTEM) as work:
        timers.fire(work, due)
    with working(SYSTEM) as work:
        (found,) = incidents.list_(work, process_instance_id=id).items
    assert re.search(said, str(found.cause)), str(found.cause)


def test_every_column_that_a_step_writes_is_looked_at() -> None:
    names = {column.name for added in ADDED.values() for column in _columns(added) if isinstance(column.type, String | Integer)}
    assert names - limits.WORDS.keys() - limits.OURS == {"version"} & names
    assert names >= limits.OURS


def _columns(added: Any) -> list[Any]:
    return columns_of(metadata.tables[added.table], added.row)


COMPUTES = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1" targetNamespace="t" id="d">
  <message id="m" name="letter"/><message id="out" name="other"/>
  <process id="computes" name="P" isExecutable="true">
    <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="one"/>
    <userTask id="one"><extensionElements><liuzhuan:assignment strategy="person" person="alice"/></extensionElements></userTask>
    <sequenceFlow id="f2" sourceRef="one" targetRef="script"/>
    <scriptTask id="script" scriptFormat="feel" liuzhuan:resultVariable="computed"><script>{script}</script></scriptTask>
    <sequenceFlow id="f3" sourceRef="script" targetRef="throw"/>
    <intermediateThrowEvent id="throw"><messageEventDefinition messageRef="out"/></intermediateThrowEvent>
    <sequenceFlow id="f4" sourceRef="throw" targetRef="two"/>
    <userTask id="two"><extensionElements><liuzhuan:assignment strategy="person" person="alice"/></extensionElements></userTask>
    <sequenceFlow id="f5" sourceRef="two" targetRef="end"/><endEvent id="end"/>
  </process>
</definitions>"""
FEEL: Mapping[str, str] = {
    "2^63": "2**63",
    "2^64": "2**64",
    "-2^70": "-(2**70)",
    "38 digits": "12345678901234567890 * 12345678901234567890",
    "300 digits": "10**300",
    "6000 digits": "10**6000",
    "a fraction": "1/3",
    "a tiny one": "10**(-400)",
    "a long text": 'string join(for i in 1..20000 return "long", "")',
    "NUL": '"a\\u0000b"',
    "half a character": '"a\\ud800b"',
    "a name with NUL": '{"a\\u0000b": 1}',
    "a pair": '"\\ud83d\\ude00"',
    "backslash and digits": '"\\\\u0000"',
    "deep": "{a: {b: {c: [[[[[[[[[[1]]]]]]]]]]}}}",
}


@pytest.mark.parametrize("name", FEEL)
def test_what_feel_computes_can_be_read_for_the_life_of_the_instance_or_is_an_incident(
    working: Working, open_tasks: OpenTasks, name: str
) -> None:
    deploy(working, COMPUTES.format(script=FEEL[name].replace("<", "&lt;")))
    with working(ALICE) as work:
        instance = process_instances.start(work, "computes", {})
    (task,) = open_tasks(instance.id)
    try:
        with working(ALICE) as work:
            user_tasks.complete(work, task.id, {})
    except StepRefused as refused:
        assert name in ("NUL", "half a character", "a name with NUL", "6000 digits"), str(refused)
        with working(SYSTEM) as work:
            assert len(incidents.list_(work, process_instance_id=instance.id).items) == 1
        return
    assert "NUL" not in name
    with working(SYSTEM) as work:
        while deliveries.deliver_next(work):
            pass
    (task,) = open_tasks(instance.id)
    with working(SYSTEM) as work:
        assert "computed" in process_instances.variables(work, process_instances.get_with_state(work, instance.id))
        assert "computed" in user_tasks.variables(work, user_tasks.get(work, task.id))
        process_instances.changes(work, process_instances.get(work, instance.id), limit=100)
        assert replay.replay(work, instance.id).difference is None


SENT: Mapping[str, Any] = {
    "2^63": 2**63,
    "2^70": 2**70,
    "5000 digits": 10**5000,
    "not a number": float("nan"),
    "endless": float("inf"),
    "NUL": "a\0b",
    "NUL in a name": {"a\0b": 1},
    "half a character": "\ud800",
    "long": "x" * 200_000,
    "deep": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]],
    "backslash and digits": "\\u0000",
}
Way = Callable[[Working, Any], object]


def _start(working: Working, value: Any) -> object:
    with working(ALICE) as work:
        return process_instances.start(work, "computes", {"v": value})


def _set(working: Working, value: Any) -> object:
    with working(ALICE) as work:
        id = process_instances.start(work, "computes", {}).id
    with working(SYSTEM) as work:
        return process_instances.set_variables(work, id, {"v": value})


def _message(working: Working, value: Any) -> object:
    with working(SYSTEM) as work:
        return messages.correlate(work, "letter", variables={"v": value})


def _signal(working: Working, value: Any) -> object:
    with working(SYSTEM) as work:
        return signals.throw(work, "bell", {"v": value})


WAYS: Mapping[str, Way] = {"start": _start, "set variables": _set, "message": _message, "signal": _signal}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_sent_is_kept_or_refused(working: Working, way: str) -> None:
    deploy(working, COMPUTES.format(script="1"))
    for name, value in SENT.items():
        try:
            WAYS[way](working, value)
        except Refusal as refusal:
            assert isinstance(refusal, Invalid), name
            assert name not in ("backslash and digits", "long", "deep"), str(refusal)
        else:
            assert "NUL" not in name and "half" not in name, name


KEYS: Mapping[str, Callable[[Any, str], object]] = {
    "business key": lambda work, text: process_instances.start(work, "computes", {}, business_key=text),
    "business key of a message": lambda work, text: messages.correlate(work, "letter", business_key=text),
    "message": lambda work, text: messages.correlate(work, text),
    "correlation key": lambda work, text: messages.correlate(work, "letter", correlation_key=text),
    "event id": lambda work, text: messages.correlate(work, "letter", event_id=text),
    "signal": signals.throw,
    "event id of a signal": lambda work, text: signals.throw(work, "bell", event_id=text),
}


@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("text", ["", "a\0b", "\ud800", "x" * 2_000_000], ids=["empty", "NUL", "half", "long"])
def test_a_key_that_nothing_keeps_is_refused_by_name(working: Working, name: str, text: str) -> None:
    deploy(working, COMPUTES.format(script="1"))
    with pytest.raises(Invalid, match=f"the .*{name.split()[0]}"), working(SYSTEM) as work:
        KEYS[name](work, text)


def test_jobs_of_a_topic_of_the_greatest_length_are_found(working: Working, clock: Clock, open_tasks: OpenTasks) -> None:
    deploy(working, model(topic=LONG))
    run(working, clock, open_tasks)
    with working(SYSTEM) as work:
        assert [job.connector for job in jobs.list_(work, jobs.JobFilter()).items] == [LONG]
