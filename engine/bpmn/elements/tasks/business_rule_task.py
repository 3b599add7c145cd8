"""The business rule task: asks a decision (BPMN §10.3.4.1)."""

from __future__ import annotations

from engine.bpmn.contract import Token
from engine.bpmn.elements.tasks.activity import Activity
from engine.bpmn.elements.tasks.results import store
from engine.bpmn.errors import ElementFailed
from engine.bpmn.expressions import Template
from engine.bpmn.variables import flatten
from engine.facts.events import DecisionEvaluated
from engine.facts.sentences import Sentence


class BusinessRuleTask(Activity):
    """Without a decision it passes through."""

    kind = "businessRuleTask"
    decision: Template | None = None
    binding = "latest"
    version: int | None = None
    result_variable = ""

    def execute(self, token: Token) -> bool | None:
        if self.decision is not None:
            self._decide(token, self.decision)
        if self.output_mappings:
            self.take_over(token)
        return True

    def _decide(self, token: Token, decision: Template) -> None:
        name = decision.text(token.variables, token.environment)
        if not name:
            raise ElementFailed(Sentence("the decision to ask is null"))
        result, trace = token.services.decide(name, self.binding, self.version, flatten(token.variables))
        token.announce(DecisionEvaluated(*token.origin, name, trace))
        store(result, self.results_of(token), self.result_variable, Sentence("decision {name}", name=name))
