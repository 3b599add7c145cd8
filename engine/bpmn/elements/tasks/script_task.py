"""The script task: FEEL here, other languages by the host (BPMN §10.3.4.1)."""

from __future__ import annotations

from engine.bpmn.elements.tasks.activity import Activity
from engine.bpmn.elements.tasks.results import store
from engine.bpmn.expressions import Expression
from engine.bpmn.tokens import Token
from engine.bpmn.variables import flat, merge


class ScriptTask(Activity):
    kind = "scriptTask"
    language = "feel"
    source = ""
    expression: Expression | None = None
    result_variable = ""

    def execute(self, token: Token) -> bool | None:
        instance = token.scope.instance
        if self.expression is not None:
            result = instance.evaluate(self.expression, token.variables)
            store(result, self.results_of(token), self.result_variable, f"script {self.name}")
        elif self.source:
            changes = instance.host.run_script(self.language, self.source, flat(token.variables), instance.now)
            merge(self.results_of(token), changes)
        if self.output_mappings:
            self.take_over(token)
        return True
