"""The event sub-process: begins when its start event happens in the scope around it (BPMN §10.3.5)."""

from __future__ import annotations

from engine.bpmn.contract import Scope, Token
from engine.bpmn.elements.events.start import StartEvent
from engine.bpmn.elements.subprocesses.sub_process import SubProcess
from engine.bpmn.scope_kinds import ScopeKind


class EventSubProcess(SubProcess):
    """`start` is its one start event, whose definitions it takes as its own."""

    scope_kind: ScopeKind = "eventSubProcess"
    start: StartEvent

    def listen_by(self, start: StartEvent) -> None:
        self.start = start
        self.definitions = start.definitions
        self.is_interrupting = start.is_interrupting
        self.is_parallel_multiple = start.is_parallel_multiple

    def execute(self, token: Token) -> bool | None:
        self.open(token).begin([self.start], token.take_submitted())
        return None

    def on_scope_done(self, token: Token, scope: Scope) -> None:
        self.hand_back(token, scope)
        token.complete()
