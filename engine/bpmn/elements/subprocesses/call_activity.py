"""The call activity: another process, in a scope of this process instance with variables of its own (BPMN §10.3.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.elements.subprocesses.sub_process import SubProcess, all_variables
from engine.bpmn.errors import ElementFailed
from engine.bpmn.expressions import Template
from engine.bpmn.scopes import Kind
from engine.bpmn.tokens import Token
from engine.bpmn.variables import flat, merge

if TYPE_CHECKING:
    from engine.bpmn.scopes import Scope


class CallActivity(SubProcess):
    """Without inputs all variables go in, without outputs all come back."""

    kind = "callActivity"
    scope_kind: Kind = "call"
    has_local_inputs = False
    called: Template
    binding = "latest"
    version: int | None = None
    #: Everything goes in, or comes back, besides the inputs and outputs.
    passes_all_in = False
    passes_all_out = False

    def open(self, token: Token) -> Scope:
        instance = token.scope.instance
        key = self.called.text(token.variables, instance.environment)
        if not key:
            raise ElementFailed("the process to call is null")
        variables = all_variables(token) if self.passes_all_in or not self.input_mappings else {}
        variables.update(self.values_of_inputs(token))
        definition, model = instance.host.called(key, self.binding, self.version)
        if key not in model.processes:
            raise ElementFailed(f"the definition found for process {key} has no process of that id")
        spec = model.processes[key].spec
        return instance.open_scope(token, spec, "call", {**dict.fromkeys(spec.local_names), **variables}, definition)

    def scope_done(self, token: Token, scope: Scope) -> None:
        if self.passes_all_out or not self.output_mappings:
            merge(token.variables, flat(scope.variables))
        environment = scope.instance.environment
        merge(
            token.variables, {name: value.evaluate(scope.variables, environment) for name, value in self.output_mappings.items()}
        )
        token.complete()
