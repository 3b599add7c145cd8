"""Random moves in random processes: what is not refused leaves a state that can be saved, restored and told from its events."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.bpmn import Model, MoveRefused, MoveTarget, StepFailed, restore
from engine.bpmn.contract import ProcessBody
from tests.properties.random_models import NAMES, models
from tests.properties.test_random_processes import Walker, entered_and_not_left, read_model, still_open


def ids_of(model: Model) -> tuple[list[str], list[str]]:
    """Of all flow nodes, and of all sequence flows."""
    elements, flows = [], []
    specs: list[ProcessBody] = [model.processes["p"].spec]
    for spec in specs:
        for element in spec.elements.values():
            elements.append(element.name)
            flows += [flow.id for flow in element.flows]
            if hasattr(element, "body"):
                specs.append(element.body)
    return elements, flows


def random_move(walker: Walker, ids: tuple[list[str], list[str]], path: Random) -> tuple[list[int | str], list[MoveTarget]]:
    here = [token.token or token.element for token in walker.execution.tokens()]
    cancel: list[Any] = path.sample(here, min(len(here), path.randrange(3)))
    places = [path.choice(("before", "after", "on")) for _ in range(path.randrange(3))]
    return cancel, [MoveTarget(path.choice(ids[1] if place == "on" else ids[0]), place) for place in places]  # type: ignore[arg-type]


def moved(walker: Walker, ids: tuple[list[str], list[str]], path: Random) -> bool:
    """Whether it was done; what was refused or failed leaves the state that was saved before."""
    before = walker.execution.save()
    try:
        walker.events += walker.execution.move(*random_move(walker, ids, path), walker.now)
    except (MoveRefused, StepFailed):
        walker.execution = restore(before, host=walker.host)
        return False
    return True


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(xml=models(depth=2), path=st.randoms(use_true_random=False))
def test_whatever_is_moved_where_the_state_can_be_saved_and_told_from_the_events(xml: bytes, path: Random) -> None:
    model = read_model(xml)
    walker = Walker(model, dict.fromkeys(NAMES, 0), is_restored=False)
    ids = ids_of(model)
    for _ in range(40):
        if walker.execution.is_ended:
            return
        if not moved(walker, ids, path):
            state = walker.execution.save()
            try:
                walker.step(path.randrange(1000), path.randrange(9))
            except StepFailed:  # a move has left a join that waits for ever, and the step that shows it is refused
                walker.execution = restore(state, host=walker.host)
        state = walker.execution.save()
        assert json.loads(restore(state, host=walker.host).save()) == json.loads(state)
        assert restore(state, host=walker.host).waiting() == walker.execution.waiting()
        assert still_open(walker.execution.waiting()) == still_open(walker.events)
        assert {each.token for each in walker.execution.tokens() if each.token} == entered_and_not_left(walker.events)
