import json
from typing import Any

import pytest

from engine.bpmn import StateRefused, restore, start
from engine.facts.events import TimerScheduled
from tests.bpmn.cases import NOON, Case, Surroundings, model_of

LINES = "start s\nuser u\nuser v\nend e\ns -> u -> v -> e"


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def test_a_state_of_another_format_is_refused() -> None:
    case = Case(LINES)
    state = json.loads(case.execution.save())
    state["format"] = 99
    with pytest.raises(StateRefused, match="has format 99; this release reads format 1"):
        restore(json.dumps(state).encode(), host=case.host)


@pytest.mark.parametrize("state", [b"", b"nonsense", b"[]", b"null", b"{}"])
def test_what_is_no_state_is_refused(state: bytes) -> None:
    with pytest.raises(StateRefused):
        restore(state, host=Surroundings())


def test_a_state_whose_model_lacks_an_element_is_refused() -> None:
    case = Case(LINES)
    host = Surroundings(main=model_of("start s\nuser other\nend e\ns -> other -> e"))
    with pytest.raises(StateRefused, match="no element 'u'"):
        restore(case.execution.save(), host=host)


@pytest.mark.parametrize(
    "variables",
    [
        {"typename": "int", "nested": {"typename": {"typename": None}}},
        {"format": 99, "t": [], "v": {}, "m": 1, "l": [1], "__class__": "x", "": 0},
        {"emoji": "😀", "中文": "值", "list": [1, [2, {"a": None}]], "float": 0.1, "negative": -5, "true": True},
        {"big": 2**70, "small": -(2**70)},
        {"deep": nested(300), "lone surrogate": "\ud800"},
    ],
)
def test_no_name_or_value_of_a_variable_means_anything_to_the_state(variables: dict[str, Any]) -> None:
    case = Case(LINES, variables)
    assert case.variables == variables
    case.complete("u", variables)
    assert case.variables == variables


def test_an_ended_instance_stays_ended() -> None:
    case = Case("start s\nend e\ns -> e", {"x": 1})
    assert case.execution.is_ended
    assert case.execution.variables == {"x": 1}
    assert case.execution.waiting() == []


def test_the_size_of_the_state_does_not_grow_with_history() -> None:
    case = Case(
        """
        start s
        xor m
        user u
        xor g default=g_default
        end e
        s -> m -> u -> g
        g -> e : done
        g -> m : default
        """,
        {"done": False},
    )
    case.complete("u")
    early = len(case.execution.save())
    for _ in range(300):
        case.complete("u")
    assert len(case.execution.save()) <= early + 8


def test_saving_in_the_middle_of_a_run_is_refused() -> None:
    model = model_of(LINES)
    execution = start(model, "p", "main", {}, now=NOON, host=Surroundings(main=model))
    execution.workflow.get_next_task(manual=True).run()
    with pytest.raises(RuntimeError, match="steps to do"):
        execution.save()


def test_numbers_of_subscriptions_are_never_used_again() -> None:
    case = Case("start s\nxor m\nuser u\nboundary b on=u timer=PT1H\nend e\ns -> m -> u -> m\nb -> e")
    seen = []
    for _ in range(3):
        seen += [each.subscription for each in case.execution.waiting() if isinstance(each, TimerScheduled)]
        case.complete("u")
    assert seen == [1, 2, 3]
