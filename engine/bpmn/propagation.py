"""Errors, escalations and cancels climb from where they are thrown to the nearest element that catches them (BPMN §10.5.7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from engine.bpmn.contract import FlowNode, Token
from engine.bpmn.event_definitions import EventDefinition
from engine.bpmn.interruption import start_handler, take_boundary
from engine.facts.events import EscalationThrown

Catcher: TypeAlias = tuple[Token, FlowNode, EventDefinition]


def find_catcher(token: Token, kind: str, code: str | None) -> Catcher | None:
    """The token it climbed to, what catches it there, and by which definition.

    That is a boundary event of the token's activity or an event sub-process of its scope. A definition with this very code goes
    before one for every code.
    """
    thrower: Token | None = token
    while thrower is not None:
        boundary = _find_best(thrower.element.boundaries, kind, code)
        if boundary is not None:
            return thrower, *boundary
        scope = thrower.scope
        if "handler" not in thrower.marks:
            handler = _find_best(scope.spec.handlers, kind, code)
            if handler is not None:
                return thrower, *handler
        thrower = scope.owner
    return None


def _find_best(elements: Iterable[FlowNode], kind: str, code: str | None) -> tuple[FlowNode, EventDefinition] | None:
    best: tuple[FlowNode, EventDefinition] | None = None
    for element in elements:
        for definition in element.definitions:
            if definition.kind != kind or definition.code not in (None, code):
                continue
            if best is None or (best[1].code is None and definition.code is not None):
                best = element, definition
    return best


def is_caught(token: Token, kind: str, code: str | None) -> bool:
    return find_catcher(token, kind, code) is not None


def raise_error(token: Token, code: str | None, message: str = "", variables: Mapping[str, Any] | None = None) -> None:
    """A BPMN error; one that nothing catches ends the process instance."""
    catcher = find_catcher(token, "error", code)
    if catcher is None:
        token.scope.abort(token, code)
        return
    names = {catcher[2].code_variable: code, catcher[2].message_variable: message}
    told = {name: value for name, value in names.items() if name}
    _begin_catcher(catcher, {**(variables or {}), **told})


def escalate(token: Token, code: str | None, variables: Mapping[str, Any] | None = None) -> None:
    """An escalation; the thrower goes on unless what catches it interrupts."""
    catcher = find_catcher(token, "escalation", code)
    if catcher is None:
        token.announce(EscalationThrown(*token.origin, code))
    else:
        name = catcher[2].code_variable
        _begin_catcher(catcher, {**(variables or {}), name: code} if name else variables)


def take_cancel_boundary(token: Token) -> bool:
    """The transaction of the token is cancelled and compensated: its cancel boundary event, if it has one."""
    boundary = _find_best(token.element.boundaries, "cancel", None)
    if boundary is None:
        return False
    take_boundary(token, boundary[0])
    return True


def _begin_catcher(catcher: Catcher, submitted: Mapping[str, Any] | None) -> None:
    token, element, _ = catcher
    if element.kind == "boundaryEvent":
        take_boundary(token, element, submitted)
    else:
        start_handler(token.scope, element, submitted)
