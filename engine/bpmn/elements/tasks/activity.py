"""What all activities do: data in and out, boundary events, loops, quantities, compensation (BPMN §10.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from engine.bpmn.compensation import remember
from engine.bpmn.contract import FlowNode, Scope, Token
from engine.bpmn.elements.executable_node import ExecutableNode
from engine.bpmn.scope_kinds import CompensationRecord
from engine.bpmn.substrate import STARTED
from engine.bpmn.variables import Layer, Variables, assign, read, with_layers
from engine.facts.events import ElementEntered


class LoopCharacteristics(Protocol):
    """A standard loop or a multi-instance; its token is the holder of the instances it makes."""

    @property
    def kind(self) -> str:
        """The tag in BPMN's schema."""

    def begin(self, activity: Activity, holder: Token) -> bool | None:
        """True: there is nothing to do; None: instances were made."""

    def on_instance_done(self, activity: Activity, holder: Token, instance: Token) -> None:
        """One of them has completed: others are made, or the holder completes."""


@dataclass(frozen=True, slots=True)
class DataAssociation:
    """Copies a data object or property into another."""

    source: str
    target: str

    def copy(self, token: Token) -> None:
        assign(token.variables, self.target, read(token.variables, self.source))


class Activity(ExecutableNode):
    loop: LoopCharacteristics | None = None
    start_quantity = 1
    completion_quantity = 1
    is_for_compensation = False
    compensation_handler: FlowNode | None = None
    #: Whether inputs become local variables; elsewhere they are what is handed to a job, a message, a called process.
    has_local_inputs = True

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.data_inputs: Sequence[DataAssociation] = ()
        self.data_outputs: Sequence[DataAssociation] = ()

    # ------------------------------------------------------------------ arriving and entering
    def arrive(self, token: Token) -> bool:
        """A start quantity above one collects that many tokens, whatever way they come."""
        if self.start_quantity == 1 or token.marks:
            return True
        scope = token.scope
        counts = self.keep_back(token)
        if sum(counts.values()) < self.start_quantity:
            return False
        missing = self.start_quantity
        for via in list(counts):
            used = min(missing, counts[via])
            missing -= used
            counts[via] -= used
            if not counts[via]:
                del counts[via]
        if not counts:
            del scope.joins[self.name]
        scope.put_back(token)
        return True

    def enter(self, token: Token) -> bool | None:
        loop = self.loop_of(token)
        if loop is not None:
            token.announce(ElementEntered(*token.origin, loop.kind))
            is_done = loop.begin(self, token)
        else:
            token.announce(ElementEntered(*token.origin, self.kind))
            if "record" not in token.marks:
                self._take_inputs(token)
            is_done = self.execute(token)
        if is_done is None and token.is_live:
            self._listen_at_boundaries(token)
        return is_done

    def _take_inputs(self, token: Token) -> None:
        for association in self.data_inputs:
            association.copy(token)
        if self.input_mappings and self.has_local_inputs:
            token.add_layer(self.evaluate_inputs(token))

    def _listen_at_boundaries(self, token: Token) -> None:
        if "holder" in token.marks or "compensating" in token.marks:
            return
        for boundary in self.boundaries:
            for definition in boundary.definitions:
                token.wait_for(definition, boundary, "boundary")

    # ------------------------------------------------------------------ leaving
    def leave(self, token: Token) -> None:
        if "record" not in token.marks:
            for association in self.data_outputs:
                association.copy(token)
        if self.loop is not None and "holder" in token.marks:
            if self.compensation_handler is not None:
                remember(token, token.variables, [])
            token.announce_completed(self.kind, ())
            self.loop.on_instance_done(self, self.holder_of(token), token)
            return
        token.stop_waiting()
        if "compensating" in token.marks:
            token.announce_completed(self.kind, ())
            return
        if self.loop is not None:
            token.scope.compensations.extend(token.marks.get("records", ()))
        elif self.compensation_handler is not None:
            remember(token, token.variables, [])
        super().leave(token)
        for _ in range(self.completion_quantity - 1):
            self._leave_once_more(token)

    def _leave_once_more(self, token: Token) -> None:
        for flow in self.flows if self.takes_all_flows else self.choose_flows(token):
            token.follow(flow)

    def results_of(self, token: Token) -> Variables:
        """Results go around the local variables that are this activity's inputs."""
        if self.input_mappings and self.has_local_inputs and isinstance(token.variables, Layer):
            return token.variables.outer
        return token.variables

    # ------------------------------------------------------------------ loops
    def loop_of(self, token: Token) -> LoopCharacteristics | None:
        """The loop that the token holds together; None for its instances, and without a loop."""
        return None if "holder" in token.marks or "compensating" in token.marks else self.loop

    def is_loop(self, token: Token) -> bool:
        return self.loop is not None and self.loop_of(token) is not None

    def make_instance(self, holder: Token, index: int, local: dict[str, Any]) -> None:
        """One instance of the loop, with local variables over those of the loop."""
        holder.scope.spawn(self, {"holder": holder.id, "index": index}, variables=Layer(holder.variables, local))

    def kind_of(self, token: Token) -> str:
        loop = self.loop_of(token)
        return self.kind if loop is None else loop.kind

    def waiting_state_of(self, token: Token) -> int:
        return STARTED if self.is_loop(token) else self.waiting_state

    def holder_of(self, token: Token) -> Token:
        holder = token.marks.get("holder")
        return token if holder is None else token.scope.tokens[holder]

    def instances_of(self, token: Token) -> Sequence[Token]:
        if not self.is_loop(token):
            return ()
        return [each for each in token.scope.tokens.values() if each.marks.get("holder") == token.id]

    # ------------------------------------------------------------------ compensation
    def compensate(self, scope: Scope, record: CompensationRecord) -> None:
        if self.compensation_handler is not None:
            variables = with_layers(scope.variables, record.get("kept", ()))
            scope.spawn(self.compensation_handler, {"compensating": True}, variables=variables)
