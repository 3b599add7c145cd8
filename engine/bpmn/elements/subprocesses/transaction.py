"""The transaction: a sub-process that a cancel end event undoes (BPMN §10.3.5)."""

from __future__ import annotations

from engine.bpmn.contract import Scope, Token
from engine.bpmn.elements.subprocesses.sub_process import SubProcess
from engine.bpmn.propagation import take_cancel_boundary
from engine.bpmn.scope_kinds import ScopeKind


class Transaction(SubProcess):
    kind = "transaction"
    scope_kind: ScopeKind = "transaction"

    def on_scope_done(self, token: Token, scope: Scope) -> None:
        if "cancelled" not in token.marks:
            super().on_scope_done(token, scope)
        elif not take_cancel_boundary(token):
            token.complete()
