"""The standard loop: again while its condition is true, at most so many times (BPMN §10.3.8)."""

from __future__ import annotations

from dataclasses import dataclass

from engine.bpmn.contract import Token
from engine.bpmn.elements.tasks.activity import Activity
from engine.bpmn.errors import LimitPassed
from engine.bpmn.expressions import Expression
from engine.bpmn.limits import MAX_LOOP_ROUNDS
from engine.facts.sentences import Sentence


@dataclass(frozen=True, slots=True)
class StandardLoop:
    """`loopCounter` counts the rounds from 0 and is a local variable of each."""

    condition: Expression | None
    maximum: int | None
    tests_before: bool
    kind: str = "standardLoopCharacteristics"

    def begin(self, activity: Activity, holder: Token) -> bool | None:
        if self.tests_before and not self._goes_on(holder, 0):
            return True
        holder.marks["rounds"] = 0
        activity.make_instance(holder, 0, {"loopCounter": 0})
        return None

    def on_instance_done(self, activity: Activity, holder: Token, instance: Token) -> None:
        rounds = holder.marks["rounds"] = holder.marks["rounds"] + 1
        if self._goes_on(holder, rounds):
            activity.make_instance(holder, rounds, {"loopCounter": rounds})
        else:
            holder.complete()

    def _goes_on(self, holder: Token, rounds: int) -> bool:
        if self.maximum is not None and rounds >= self.maximum:
            return False
        count = {"loopCounter": rounds}
        if self.condition is not None and not self.condition.holds(holder.variables, holder.environment, count):
            return False
        if rounds >= MAX_LOOP_ROUNDS:
            raise LimitPassed("MAX_LOOP_ROUNDS", MAX_LOOP_ROUNDS, Sentence("The loop goes round too often"))
        return True
