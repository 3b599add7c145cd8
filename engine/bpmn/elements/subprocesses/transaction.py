"""The transaction: a sub-process that a cancel end event undoes (BPMN §10.3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn import propagation
from engine.bpmn.elements.subprocesses.sub_process import SubProcess
from engine.bpmn.scopes import Kind
from engine.bpmn.tokens import Token

if TYPE_CHECKING:
    from engine.bpmn.scopes import Scope


class Transaction(SubProcess):
    kind = "transaction"
    scope_kind: Kind = "transaction"

    def scope_done(self, token: Token, scope: Scope) -> None:
        if "cancelled" not in token.marks:
            super().scope_done(token, scope)
        elif not propagation.cancel(token):
            token.complete()
