"""Throwing events: messages, signals, escalations, errors, compensation, cancel, terminate (BPMN §10.5.4, §10.5.5)."""

from __future__ import annotations

from engine.bpmn.compensation import cancel_transaction, throw_compensation
from engine.bpmn.contract import Token
from engine.bpmn.elements.executable_node import ExecutableNode
from engine.bpmn.event_definitions import CompensationDefinition, EventDefinition, NamedDefinition
from engine.bpmn.propagation import escalate, raise_error
from engine.facts.events import MessageThrown, SignalThrown


class ThrowingElement(ExecutableNode):
    """Whatever throws: intermediate throw events, end events, send tasks. Its inputs are the variables that go along."""

    def throw_all(self, token: Token) -> bool | None:
        """True: the element is done; None: it was ended by what it threw, or goes on when compensation is over."""
        is_done: bool | None = True
        for definition in self.definitions:
            if not token.is_live:  # what was thrown before has ended this path
                return None
            if self._throw(token, definition) is None:
                is_done = None
        if is_done and token.is_live and self.output_mappings:
            self.take_over(token)
        return is_done

    def _throw(self, token: Token, definition: EventDefinition) -> bool | None:
        match definition:
            case NamedDefinition():
                self._publish(token, definition)
            case CompensationDefinition():
                return None if throw_compensation(token, definition.activity) else True
        match definition.kind:
            case "escalation":
                escalate(token, definition.code, self.evaluate_inputs(token))
            case "error":
                raise_error(token, definition.code, variables=self.evaluate_inputs(token))
                return None
            case "cancel":
                cancel_transaction(token)
                return None
            case "terminate":
                token.scope.interrupt("terminated", keep=token)
        return True

    def _publish(self, token: Token, definition: NamedDefinition) -> None:
        name, key = definition.resolve(token.variables, token.environment)
        values = self.evaluate_inputs(token)
        was_caught = token.services.publish(definition.kind, name, key, values)
        if definition.kind == "signal":
            token.announce(SignalThrown(*token.origin, name, values))
        elif not was_caught:
            token.announce(MessageThrown(*token.origin, name, key, values))


class ThrowEvent(ThrowingElement):
    kind = "intermediateThrowEvent"

    def execute(self, token: Token) -> bool | None:
        return self.throw_all(token)
