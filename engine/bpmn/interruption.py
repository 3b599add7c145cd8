"""What begins in place of something, or beside it: boundary events and event sub-processes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn.contract import FlowNode, Scope, Token


def take_boundary(token: Token, boundary: FlowNode, submitted: Mapping[str, Any] | None = None) -> None:
    """The boundary event of the token's activity happens; an interrupting one ends the activity."""
    activity = token.element.holder_of(token)
    if boundary.is_interrupting:
        activity.drop("interrupted")
    token.scope.spawn(boundary, submitted=submitted)


def start_handler(scope: Scope, handler: FlowNode, submitted: Mapping[str, Any] | None = None) -> None:
    """The event sub-process begins; an interrupting one ends everything else in the scope."""
    if handler.is_interrupting:
        scope.interrupt("interrupted")
    scope.spawn(handler, {"handler": True}, submitted)
