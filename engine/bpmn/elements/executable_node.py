"""What every flow node does: it is entered, it is left by sequence flows, it can hold tokens back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from engine.bpmn.contract import FlowNode, ProcessBody, Scope, SequenceFlow, Token
from engine.bpmn.errors import ElementFailed
from engine.bpmn.expressions import Template, evaluate_all
from engine.bpmn.kinds import kind_said
from engine.bpmn.substrate import STARTED, SpiffElement
from engine.bpmn.variables import Variables, flatten, merge
from engine.facts.events import ElementEntered
from engine.facts.sentences import Sentence


class ExecutableNode(SpiffElement, FlowNode):
    """An element of a process. The reader fills in what the model says and then calls `prepare`."""

    waiting_state: ClassVar[int] = STARTED
    process_spec: ProcessBody

    def __init__(self, process_spec: ProcessBody, id: str, **facts: Any) -> None:
        super().__init__(process_spec, id, **facts)
        self.flows = []
        self.incoming = []
        self.boundaries = []
        self.definitions = []
        self.default = None
        self.input_mappings: Mapping[str, Template] = {}
        self.output_mappings: Mapping[str, Template] = {}
        self._all_flow_ids: tuple[str, ...] = ()

    def prepare(self) -> None:
        self.takes_all_flows = all(flow.condition is None and flow is not self.default for flow in self.flows)
        self._all_flow_ids = tuple(flow.id for flow in self.flows if flow.is_drawn)

    def waiting_state_of(self, token: Token) -> int:
        return self.waiting_state

    # ------------------------------------------------------------------ the life of a token here
    def schedule(self, token: Token) -> None:
        token.run_soon()

    def enter(self, token: Token) -> bool | None:
        token.announce(ElementEntered(*token.origin, self.kind))
        return self.execute(token)

    def execute(self, token: Token) -> bool | None:
        """What the element does; True: done, None: it waits or goes on elsewhere."""
        return True

    def finish(self, token: Token) -> None:
        self.take_over(token)
        token.complete()

    def leave(self, token: Token) -> None:
        if self.takes_all_flows:
            self.leave_by(token, self.flows, self._all_flow_ids)
        else:
            flows = self.choose_flows(token)
            self.leave_by(token, flows, tuple(flow.id for flow in flows if flow.is_drawn))

    def leave_by(self, token: Token, flows: Iterable[SequenceFlow], ids: tuple[str, ...]) -> None:
        """The element is done and goes on by these sequence flows."""
        token.announce_completed(self.kind_of(token), ids)
        for flow in flows:
            token.follow(flow)

    def choose_flows(self, token: Token) -> Sequence[SequenceFlow]:
        """An implicit split: plain flows always, conditional ones when true, the default when none of these is (BPMN §13.2.1)."""
        plain = [flow for flow in self.flows if flow.condition is None and flow is not self.default]
        true = [
            flow for flow in self.flows if flow is not self.default and flow.condition is not None and self.holds(token, flow)
        ]
        if not true and self.default is not None:
            true = [self.default]
        return plain + true

    def holds(self, token: Token, flow: SequenceFlow) -> bool:
        """Whether the sequence flow may be taken; one without a condition always."""
        if flow.condition is None:
            return True
        try:
            return flow.condition.holds(token.variables, token.environment)
        except ElementFailed as failed:
            raise ElementFailed(
                Sentence("the condition of sequence flow {flow} cannot be decided: {why}", flow=flow.id, why=failed.sentence)
            ) from failed

    # ------------------------------------------------------------------ values
    def take_over(self, token: Token) -> None:
        """Values from outside become variables: all of them, or the element's outputs, which see all of them."""
        submitted = token.take_submitted()
        if not self.output_mappings:
            merge(self.results_of(token), submitted)
            return
        seen = {**flatten(token.variables), **submitted}
        merge(self.results_of(token), evaluate_all(self.output_mappings, seen, token.environment))

    def results_of(self, token: Token) -> Variables:
        """The variables that results are written to."""
        return token.variables

    def evaluate_inputs(self, token: Token) -> dict[str, Any]:
        return evaluate_all(self.input_mappings, token.variables, token.environment)

    # ------------------------------------------------------------------ joins
    def keep_back(self, token: Token) -> dict[str, int]:
        """The token stops here and is only counted; the counts by sequence flow."""
        counts = token.scope.joins.setdefault(self.name, {})
        via = token.via or ""
        counts[via] = counts.get(via, 0) + 1
        token.scope.take_out(token)
        return counts

    def let_go(self, scope: Scope, counts: dict[str, int]) -> None:
        """One token of each sequence flow that has any is used up."""
        for via in list(counts):
            counts[via] -= 1
            if not counts[via]:
                del counts[via]
        if not counts:
            scope.joins.pop(self.name, None)

    def deadlock_sentence(self, counts: Mapping[str, int]) -> Sentence:
        missing = [flow.id for flow in self.incoming if flow.id not in counts]
        came, lacking = ", ".join(counts) or Sentence("none"), ", ".join(missing) or Sentence("none")
        return Sentence(
            "{kind} {name} waits for ever: a token came by {came}, but none can come any more by {lacking}. Join "
            "with an exclusive or inclusive gateway, or take every path that leads here.",
            kind=kind_said(self.kind),
            name=self.name,
            came=came,
            lacking=lacking,
        )
