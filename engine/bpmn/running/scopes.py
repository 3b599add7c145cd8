"""Scopes in memory: where tokens live and variables are shared. The process instance is one, and so is each open sub-process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.bpmn.compensation import compensate_next
from engine.bpmn.contract import FlowNode, ProcessBody, Token
from engine.bpmn.errors import ElementFailed, LimitPassed
from engine.bpmn.expressions import Environment
from engine.bpmn.interruption import start_handler
from engine.bpmn.limits import MAX_CALL_DEPTH, MAX_SCOPE_DEPTH
from engine.bpmn.process_spec import ProcessSpec
from engine.bpmn.running.runtime import Runtime
from engine.bpmn.running.subscriptions import OpenSubscription
from engine.bpmn.running.tokens import LiveToken
from engine.bpmn.scope_kinds import CompensationRecord, ScopeKind
from engine.bpmn.substrate import SpiffScope
from engine.bpmn.variables import Variables
from engine.facts.events import Reason
from engine.facts.sentences import Sentence


class ScopeLife:
    """What the process instance and the scopes inside it share. `collected`: the events a parallel multiple start has so far."""

    spec: ProcessSpec
    tokens: dict[int, Any]
    runtime: Runtime
    #: How many scopes are around it, and how many of them are calls.
    nesting: int = 0
    call_nesting: int = 0

    def begin_life(self, kind: ScopeKind, owner: Token | None, variables: Variables, definition: str) -> None:
        self.kind: ScopeKind = kind
        self.owner = owner
        self.variables = variables
        self.definition = definition
        self.joins: dict[str, dict[str, int]] = {}
        self.resets: dict[str, list[str]] = {}
        self.compensations: list[CompensationRecord] = []
        self.agenda: list[Any] = []
        self.collected: dict[str, list[int]] = {}
        self.subscriptions: list[OpenSubscription] = []
        self.is_closed = False
        self.is_deaf = False
        self.was_terminated = False

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

    @property
    def waiting_id(self) -> int:
        return self.owner_id

    @property
    def environment(self) -> Environment:
        return self.runtime.environment

    # ------------------------------------------------------------------ tokens
    def spawn(
        self,
        element: FlowNode,
        marks: Mapping[str, Any] | None = None,
        submitted: Mapping[str, Any] | None = None,
        variables: Variables | None = None,
        via: str | None = None,
    ) -> Token:
        token = LiveToken(self, self.runtime, element)
        if variables is not None:
            token.variables = variables
        if marks:
            token.marks.update(marks)
        token.submitted = submitted
        token.via = via
        token.arrive()
        return token

    def spawn_joined(self, element: FlowNode) -> Token:
        token = LiveToken(self, self.runtime, element)
        token.be_ready()
        return token

    def spawn_inside(self, element: FlowNode) -> Token:
        return self.restore_token(element)

    def restore_token(self, element: FlowNode, number: int = 0, marks: Mapping[str, Any] | None = None) -> LiveToken:
        """A token that has entered its element and waits there."""
        token = LiveToken(self, self.runtime, element, number=number)
        if marks:
            token.marks.update(marks)
        token.has_entered = True
        token.wait_in_state(element.waiting_state_of(token))
        return token

    def take_out(self, token: Token) -> None:
        if self.tokens.pop(token.id, None) is not None:
            del self.runtime.live[token.id]

    def put_back(self, token: Token) -> None:
        self.tokens[token.id] = self.runtime.live[token.id] = token

    def token_completed(self, token: Token) -> None:
        """A token of this scope has completed."""
        if token.id not in self.tokens:
            return
        self.take_out(token)
        if not self.tokens:
            self.finish_soon()
        elif self.kind == "adHocSubProcess":
            self.runtime.queue.append((ScopeLife.settle_ad_hoc, self))

    def drop_all(self, reason: Reason, keep: Token | None = None) -> None:
        for token in list(self.tokens.values()):
            if token is not keep:
                token.drop(reason)
        self.joins.clear()
        self.resets.clear()

    # ------------------------------------------------------------------ beginning
    def open_inner(
        self, owner: Token, spec: ProcessBody, kind: ScopeKind, variables: Variables, definition: str = ""
    ) -> InnerScope:
        return InnerScope(self, owner, spec, kind, variables, definition or self.definition)

    def open_call(self, owner: Token, key: str, binding: str, version: int | None, variables: Variables) -> InnerScope:
        definition, model = self.runtime.host.find_process(key, binding, version)
        if key not in model.processes:
            raise ElementFailed(Sentence("the definition found for process {key} has no process of that id", key=key))
        spec = model.processes[key].spec
        return self.open_inner(owner, spec, "call", {**dict.fromkeys(spec.local_names), **variables}, definition)

    def begin(self, elements: Sequence[FlowNode] | None = None, submitted: Mapping[str, Any] | None = None) -> None:
        self.listen()
        starts = list(self.spec.starts if elements is None else elements)
        if self.kind == "adHocSubProcess" and self.spec.is_sequential:
            self.agenda = [element.name for element in starts[1:]]
            starts = starts[:1]
        for element in starts:
            self.spawn(element, submitted=submitted)
        if not self.tokens:
            self.finish_soon()

    def listen(self) -> None:
        for handler in self.spec.handlers:
            for definition in handler.definitions:
                self.runtime.subscriptions.subscribe(self, definition, handler, "handler")

    def on_event(self, subscription: OpenSubscription, submitted: Mapping[str, Any] | None, *, is_over: bool) -> None:
        """The event of an event sub-process has happened."""
        start_handler(self, subscription.event, submitted)

    # ------------------------------------------------------------------ ending
    def settle_later(self, gateway: FlowNode) -> None:
        self.runtime.waiting_joins[self.owner_id, gateway.name] = (self, gateway)

    def settle_ad_hoc(self) -> bool:
        """A step: is the completion condition of the ad-hoc sub-process true? Then nothing new begins."""
        condition = self.spec.completion
        if condition is None or not condition.holds(self.variables, self.environment):
            return False
        self.agenda = []
        if self.spec.cancels_remaining:
            self.drop_all("cancelled")
            self.finish_soon()
        return True

    def finish_soon(self) -> None:
        self.runtime.queue.append((ScopeLife.finish, self))

    def finish(self) -> None:
        """A step: ends the scope when nothing is left in it to do."""
        if self.is_closed or self.tokens:
            return
        if self.agenda and not (self.kind == "adHocSubProcess" and self.settle_ad_hoc()):
            self._proceed()
            return
        if self.joins:
            return  # an inclusive one may go on when nothing else moves; any other waits for ever
        self.close()
        self.conclude()

    def _proceed(self) -> None:
        if self.kind == "compensation":
            compensate_next(self)
        else:
            self.spawn(self.spec.elements[self.agenda.pop(0)])

    def conclude(self) -> None:
        """The scope has ended by itself."""
        raise NotImplementedError

    def abort(self, token: Token, code: str | None) -> None:
        raise NotImplementedError

    def interrupt(self, reason: Reason, keep: Token | None = None) -> None:
        self.is_deaf = True
        self.runtime.subscriptions.close_all(self)
        self.drop_all(reason, keep)
        self.agenda = []
        self.was_terminated |= reason == "terminated"

    def close(self) -> None:
        self.is_closed = True
        self.runtime.subscriptions.close_all(self)
        if self.owner is not None:
            self.runtime.inner_scopes.pop(self.owner.id, None)


class InnerScope(ScopeLife, SpiffScope):
    """An open sub-process, call, event sub-process or compensation; it belongs to the token that opened it."""

    def __init__(
        self, outer: ScopeLife, owner: Token, spec: ProcessBody, kind: ScopeKind, variables: Variables, definition: str
    ) -> None:
        super().__init__(spec, outer)
        self.outer = outer
        self.opener = owner
        self.runtime = outer.runtime
        self.nesting = outer.nesting + 1
        self.call_nesting = outer.call_nesting + (kind == "call")
        if self.nesting > MAX_SCOPE_DEPTH:
            raise LimitPassed("MAX_SCOPE_DEPTH", MAX_SCOPE_DEPTH, Sentence("Sub-processes are nested too deep"))
        if self.call_nesting > MAX_CALL_DEPTH:
            raise LimitPassed("MAX_CALL_DEPTH", MAX_CALL_DEPTH, Sentence("Call activities call one another too deep"))
        self.begin_life(kind, owner, variables, definition)
        self.runtime.inner_scopes[owner.id] = self

    def conclude(self) -> None:
        self.opener.element.on_scope_done(self.opener, self)

    def abort(self, token: Token, code: str | None) -> None:
        self.outer.abort(token, code)
