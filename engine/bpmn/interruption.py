"""Taking tokens away before they are done, and what begins instead: boundary events and event sub-processes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.facts.events import ElementCancelled, Reason

if TYPE_CHECKING:
    from engine.bpmn.elements.events.boundary import BoundaryEvent
    from engine.bpmn.elements.subprocesses.event_sub_process import EventSubProcess
    from engine.bpmn.scopes import Scope
    from engine.bpmn.tokens import Token


def drop(token: Token, reason: Reason) -> None:
    """Takes a token away with everything it owns: subscriptions, its inner scope, the instances of its loop."""
    if not token.is_live:
        return
    scope, instance = token.scope, token.scope.instance
    scope.forget(token)
    instance.all_subscriptions.close_all(token)
    inner = instance.inner_scopes.get(token.id)
    if inner is not None:
        drop_all(inner, reason)
        inner.close()
    for each in token.element.instances(token):
        drop(each, reason)
    if token.has_entered:
        token.element.cancelled(token, reason)
        instance.events.append(ElementCancelled(*token.origin, token.element.kind_of(token), reason))


def drop_all(scope: Scope, reason: Reason, keep: Token | None = None) -> None:
    """Takes away all tokens of a scope, those kept back at joins too."""
    for token in list(scope.tasks.values()):
        if token is not keep:
            drop(token, reason)
    scope.joins.clear()
    scope.resets.clear()


def take_boundary(token: Token, boundary: BoundaryEvent, submitted: Mapping[str, Any] | None = None) -> None:
    """The boundary event of the token's activity happens; an interrupting one ends the activity."""
    activity = token.element.holder(token)
    if boundary.is_interrupting:
        drop(activity, "interrupted")
    token.scope.spawn(boundary, submitted=submitted)


def start_handler(scope: Scope, handler: EventSubProcess, submitted: Mapping[str, Any] | None = None) -> None:
    """The event sub-process begins; an interrupting one ends everything else in the scope."""
    if handler.is_interrupting:
        scope.is_deaf = True
        scope.instance.all_subscriptions.close_all(scope)
        drop_all(scope, "interrupted")
        scope.agenda = []
    scope.spawn(handler, {"handler": True}, submitted)
