"""Throwing events: messages, signals, escalations, errors, compensation, cancel, terminate (BPMN §10.5.4, §10.5.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn import compensation, propagation
from engine.bpmn.elements.events.definitions import CompensationDefinition, EventDefinition, NamedDefinition
from engine.bpmn.elements.flow_node import FlowNode
from engine.bpmn.firing import publish
from engine.bpmn.interruption import drop_all
from engine.bpmn.tokens import Token
from engine.facts.events import MessageThrown, SignalThrown


class ThrowingElement(FlowNode):
    """Whatever throws: intermediate throw events, end events, send tasks. Its inputs are the variables that go along."""

    def throw_all(self, token: Token) -> bool | None:
        """True: the element is done; None: it was ended by what it threw, or goes on when compensation is over."""
        is_done: bool | None = True
        for definition in self.definitions:
            if not token.is_live:  # what was thrown before has ended this path
                return None
            if self._throw(token, definition) is None:
                is_done = None
        return is_done

    def _throw(self, token: Token, definition: EventDefinition) -> bool | None:
        match definition:
            case NamedDefinition():
                self._publish(token, definition)
            case CompensationDefinition():
                return None if compensation.throw(token, definition.activity) else True
        match definition.kind:
            case "escalation":
                propagation.escalate(token, definition.code, self._values(token))
            case "error":
                propagation.raise_error(token, definition.code, variables=self._values(token))
                return None
            case "cancel":
                compensation.cancel_transaction(token)
                return None
            case "terminate":
                terminate(token)
        return True

    def _publish(self, token: Token, definition: NamedDefinition) -> None:
        instance = token.scope.instance
        name, key = definition.resolve(token.variables, instance)
        values = self._values(token)
        was_caught = publish(instance, definition.kind, name, key, values)
        if definition.kind == "signal":
            instance.events.append(SignalThrown(*token.origin, name, values))
        elif not was_caught:
            instance.events.append(MessageThrown(*token.origin, name, key, values))

    def _values(self, token: Token) -> Mapping[str, Any]:
        """Only what the model names leaves the scope."""
        environment = token.scope.instance.environment
        return {name: value.evaluate(token.variables, environment) for name, value in self.input_mappings.items()}


def terminate(token: Token) -> None:
    """Everything else in the scope ends; in the outermost one the process instance."""
    scope = token.scope
    scope.instance.all_subscriptions.close_all(scope)
    scope.is_deaf = True
    scope.agenda = []
    drop_all(scope, "terminated", keep=token)
    if scope.owner is None:
        scope.instance.was_terminated = True


class ThrowEvent(ThrowingElement):
    kind = "intermediateThrowEvent"

    def execute(self, token: Token) -> bool | None:
        return self.throw_all(token)
