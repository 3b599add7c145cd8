"""The complex gateway: its activation condition tells when enough tokens have come; late ones are used up (BPMN §13.4.5)."""

from __future__ import annotations

from engine.bpmn.contract import Scope, Token
from engine.bpmn.elements.gateways.inclusive import InclusiveGateway
from engine.bpmn.expressions import Expression


class ComplexGateway(InclusiveGateway):
    """Without an activation condition it joins like an inclusive gateway."""

    kind = "complexGateway"
    activation: Expression | None = None

    def arrive(self, token: Token) -> bool:
        """The condition is a user's expression, so it is evaluated in a step of its own."""
        return self.activation is not None or super().arrive(token)

    def enter(self, token: Token) -> bool | None:
        if self.activation is None or len(self.incoming) < 2 or "activated" in token.marks:
            return super().enter(token)
        scope = token.scope
        if token.via in self._flows_seen(scope):
            self._reset_if_due(scope)
        count = sum(scope.joins.get(self.name, {}).values()) + 1
        is_first = self.name not in scope.resets
        is_active = is_first and self.activation.holds(token.variables, token.environment, {"activationCount": count})
        counts = self.keep_back(token)
        scope.settle_later(self)
        if is_active:
            scope.resets[self.name] = sorted(counts)
            self.release(scope, counts)
        elif not scope.tokens:
            scope.finish_soon()
        return None

    def release(self, scope: Scope, counts: dict[str, int]) -> Token:
        token = super().release(scope, counts)
        token.marks["activated"] = True
        return token

    def settle(self, scope: Scope) -> bool:
        if self.name not in scope.resets:
            return self.activation is not None or super().settle(scope)
        return self._reset_if_due(scope)

    def _flows_seen(self, scope: Scope) -> set[str]:
        """The incoming flows by which tokens came since the last reset."""
        return set(scope.joins.get(self.name, ())) | set(scope.resets.get(self.name, ()))

    def _reset_if_due(self, scope: Scope) -> bool:
        """After its activation it resets when no further token can come; tokens that came late are used up."""
        if self.name not in scope.resets:
            return True
        if self.can_more_come(scope, self._flows_seen(scope)):
            return False
        del scope.resets[self.name]
        self.let_go(scope, scope.joins.get(self.name, {}))
        if not scope.tokens:
            scope.finish_soon()
        return True
