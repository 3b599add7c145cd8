"""Multi-instance: one instance of the activity for each item, one after the other or all at once (BPMN §10.3.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.bpmn.contract import Token
from engine.bpmn.elements.tasks.activity import Activity
from engine.bpmn.errors import ElementFailed, LimitPassed
from engine.bpmn.event_definitions import EventDefinition
from engine.bpmn.expressions import Expression
from engine.bpmn.limits import MAX_INSTANCES
from engine.bpmn.variables import assign, read
from engine.facts.sentences import Sentence


@dataclass(slots=True)
class MultiInstance:
    """Items come from `collection`, from the variable `collection_variable`, or are the numbers below `cardinality`.

    Each instance has its item in the local variable `element` and its number, from 0, in `loopCounter`. What it leaves, the value
    of `output_element` or of its local variable `output_item`, is kept in the list `output_collection` at the item's place.
    """

    is_sequential: bool = False
    cardinality: Expression | None = None
    collection: Expression | None = None
    collection_variable: str = ""
    element: str = ""
    output_collection: str = ""
    output_element: Expression | None = None
    output_item: str = ""
    completion: Expression | None = None
    #: Which completed instances throw `behavior_event` to the boundary of the activity.
    behavior: Literal["None", "One", "All", "Complex"] = "All"
    behavior_event: EventDefinition | None = None
    complex_behavior: Sequence[tuple[Expression, EventDefinition]] = field(default=())
    kind: str = "multiInstanceLoopCharacteristics"

    def begin(self, activity: Activity, holder: Token) -> bool | None:
        items = self._evaluate_items(holder)
        if self.output_collection:
            assign(holder.variables, self.output_collection, [None] * len(items))
        if not items:
            return True
        holder.marks.update(total=len(items), completed=0)
        if self.is_sequential:
            holder.marks["items"] = items[1:]
            items = items[:1]
        for index, item in enumerate(items):
            self._make_instance(activity, holder, index, item)
        return None

    def _evaluate_items(self, holder: Token) -> list[Any]:
        if self.cardinality is not None and self.collection is None and not self.collection_variable:
            return list(range(_count_instances(self.cardinality, holder)))
        items = self._evaluate_collection(holder)
        if not isinstance(items, list):
            raise ElementFailed(Sentence("the collection of the multi-instance is {value}, not a list", value=repr(items)))
        _check_limit(len(items))
        return items

    def _evaluate_collection(self, holder: Token) -> Any:
        if self.collection is None:
            return read(holder.variables, self.collection_variable)
        return self.collection.evaluate(holder.variables, holder.environment)

    def _make_instance(self, activity: Activity, holder: Token, index: int, item: Any) -> None:
        local: dict[str, Any] = {"loopCounter": index}
        if self.element:
            local[self.element] = item
        if self.output_item:
            local[self.output_item] = None
        activity.make_instance(holder, index, local)

    def on_instance_done(self, activity: Activity, holder: Token, instance: Token) -> None:
        marks = holder.marks
        completed = marks["completed"] = marks["completed"] + 1
        self._keep_output(holder, instance)
        is_over = self._is_over(activity, holder, instance)
        if is_over:
            for other in activity.instances_of(holder):
                if other is not instance:
                    other.drop("cancelled")
        if is_over or completed == marks["total"]:
            holder.complete()
        elif self.is_sequential:
            self._make_instance(activity, holder, completed, marks["items"].pop(0))

    def _keep_output(self, holder: Token, instance: Token) -> None:
        if not self.output_collection:
            return
        if self.output_element is not None:
            value = self.output_element.evaluate(instance.variables, instance.environment)
        else:
            value = read(instance.variables, self.output_item) if self.output_item else None
        collected = read(holder.variables, self.output_collection)
        if not isinstance(collected, list) or len(collected) <= instance.marks["index"]:
            raise ElementFailed(
                Sentence("variable {name} was overwritten; it collects what the instances leave", name=self.output_collection)
            )
        # A new list: the old one may have been handed to a called process, which keeps what it was given.
        index = instance.marks["index"]
        assign(holder.variables, self.output_collection, [*collected[:index], value, *collected[index + 1 :]])

    def _is_over(self, activity: Activity, holder: Token, instance: Token) -> bool:
        """Whether the others are not needed any more. Events of the behavior reach the activity's boundary and end nothing."""
        marks, seen, environment = holder.marks, instance.variables, instance.environment
        total, completed = marks["total"], marks["completed"]
        active = (1 if completed < total else 0) if self.is_sequential else total - completed
        counts = {
            "numberOfInstances": total,
            "numberOfActiveInstances": active,
            "numberOfCompletedInstances": completed,
            "numberOfTerminatedInstances": 0,
        }
        counts.update({f"nrOf{name.removeprefix('numberOf')}": count for name, count in counts.items()})
        if self.behavior == "None" or (self.behavior == "One" and completed == 1):
            _throw(activity, holder, self.behavior_event)
        is_over = False
        for condition, event in self.complex_behavior:
            if condition.holds(seen, environment, counts):
                _throw(activity, holder, event)
                is_over = True
        return is_over or (self.completion is not None and self.completion.holds(seen, environment, counts))


def _count_instances(cardinality: Expression, holder: Token) -> int:
    value = cardinality.evaluate(holder.variables, holder.environment)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value) or value < 0:
        raise ElementFailed(
            Sentence(
                "the number of instances “{text}” is {value}, not a whole number from 0 up",
                text=cardinality.text,
                value=repr(value),
            )
        )
    _check_limit(int(value))
    return int(value)


def _check_limit(count: int) -> None:
    if count > MAX_INSTANCES:
        raise LimitPassed(
            "MAX_INSTANCES", MAX_INSTANCES, Sentence("The multi-instance would have {count:,} instances", count=count)
        )


def _throw(activity: Activity, holder: Token, event: EventDefinition | None) -> None:
    for boundary in activity.boundaries:
        if event is not None and any(event.is_same(definition) for definition in boundary.definitions):
            holder.scope.spawn(boundary)
