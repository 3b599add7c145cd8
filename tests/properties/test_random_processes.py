"""Random models on random paths: saving and restoring changes nothing, nobody waits for ever, everything comes to an end."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.bpmn import Execution, Model, read, restore, start
from engine.events import Event, JobCreated, SubscriptionOpened, TimerScheduled, UserTaskCreated
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
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(xml=models(), path=st.randoms(use_true_random=False), values=st.tuples(*[st.integers(0, 2)] * 3))
def test_a_random_process_on_a_random_path_ends_the_same_saved_after_every_step_or_never(xml, path, values):
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


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(xml=models(depth=2), path=st.randoms(use_true_random=False))
def test_what_was_opened_and_not_closed_is_what_is_waiting(xml, path):
    walker = Walker(read_model(xml), dict.fromkeys(NAMES, 0), is_restored=False)
    for _ in range(ENOUGH):
        opened, closed = numbers(walker.events)
        open_now = {
            each.subscription for each in walker.execution.waiting() if isinstance(each, TimerScheduled | SubscriptionOpened)
        }
        assert open_now == opened - closed
        if walker.execution.is_ended:
            return
        walker.step(path.randrange(1000), path.randrange(9))
    raise AssertionError("the instance does not end")


def numbers(events: list[Event]) -> tuple[set[int], set[int]]:
    """Subscriptions that were opened, and those that were closed."""
    opened = {each.subscription for each in events if isinstance(each, TimerScheduled | SubscriptionOpened)}
    return opened, {each.subscription for each in events if type(each).__name__ == "SubscriptionClosed"}
