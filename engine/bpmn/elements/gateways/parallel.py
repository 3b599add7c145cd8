"""The parallel gateway: waits for a token by each incoming sequence flow, takes every outgoing one (BPMN §13.4.1)."""

from __future__ import annotations

from engine.bpmn.contract import Token
from engine.bpmn.elements.executable_node import ExecutableNode


class ParallelGateway(ExecutableNode):
    kind = "parallelGateway"

    def prepare(self) -> None:
        super().prepare()
        self.takes_all_flows = True

    def arrive(self, token: Token) -> bool:
        if len(self.incoming) < 2:
            return True
        scope = token.scope
        counts = scope.joins.get(self.name, {})
        if len(counts) == len(self.incoming) - 1 and token.via not in counts:
            self.let_go(scope, counts)
            return True
        self.keep_back(token)
        return False
