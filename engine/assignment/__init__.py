"""Who gets a user task. An extension point: one file per strategy, which declares its name, its parameters and `choose`.

A user task lists its assignments in order; the first one that finds somebody decides. Every step is kept as a trace,
so that the page can answer "why is it with me?".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.assignment import (
    department_head,
    initiator,
    lane,
    person,
    role,
    role_in_department,
    same_as,
    superior,
)
from engine.assignment.choice import Assigned, Choice, Situation, Strategy
from engine.facts.sentences import Sentence

_BUILT_IN = (
    role.STRATEGY,
    role_in_department.STRATEGY,
    department_head.STRATEGY,
    superior.STRATEGY,
    initiator.STRATEGY,
    person.STRATEGY,
    same_as.STRATEGY,
    lane.STRATEGY,
)

#: By the name a model writes in `<liuzhuan:assignment strategy="…">`.
STRATEGIES: Mapping[str, Strategy] = {strategy.name: strategy for strategy in _BUILT_IN}

#: Where a task goes when no assignment finds anybody: a task nobody can see would be lost.
LAST_RESORT = "role:process-administrator"


def assign(assignments: Sequence[Mapping[str, Any]], situation: Situation) -> Assigned:
    """The assignee or the candidates of a new user task, with the reasons in the order they were tried.

    Without any assignment the lane decides, when there is one. Nobody found: the process administrators.
    """
    tried = list(assignments) or ([{"strategy": "lane"}] if situation.lane else [])
    trace: list[Sentence] = []
    for assignment in tried:
        strategy = STRATEGIES.get(str(assignment.get("strategy")))
        if strategy is None:
            trace.append(Sentence("There is no assignment strategy {strategy}.", strategy=assignment.get("strategy")))
            continue
        choice = strategy.choose(assignment, situation)
        trace.extend(choice.reasons)
        if choice.people or choice.groups:
            return _decided(choice, trace)
    trace.append(Sentence("Nobody was found, so the process administrators received it."))
    return Assigned(None, (LAST_RESORT,), tuple(trace))


def _decided(choice: Choice, trace: list[Sentence]) -> Assigned:
    if len(choice.people) == 1 and not choice.groups:
        return Assigned(choice.people[0], (), tuple(trace))
    people = [f"person:{id}" for id in choice.people]
    candidates = tuple(dict.fromkeys([*people, *choice.groups]))
    return Assigned(None, candidates, tuple(trace))


__all__ = ["LAST_RESORT", "STRATEGIES", "Assigned", "Choice", "Situation", "Strategy", "assign"]
