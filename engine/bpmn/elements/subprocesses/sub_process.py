"""The embedded sub-process (BPMN §10.3.5)."""

from __future__ import annotations

from engine.bpmn.compensation import remember
from engine.bpmn.contract import FlowNode, Scope, Token
from engine.bpmn.elements.tasks.activity import Activity
from engine.bpmn.expressions import evaluate_all
from engine.bpmn.scope_kinds import CompensationRecord, ScopeKind
from engine.bpmn.variables import Layer, merge, with_layers
from engine.facts.events import ElementEntered


class SubProcess(Activity):
    """Opens a scope that shares the variables around it, but for its own data objects."""

    kind = "subProcess"
    scope_kind: ScopeKind = "subProcess"

    def execute(self, token: Token) -> bool | None:
        record: CompensationRecord | None = token.marks.get("record")
        if record is not None:
            self._compensate_inside(token, record)
        else:
            self.open(token).begin()
        return None

    def open(self, token: Token) -> Scope:
        names = self.body.local_names
        variables = Layer(token.variables, dict.fromkeys(names)) if names else token.variables
        return token.scope.open_inner(token, self.body, self.scope_kind, variables)

    def open_empty(self, around: Scope) -> Scope:
        """Entered from inside, by a token that somebody puts there: nothing in it begins by itself."""
        token = around.spawn_inside(self)
        token.announce(ElementEntered(*token.origin, self.kind))
        self._take_inputs(token)
        scope = self.open(token)
        scope.begin([])
        self._listen_at_boundaries(token)
        return scope

    def on_scope_done(self, token: Token, scope: Scope) -> None:
        if "record" in token.marks:
            token.complete()
            return
        is_compensated_inside = "compensating" not in token.marks and self.compensation_handler is None
        if is_compensated_inside and self._can_be_compensated(scope):
            remember(token, scope.variables, scope.compensations)
        self.hand_back(token, scope)
        token.complete()

    def hand_back(self, token: Token, scope: Scope) -> None:
        """What its outputs name; the scope inside shares all other variables."""
        if self.output_mappings:
            merge(self.results_of(token), evaluate_all(self.output_mappings, scope.variables, scope.environment))

    # ------------------------------------------------------------------ compensation
    def _can_be_compensated(self, scope: Scope) -> bool:
        return bool(scope.compensations) or self._find_handler() is not None

    def _find_handler(self) -> FlowNode | None:
        """Its own compensation event sub-process."""
        return next((each for each in self.body.handlers if each.definitions[0].kind == "compensation"), None)

    def compensate(self, scope: Scope, record: CompensationRecord) -> None:
        if self.compensation_handler is not None:
            super().compensate(scope, record)
        else:
            variables = with_layers(scope.variables, record.get("kept", ()))
            scope.spawn(self, {"compensating": True, "record": record}, variables=variables)

    def _compensate_inside(self, token: Token, record: CompensationRecord) -> None:
        """By the sub-process's own compensation event sub-process, or what completed inside in reverse order."""
        scope = token.scope.open_inner(token, self.body, "compensation", token.variables)
        handler = self._find_handler()
        if handler is not None:
            scope.compensations = record["inside"]
            scope.spawn(handler, {"handler": True})
        else:
            scope.agenda = list(record["inside"])
            scope.finish_soon()
