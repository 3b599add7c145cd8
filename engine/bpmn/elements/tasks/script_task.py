"""The script task: FEEL here, other languages by the host (BPMN §10.3.4.1)."""

from __future__ import annotations

from engine.bpmn.contract import Token
from engine.bpmn.elements.tasks.activity import Activity
from engine.bpmn.elements.tasks.results import store
from engine.bpmn.expressions import Expression
from engine.bpmn.variables import flatten, merge
from engine.facts.sentences import Sentence


class ScriptTask(Activity):
    kind = "scriptTask"
    language = "feel"
    source = ""
    expression: Expression | None = None
    result_variable = ""

    def execute(self, token: Token) -> bool | None:
        if self.expression is not None:
            result = self.expression.evaluate(token.variables, token.environment)
            store(result, self.results_of(token), self.result_variable, Sentence("script {name}", name=self.name))
        elif self.source:
            self._ask_host(token)
        if self.output_mappings:
            self.take_over(token)
        return True

    def _ask_host(self, token: Token) -> None:
        wants_value = bool(self.result_variable)
        seen = flatten(token.variables)
        result = token.services.run_script(self.language, self.source, seen, wants_value=wants_value)
        merge(self.results_of(token), result.variables)
        if wants_value:
            store(result.value, self.results_of(token), self.result_variable, Sentence("script {name}", name=self.name))
