"""The call activity: another process, in a scope of this process instance with variables of its own (BPMN §10.3.6)."""

from __future__ import annotations

from engine.bpmn.contract import Scope, Token
from engine.bpmn.elements.subprocesses.sub_process import SubProcess
from engine.bpmn.errors import ElementFailed
from engine.bpmn.expressions import Template, evaluate_all
from engine.bpmn.scope_kinds import ScopeKind
from engine.bpmn.variables import flatten, merge
from engine.facts.sentences import Sentence


class CallActivity(SubProcess):
    """Without inputs all variables go in, without outputs all come back."""

    kind = "callActivity"
    scope_kind: ScopeKind = "call"
    has_local_inputs = False
    called: Template
    binding = "latest"
    version: int | None = None
    #: Everything goes in, or comes back, besides the inputs and outputs.
    passes_all_in = False
    passes_all_out = False

    def open(self, token: Token) -> Scope:
        key = self.called.text(token.variables, token.environment)
        if not key:
            raise ElementFailed(Sentence("the process to call is null"))
        variables = dict(flatten(token.variables)) if self.passes_all_in or not self.input_mappings else {}
        variables.update(self.evaluate_inputs(token))
        return token.scope.open_call(token, key, self.binding, self.version, variables)

    def on_scope_done(self, token: Token, scope: Scope) -> None:
        if self.passes_all_out or not self.output_mappings:
            merge(token.variables, flatten(scope.variables))
        merge(token.variables, evaluate_all(self.output_mappings, scope.variables, scope.environment))
        token.complete()
