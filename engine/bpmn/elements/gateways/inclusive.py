"""The inclusive gateway: takes every true sequence flow; waits for the tokens that can still come (BPMN §13.4.3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from engine.bpmn.contract import FlowNode, Scope, SequenceFlow, Token
from engine.bpmn.elements.executable_node import ExecutableNode
from engine.bpmn.errors import ElementFailed
from engine.facts.sentences import Sentence


class InclusiveGateway(ExecutableNode):
    kind = "inclusiveGateway"

    def prepare(self) -> None:
        super().prepare()
        self.takes_all_flows = not self.flows or (len(self.flows) == 1 and self.flows[0].condition is None)
        self._upstream: dict[str, frozenset[FlowNode]] = {}

    def choose_flows(self, token: Token) -> Sequence[SequenceFlow]:
        flows = [flow for flow in self.flows if flow is not self.default and self.holds(token, flow)]
        if not flows and self.default is not None:
            flows = [self.default]
        if not flows:
            raise ElementFailed(
                Sentence(
                    "no condition of the sequence flows leaving {name} is true and none is the default; make one of them "
                    "the default flow",
                    name=self.name,
                )
            )
        return flows

    def arrive(self, token: Token) -> bool:
        if len(self.incoming) < 2:
            return True
        self.keep_back(token)
        token.scope.settle_later(self)
        return False

    def settle(self, scope: Scope) -> bool:
        counts = scope.joins.get(self.name)
        if not counts:
            return True
        if self.can_more_come(scope, counts):
            return False
        self.release(scope, counts)
        return not counts

    def release(self, scope: Scope, counts: dict[str, int]) -> Token:
        """The kept tokens become one that goes on."""
        self.let_go(scope, counts)
        return scope.spawn_joined(self)

    def can_more_come(self, scope: Scope, have: Collection[str]) -> bool:
        """Is there a token with a path to an empty incoming flow, and none to a flow that has a token already?"""
        upstream = self._find_upstream()
        empty = [upstream[flow.id] for flow in self.incoming if flow.id not in have]
        full = [upstream[flow.id] for flow in self.incoming if flow.id in have]
        elements = scope.spec.elements
        occupied = {token.element for token in scope.tokens.values()}
        occupied.update(elements[name] for name in scope.joins if name != self.name)
        return any(
            any(element in sources for sources in empty) and not any(element in sources for sources in full)
            for element in occupied
        )

    def _find_upstream(self) -> Mapping[str, frozenset[FlowNode]]:
        """For each incoming flow the elements from which a token can reach it without passing this gateway."""
        if not self._upstream:
            predecessors = self.process_spec.predecessors()
            self._upstream = {flow.id: self._find_sources(flow.source, predecessors) for flow in self.incoming}
        return self._upstream

    def _find_sources(self, start: FlowNode, predecessors: Mapping[FlowNode, Sequence[FlowNode]]) -> frozenset[FlowNode]:
        seen: set[FlowNode] = set()
        to_visit = [start]
        while to_visit:
            element = to_visit.pop()
            if element is not self and element not in seen:
                seen.add(element)
                to_visit.extend(predecessors.get(element, ()))
        return frozenset(seen)
