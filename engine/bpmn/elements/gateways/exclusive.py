"""The exclusive gateway: the first true sequence flow, in the order of the model (BPMN §13.4.2)."""

from __future__ import annotations

from collections.abc import Sequence

from engine.bpmn.contract import SequenceFlow, Token
from engine.bpmn.elements.executable_node import ExecutableNode
from engine.bpmn.errors import ElementFailed
from engine.facts.sentences import Sentence


class ExclusiveGateway(ExecutableNode):
    kind = "exclusiveGateway"

    def prepare(self) -> None:
        super().prepare()
        self.takes_all_flows = not self.flows or (len(self.flows) == 1 and self.flows[0].condition is None)

    def choose_flows(self, token: Token) -> Sequence[SequenceFlow]:
        for flow in self.flows:
            if flow is not self.default and self.holds(token, flow):
                return [flow]
        if self.default is not None:
            return [self.default]
        raise ElementFailed(
            Sentence(
                "no condition of the sequence flows leaving {name} is true and none is the default; make one of them "
                "the default flow",
                name=self.name,
            )
        )
