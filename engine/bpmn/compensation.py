"""Compensation: undoing completed activities in reverse order (BPMN §10.6).

A record is kept in the scope of each completed activity that can be compensated: its element id, the variables that were its
own when it completed and, for a sub-process, the records from inside. Compensating opens a scope of kind `compensation` on the
thrower, which works its agenda from the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from engine.bpmn.errors import ElementFailed
from engine.bpmn.interruption import drop_all
from engine.bpmn.variables import Variables, layers

if TYPE_CHECKING:
    from engine.bpmn.scopes import Scope
    from engine.bpmn.tokens import Token


class Record(TypedDict):
    """A completed activity that can be compensated.

    `kept` are its local variables, outermost first, as they were: the item of a multi-instance, inputs, data objects of a
    sub-process. What it shared with the scope around it is seen as it is when it is compensated (BPMN §13.5.5).
    """

    element: str
    inside: list[Record]
    kept: NotRequired[list[dict[str, Any]]]


def remember(token: Token, variables: Variables, inside: list[Record]) -> None:
    """The activity has completed with these variables. What instances of a loop leave counts once the loop is over."""
    record: Record = {"element": token.element.name, "inside": inside}
    kept = layers(variables, token.scope.variables)
    if kept:
        record["kept"] = kept
    holder = token.element.holder(token)
    records = token.scope.compensations if holder is token else holder.marks.setdefault("records", [])
    records.append(record)


def throw(token: Token, activity: str | None) -> bool:
    """Compensates one activity, or all of the scope; False when there is nothing to compensate."""
    scope = token.scope
    while scope.kind == "eventSubProcess" and scope.owner is not None:
        scope = scope.owner.scope
    chosen = [record for record in scope.compensations if activity is None or record["element"] == activity]
    if not chosen:
        return False
    scope.compensations = [record for record in scope.compensations if activity is not None and record["element"] != activity]
    _open(token, scope, chosen)
    return True


def cancel_transaction(thrower: Token) -> None:
    """A cancel end event: the transaction stops, is compensated, and leaves by its cancel boundary event."""
    scope = thrower.scope
    while scope.kind != "transaction" and scope.owner is not None:
        scope = scope.owner.scope
    owner, records = scope.owner, scope.compensations
    if owner is None:
        raise ElementFailed("there is no transaction around the cancel end event")
    owner.marks["cancelled"] = True
    drop_all(scope, "cancelled")
    scope.close()
    _open(owner, scope, records)


def _open(token: Token, scope: Scope, records: list[Record]) -> None:
    compensating = scope.instance.open_scope(token, scope.spec, "compensation", scope.variables, scope.definition)
    compensating.agenda = list(records)
    compensating.queue_finish()


def compensate(scope: Scope, record: Record) -> None:
    """Begins to undo one activity inside a compensation scope."""
    scope.spec.elements[record["element"]].compensate(scope, record)
