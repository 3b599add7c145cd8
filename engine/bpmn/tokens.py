"""A token: one element instance, the element while it is being done. SpiffWorkflow's task, made to vanish when it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.bpmn.errors import LimitPassed
from engine.bpmn.limits import MAX_TOKENS
from engine.bpmn.substrate import FUTURE, SpiffToken
from engine.bpmn.variables import Layer, Variables

if TYPE_CHECKING:
    from engine.bpmn.elements.flow_node import FlowNode
    from engine.bpmn.scopes import Scope
    from engine.bpmn.subscriptions import Subscription


class Token(SpiffToken):
    """One element instance, numbered in its process instance.

    `via` is the id of the sequence flow it came by. `marks` is what its element remembers, as JSON. `submitted` holds values that
    came from outside and are not yet taken over; nothing is ever saved while there are any.
    """

    def __init__(self, scope: Scope, element: FlowNode, parent: Token | None = None, id: int = 0, state: int = FUTURE) -> None:
        instance = scope.instance
        if not id:
            id = instance.serial = instance.serial + 1
            if len(instance.live) >= MAX_TOKENS:
                raise LimitPassed(
                    "MAX_TOKENS", MAX_TOKENS, "Too many elements of the process instance are active at the same time"
                )
        super().__init__(scope, element, parent, id, state)
        self.scope = scope
        self.element = element
        #: Token, element and definition, as every event names them.
        self.origin: tuple[int, str, str] = (id, element.name, scope.definition)
        self.data: Variables = scope.variables
        self.via: str | None = None
        self.has_entered = False
        self.submitted: Mapping[str, Any] | None = None
        self.subscriptions: list[Subscription] = []
        instance.live[id] = self

    @property
    def variables(self) -> Variables:
        return self.data

    @property
    def collected(self) -> dict[str, list[int]]:
        """The events that parallel multiple events of this element have so far, by element id."""
        collected: dict[str, list[int]] = self.marks.setdefault("collected", {})
        return collected

    @property
    def is_live(self) -> bool:
        return self.id in self.scope.tasks

    def run(self) -> bool | None:
        """A step of the engine; for an element that waits, a host saying that it is done."""
        if self.has_entered:
            self.scope.instance.queue.append((Token.finish, self))
            return True
        self.has_entered = True
        done: bool | None = super().run()
        if done is None:
            self.wait_in_state(self.element.state_of_waiting(self))
        return done

    def finish(self) -> None:
        """A step: what the element waited for has happened."""
        self.element.finish(self)

    def take_submitted(self) -> Mapping[str, Any]:
        """What came from outside, once."""
        submitted, self.submitted = self.submitted or {}, None
        return submitted

    def add_layer(self, local: Mapping[str, Any]) -> None:
        """From now on these names are the element instance's own."""
        self.data = Layer(self.data, local)
