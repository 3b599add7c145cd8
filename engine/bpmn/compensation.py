"""Compensation: undoing completed activities in reverse order (BPMN §10.6).

A record is kept in the scope of each completed activity that can be compensated: its element id, the variables that were its
own when it completed and, for a sub-process, the records from inside. Compensating opens a scope of kind `compensation` on the
thrower, which works its agenda from the end.
"""

from __future__ import annotations

from engine.bpmn.contract import Scope, Token
from engine.bpmn.errors import ElementFailed
from engine.bpmn.scope_kinds import CompensationRecord
from engine.bpmn.variables import Variables, copy_layers
from engine.facts.sentences import Sentence


def remember(token: Token, variables: Variables, inside: list[CompensationRecord]) -> None:
    """The activity has completed with these variables. What instances of a loop leave counts once the loop is over."""
    record: CompensationRecord = {"element": token.element.name, "inside": inside}
    kept = copy_layers(variables, token.scope.variables)
    if kept:
        record["kept"] = kept
    holder = token.element.holder_of(token)
    records = token.scope.compensations if holder is token else holder.marks.setdefault("records", [])
    records.append(record)


def throw_compensation(token: Token, activity: str | None) -> bool:
    """Compensates one activity, or all of the scope; False when there is nothing to compensate."""
    scope = token.scope
    while scope.kind == "eventSubProcess" and scope.owner is not None:
        scope = scope.owner.scope
    chosen = [record for record in scope.compensations if activity is None or record["element"] == activity]
    if not chosen:
        return False
    scope.compensations = [record for record in scope.compensations if activity is not None and record["element"] != activity]
    _open_compensation(token, scope, chosen)
    return True


def cancel_transaction(thrower: Token) -> None:
    """A cancel end event: the transaction stops, is compensated, and leaves by its cancel boundary event."""
    scope = thrower.scope
    while scope.kind != "transaction" and scope.owner is not None:
        scope = scope.owner.scope
    owner, records = scope.owner, scope.compensations
    if owner is None:
        raise ElementFailed(Sentence("there is no transaction around the cancel end event"))
    owner.marks["cancelled"] = True
    scope.drop_all("cancelled")
    scope.close()
    _open_compensation(owner, scope, records)


def _open_compensation(token: Token, scope: Scope, records: list[CompensationRecord]) -> None:
    compensating = token.scope.open_inner(token, scope.spec, "compensation", scope.variables)
    compensating.agenda = list(records)
    compensating.finish_soon()


def compensate_next(scope: Scope) -> None:
    """Begins to undo the latest activity that a compensation scope still has to undo."""
    record: CompensationRecord = scope.agenda.pop()
    scope.spec.elements[record["element"]].compensate(scope, record)
