"""The embedded sub-process (BPMN §10.3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn import compensation
from engine.bpmn.elements.tasks.activity import Activity
from engine.bpmn.scopes import Kind
from engine.bpmn.tokens import Token
from engine.bpmn.variables import Layer, Variables, flat, merge
from engine.facts.events import ElementEntered

if TYPE_CHECKING:
    from engine.bpmn.compensation import Record
    from engine.bpmn.elements.subprocesses.event_sub_process import EventSubProcess
    from engine.bpmn.process_spec import ProcessSpec
    from engine.bpmn.scopes import Scope


class SubProcess(Activity):
    """Opens a scope that shares the variables around it, but for its own data objects."""

    kind = "subProcess"
    scope_kind: Kind = "subProcess"
    body: ProcessSpec

    def execute(self, token: Token) -> bool | None:
        record: Record | None = token.marks.get("record")
        if record is not None:
            self._compensate_inside(token, record)
        else:
            self.open(token).begin()
        return None

    def open(self, token: Token) -> Scope:
        scope = token.scope
        return scope.instance.open_scope(token, self.body, self.scope_kind, self.variables_of_body(token), scope.definition)

    def open_empty(self, around: Scope) -> Scope:
        """Entered from inside, by a token that somebody puts there: nothing in it begins by itself."""
        token = Token(around, self)
        token.has_entered = True
        token.wait_in_state(self.waiting_state)
        around.instance.events.append(ElementEntered(*token.origin, self.kind))
        self._take_inputs(token)
        scope = self.open(token)
        scope.begin([])
        self._listen_at_boundaries(token)
        return scope

    def variables_of_body(self, token: Token) -> Variables:
        names = self.body.local_names
        return Layer(token.variables, dict.fromkeys(names)) if names else token.variables

    def scope_done(self, token: Token, scope: Scope) -> None:
        if "record" in token.marks:
            token.complete()
            return
        is_compensated_inside = "compensating" not in token.marks and self.compensation_handler is None
        if is_compensated_inside and self._can_be_compensated(scope):
            compensation.remember(token, scope.variables, scope.compensations)
        if self.output_mappings:
            environment = scope.instance.environment
            values = {name: value.evaluate(scope.variables, environment) for name, value in self.output_mappings.items()}
            merge(self.results_of(token), values)
        token.complete()

    # ------------------------------------------------------------------ compensation
    def _can_be_compensated(self, scope: Scope) -> bool:
        return bool(scope.compensations) or self._own_handler() is not None

    def _own_handler(self) -> EventSubProcess | None:
        return next((each for each in self.body.handlers if each.definitions[0].kind == "compensation"), None)

    def compensate(self, scope: Scope, record: Record) -> None:
        if self.compensation_handler is not None:
            super().compensate(scope, record)
        else:
            scope.spawn(self, {"compensating": True, "record": record}, local=record.get("kept", ()))

    def _compensate_inside(self, token: Token, record: Record) -> None:
        """By the sub-process's own compensation event sub-process, or what completed inside in reverse order."""
        scope = token.scope.instance.open_scope(token, self.body, "compensation", token.variables, token.scope.definition)
        handler = self._own_handler()
        if handler is not None:
            scope.compensations = record["inside"]
            scope.spawn(handler, {"handler": True})
        else:
            scope.agenda = list(record["inside"])
            scope.queue_finish()


def all_variables(token: Token) -> Variables:
    """A copy of everything the token sees."""
    return dict(flat(token.variables))
