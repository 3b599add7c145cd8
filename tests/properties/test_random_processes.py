"""Random models on random paths: saving and restoring changes nothing, nobody waits for ever, everything comes to an end."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.bpmn import Execution, Model, read, restore, start
from engine.facts.events import (
    ElementCancelled,
    ElementCompleted,
    ElementEntered,
    Event,
    JobCancelled,
    JobCompleted,
    JobCreated,
    SubscriptionClosed,
    SubscriptionOpened,
    TimerScheduled,
    UserTaskCancelled,
    UserTaskCompleted,
    UserTaskCreated,
)
from tests.bpmn.cases import NOON, Surroundings, model_of
from tests.properties.random_models import NAMES, models

INNER = model_of("start s\nuser u\nscript t script='{c: 1}'\nend e\ns -> u -> t -> e", id="inner")
#: More steps than any generated model needs on any path.
ENOUGH = 600


class Walker:
    """One instance on a path of choices; the same choices lead two instances the same way."""

    def __init__(self, model: Model, variables: dict[str, Any], *, is_restored: bool) -> None:
        self.host = Surroundings(main=model, called=INNER)
        self.is_restored = is_restored
        self.now = NOON
        self.execution: Execution = start(model, "p", "main", variables, now=NOON, host=self.host)
        self.events: list[Event] = list(self.execution.started)

    def step(self, choice: int, value: int) -> None:
        """Does one of the things that are open."""
        if self.is_restored:
            self.execution = restore(self.execution.save(), host=self.host)
        waiting = self.execution.waiting()
        assert waiting, f"nothing is open and the instance has not ended: {self.execution.tokens()}"
        self.events += self._do(waiting[choice % len(waiting)], {NAMES[value % 3]: value % 3})

    def _do(self, event: Event, variables: dict[str, Any]) -> list[Event]:
        match event:
            case UserTaskCreated(token=token):
                return self.execution.complete(token, variables, self.now)
            case JobCreated(token=token):
                return self.execution.finish_job(token, variables, self.now)
            case TimerScheduled(subscription=number, due_at=due_at):
                self.now = max(self.now, due_at)
                return self.execution.fire(number, self.now)
            case SubscriptionOpened(subscription=number):
                return self.execution.deliver(number, variables, self.now)
        raise AssertionError(event)


def read_model(xml: bytes) -> Model:
    reading = read(xml)
    assert reading.model is not None, reading.problems
    return reading.model


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(xml=models(), path=st.randoms(use_true_random=False), values=st.tuples(*[st.integers(0, 2)] * 3))
def test_a_random_process_on_a_random_path_ends_the_same_saved_after_every_step_or_never(
    xml: bytes, path: random.Random, values: tuple[int, int, int]
) -> None:
    model = read_model(xml)
    variables = dict(zip(NAMES, values, strict=True))
    kept, restored = Walker(model, dict(variables), is_restored=False), Walker(model, dict(variables), is_restored=True)
    for _ in range(ENOUGH):
        if kept.execution.is_ended:
            break
        choice, value = path.randrange(1000), path.randrange(9)
        kept.step(choice, value)
        restored.step(choice, value)
        assert kept.execution.save() == restored.execution.save()
    assert kept.execution.is_ended
    assert restored.execution.is_ended
    assert kept.events == restored.events
    assert kept.execution.variables == restored.execution.variables


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(xml=models(depth=2), path=st.randoms(use_true_random=False))
def test_the_events_tell_what_is_open_and_where_the_tokens_are(xml: bytes, path: random.Random) -> None:
    walker = Walker(read_model(xml), dict.fromkeys(NAMES, 0), is_restored=False)
    for _ in range(ENOUGH):
        assert still_open(walker.execution.waiting()) == still_open(walker.events)
        assert {each.token for each in walker.execution.tokens() if each.token} == entered_and_not_left(walker.events)
        if walker.execution.is_ended:
            return
        walker.step(path.randrange(1000), path.randrange(9))
    raise AssertionError("the instance does not end")


def still_open(events: list[Event]) -> set[tuple[str, int]]:
    """What the events opened and did not close: tasks and jobs by token, timers and subscriptions by number."""
    found: set[tuple[str, int]] = set()
    for event in events:
        match event:
            case UserTaskCreated(token=number) | JobCreated(token=number):
                found.add(("token", number))
            case (
                UserTaskCompleted(token=number)
                | UserTaskCancelled(token=number)
                | JobCompleted(token=number)
                | JobCancelled(token=number)
            ):
                found.remove(("token", number))
            case TimerScheduled(subscription=number) | SubscriptionOpened(subscription=number):
                found.add(("subscription", number))
            case SubscriptionClosed(subscription=number):
                found.remove(("subscription", number))
    return found


def entered_and_not_left(events: list[Event]) -> set[int]:
    """Tokens of elements that began and neither completed nor were cancelled."""
    found: set[int] = set()
    for event in events:
        match event:
            case ElementEntered(token=number):
                assert number not in found
                found.add(number)
            case ElementCompleted(token=number) | ElementCancelled(token=number):
                found.remove(number)
    return found
