"""Scopes: where tokens live and variables are shared. The process instance is one, and so is each open sub-process or call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from engine.bpmn import compensation
from engine.bpmn.errors import LimitPassed
from engine.bpmn.interruption import drop_all
from engine.bpmn.limits import MAX_CALL_DEPTH, MAX_SCOPE_DEPTH
from engine.bpmn.substrate import SpiffScope
from engine.bpmn.tokens import Token
from engine.bpmn.variables import Variables, with_layers

if TYPE_CHECKING:
    from engine.bpmn.elements.flow_node import FlowNode
    from engine.bpmn.instance import Instance
    from engine.bpmn.process_spec import ProcessSpec
    from engine.bpmn.subscriptions import Subscription

Kind = Literal["process", "call", "subProcess", "transaction", "adHocSubProcess", "eventSubProcess", "compensation"]


class ScopeLife:
    """What the process instance and the scopes inside it have in common.

    `joins` counts, for each element that waits for more tokens, those that came by each sequence flow. `resets` are complex
    gateways between their activation and their reset. `compensations` are the completed activities that can be compensated,
    oldest first. `agenda` is what a sequential ad-hoc sub-process or a compensation still has to do. A scope that `is_deaf` no
    longer listens for the events of its event sub-processes. `collected` are the events a parallel multiple start has so far.
    """

    spec: ProcessSpec
    tasks: dict[int, Token]
    instance: Instance

    def begin_life(self, kind: Kind, owner: Token | None, variables: Variables, definition: str) -> None:
        self.kind: Kind = kind
        self.owner = owner
        self.variables = variables
        self.definition = definition
        self.joins: dict[str, dict[str, int]] = {}
        self.resets: dict[str, list[str]] = {}
        self.compensations: list[compensation.Record] = []
        self.agenda: list[Any] = []
        self.collected: dict[str, list[int]] = {}
        self.subscriptions: list[Subscription] = []
        self.is_closed = False
        self.is_deaf = False

    @property
    def scope(self) -> Scope:
        return self  # type: ignore[return-value]

    @property
    def is_live(self) -> bool:
        return not self.is_closed

    @property
    def owner_id(self) -> int:
        return 0 if self.owner is None else self.owner.id

    @property
    def origin(self) -> tuple[int, str, str]:
        if self.owner is None:
            return 0, self.spec.name, self.definition
        return self.owner.origin

    def spawn(
        self,
        element: FlowNode,
        marks: Mapping[str, Any] | None = None,
        submitted: Mapping[str, Any] | None = None,
        local: Iterable[Mapping[str, Any]] = (),
    ) -> Token:
        """A new token that comes from no other one; `local` are layers of variables of its own."""
        token = Token(self.scope, element)
        token.data = with_layers(token.data, local)
        if marks:
            token.marks.update(marks)
        token.submitted = submitted
        token.arrive()
        return token

    def begin(self, elements: Iterable[FlowNode] | None = None, submitted: Mapping[str, Any] | None = None) -> None:
        """Listens for event sub-processes and puts a token on each starting element."""
        self.listen()
        starts = list(self.spec.starts if elements is None else elements)
        if self.kind == "adHocSubProcess" and self.spec.is_sequential:
            self.agenda = [element.name for element in starts[1:]]
            starts = starts[:1]
        for element in starts:
            self.spawn(element, submitted=submitted)
        if not self.tasks:
            self.queue_finish()

    def listen(self) -> None:
        for handler in self.spec.handlers:
            for definition in handler.definitions:
                self.instance.all_subscriptions.subscribe("handler", self.scope, handler, definition)

    def queue_finish(self) -> None:
        """Looks, when its turn comes, whether the scope has ended."""
        self.instance.queue.append((ScopeLife.finish, self))

    def forget(self, token: Token) -> None:
        """The token is no more."""
        if self.tasks.pop(token.id, None) is not None:
            del self.instance.live[token.id]

    def token_completed(self, token: Token) -> None:
        """A token of this scope has completed."""
        if token.id not in self.tasks:
            return
        self.forget(token)
        if not self.tasks:
            self.queue_finish()
        elif self.kind == "adHocSubProcess":
            self.instance.queue.append((ScopeLife.settle_ad_hoc, self))

    def settle_ad_hoc(self) -> bool:
        """A step: is the completion condition of the ad-hoc sub-process true? Then nothing new begins."""
        condition = self.spec.completion
        if condition is None or not self.instance.holds(condition, self.variables):
            return False
        self.agenda = []
        if self.spec.cancels_remaining:
            drop_all(self.scope, "cancelled")
            self.queue_finish()
        return True

    def finish(self) -> None:
        """A step: ends the scope when nothing is left in it to do."""
        if self.is_closed or self.tasks:
            return
        if self.agenda and not (self.kind == "adHocSubProcess" and self.settle_ad_hoc()):
            self._proceed()
            return
        if self.joins:
            return  # an inclusive one may go on when nothing else moves; any other waits for ever
        self.close()
        if self.owner is None:
            self.instance.conclude()
        else:
            self.owner.element.scope_done(self.owner, self.scope)

    def _proceed(self) -> None:
        if self.kind == "compensation":
            compensation.compensate(self.scope, self.agenda.pop())
        else:
            self.spawn(self.spec.elements[self.agenda.pop(0)])

    def close(self) -> None:
        self.is_closed = True
        self.instance.all_subscriptions.close_all(self.scope)
        if self.owner is not None:
            self.instance.inner_scopes.pop(self.owner.id, None)


class Scope(ScopeLife, SpiffScope):
    """An open sub-process, call, event sub-process or compensation; it belongs to the token that opened it."""

    def __init__(self, spec: ProcessSpec, kind: Kind, owner: Token, variables: Variables, definition: str) -> None:
        super().__init__(spec)
        outer = owner.scope
        self.instance = outer.instance
        self.depth: int = outer.depth + 1
        self.call_depth: int = outer.call_depth + (kind == "call")
        if self.depth > MAX_SCOPE_DEPTH:
            raise LimitPassed("MAX_SCOPE_DEPTH", MAX_SCOPE_DEPTH, "Sub-processes are nested too deep")
        if self.call_depth > MAX_CALL_DEPTH:
            raise LimitPassed("MAX_CALL_DEPTH", MAX_CALL_DEPTH, "Call activities call one another too deep")
        self.begin_life(kind, owner, variables, definition)
        self.instance.inner_scopes[owner.id] = self

    @property
    def script_engine(self) -> Any:
        return self.instance.script_engine

    @property
    def parent_workflow(self) -> Any:
        return None if self.owner is None else self.owner.workflow
