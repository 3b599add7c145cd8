"""What every flow node does: it is entered, it is left by sequence flows, it can hold tokens back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from engine.bpmn.errors import ElementFailed
from engine.bpmn.substrate import STARTED, SpiffElement
from engine.bpmn.tokens import Token
from engine.bpmn.variables import flat, merge
from engine.facts.events import ElementCompleted, ElementEntered, Event, Reason

if TYPE_CHECKING:
    from engine.bpmn.compensation import Record
    from engine.bpmn.elements.events.boundary import BoundaryEvent
    from engine.bpmn.elements.events.definitions import EventDefinition
    from engine.bpmn.expressions import Expression, Template
    from engine.bpmn.process_spec import ProcessSpec
    from engine.bpmn.scopes import Scope
    from engine.bpmn.subscriptions import Subscription


@dataclass(slots=True, eq=False)
class SequenceFlow:
    """From one element to the next; `condition` None: always. A pair of link events is a flow that is not drawn."""

    id: str
    source: FlowNode
    target: FlowNode
    condition: Expression | None = None
    is_drawn: bool = True


class FlowNode(SpiffElement):
    """An element of a process. The reader fills in what the model says and then calls `prepare`."""

    #: The tag in BPMN's schema.
    kind: str = ""
    waiting_state: ClassVar[int] = STARTED
    is_interrupting = True
    is_parallel_multiple = False

    def __init__(self, process_spec: ProcessSpec, id: str, **facts: Any) -> None:
        super().__init__(process_spec, id, **facts)
        self.flows: list[SequenceFlow] = []
        self.incoming: list[SequenceFlow] = []
        self.default: SequenceFlow | None = None
        self.boundaries: list[BoundaryEvent] = []
        self.definitions: list[EventDefinition] = []
        self.input_mappings: Mapping[str, Template] = {}
        self.output_mappings: Mapping[str, Template] = {}
        self.takes_all_flows = True
        self._all_flow_ids: tuple[str, ...] = ()

    def prepare(self) -> None:
        """Called once when the whole scope is read."""
        self.takes_all_flows = all(flow.condition is None and flow is not self.default for flow in self.flows)
        self._all_flow_ids = tuple(flow.id for flow in self.flows if flow.is_drawn)

    # ------------------------------------------------------------------ the life of a token here
    def schedule(self, token: Token) -> None:
        token.scope.instance.queue.append((Token.run, token))

    def enter(self, token: Token) -> bool | None:
        token.scope.instance.events.append(ElementEntered(*token.origin, self.kind))
        return self.execute(token)

    def execute(self, token: Token) -> bool | None:
        """What the element does; True: done, None: it waits or goes on elsewhere."""
        return True

    def finish(self, token: Token) -> None:
        """What it waited for has happened; the values that came with it are taken over."""
        self.take_over(token)
        token.complete()

    def leave(self, token: Token) -> None:
        if self.takes_all_flows:
            self.complete_by(token, self.flows, self._all_flow_ids)
        else:
            flows = self.chosen(token)
            self.complete_by(token, flows, tuple(flow.id for flow in flows if flow.is_drawn))

    def complete_by(self, token: Token, flows: Iterable[SequenceFlow], ids: tuple[str, ...]) -> None:
        """The element is done and goes on by these sequence flows."""
        scope = token.scope
        scope.instance.events.append(ElementCompleted(*token.origin, self.kind_of(token), ids))
        scope.instance.last_completed = token.origin
        for flow in flows:
            Token(scope, flow.target, token).via = flow.id

    def chosen(self, token: Token) -> Sequence[SequenceFlow]:
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
            return token.scope.instance.holds(flow.condition, token.variables)
        except ElementFailed as failed:
            raise ElementFailed(f"the condition of sequence flow {flow.id} cannot be decided: {failed}") from failed

    def take_over(self, token: Token) -> None:
        """Values from outside become variables: all of them, or the element's outputs, which see all of them."""
        submitted = token.take_submitted()
        if not self.output_mappings:
            merge(self.results_of(token), submitted)
            return
        seen = {**flat(token.variables), **submitted}
        environment = token.scope.instance.environment
        merge(self.results_of(token), {name: value.evaluate(seen, environment) for name, value in self.output_mappings.items()})

    def results_of(self, token: Token) -> dict[str, Any]:
        """The variables that results are written to."""
        return token.variables

    # ------------------------------------------------------------------ joins
    def keep_back(self, token: Token) -> dict[str, int]:
        """The token stops here and is only counted; the counts by sequence flow."""
        scope = token.scope
        counts = scope.joins.setdefault(self.name, {})
        via = token.via or ""
        counts[via] = counts.get(via, 0) + 1
        scope.forget(token)
        return counts

    def let_go(self, scope: Scope, counts: dict[str, int]) -> None:
        """One token of each sequence flow that has any is used up."""
        for via in list(counts):
            counts[via] -= 1
            if not counts[via]:
                del counts[via]
        if not counts:
            scope.joins.pop(self.name, None)

    def deadlock(self, counts: Mapping[str, int]) -> str:
        """The sentence when tokens are kept back here for ever."""
        missing = [flow.id for flow in self.incoming if flow.id not in counts]
        came, lacking = ", ".join(counts) or "none", ", ".join(missing) or "none"
        return (
            f"{self.kind} {self.name} waits for ever: a token came by {came}, but none can come any more by {lacking}. "
            "Join with an exclusive or inclusive gateway, or take every path that leads here."
        )

    # ------------------------------------------------------------------ asked by others; answered by some kinds of elements
    def kind_of(self, token: Token) -> str:
        """The kind events name; a loop around an activity has its own."""
        return self.kind

    def state_of_waiting(self, token: Token) -> int:
        """The state of a token that waits here, as SpiffWorkflow names states."""
        return self.waiting_state

    def holder(self, token: Token) -> Token:
        """The token of the activity: of its loop, when `token` is one instance of it."""
        return token

    def instances(self, token: Token) -> Sequence[Token]:
        """The instances that a loop's token owns."""
        return ()

    def cancelled(self, token: Token, reason: Reason) -> None:
        """The token is taken away before the element was done."""

    def waiting(self, token: Token) -> Event | None:
        """The event that told that this token waits for somebody outside, once more."""
        return None

    def caught(self, token: Token, subscription: Subscription, submitted: Mapping[str, Any] | None) -> None:
        """An event the token waited for has happened."""
        raise NotImplementedError

    def scope_done(self, token: Token, scope: Scope) -> None:
        """The scope that the token opened has ended."""
        token.complete()

    def compensate(self, scope: Scope, record: Record) -> None:
        """Undoes the activity, in a compensation scope."""
        raise NotImplementedError
