"""A process instance as compact, versioned JSON, and back. Saving and restoring changes nothing.

    {"format": 1, "definition", "process", "serial", "subscriptions": last number, "variables", …scope}
    scope: "t" tokens · "j" joins · "r" resets · "c" compensations · "a" agenda · "g" collected · "x" deaf · "w" subscriptions
    token: [number, element, {"m" marks · "l" local variables, outermost first · "w" subscriptions · "s" inner scope}?]
    inner scope, besides: "k" kind · "l" local variables · for a call "v" variables, "d" definition, "p" process
    subscription: [number, element, index of its event definition, what it is matched by]

Keys of users stand only inside of variables and marks, so that no name they choose means anything here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from engine.bpmn.contract import FlowNode, ProcessBody
from engine.bpmn.errors import StateRefused
from engine.bpmn.event_definitions import Match
from engine.bpmn.host import Host
from engine.bpmn.running.instance import Instance
from engine.bpmn.running.scopes import InnerScope, ScopeLife
from engine.bpmn.running.subscriptions import OpenSubscription, Waiting
from engine.bpmn.running.tokens import LiveToken
from engine.bpmn.scope_kinds import Catching
from engine.bpmn.timing import schedule
from engine.bpmn.variables import Variables, copy_layers, with_layers
from engine.facts.sentences import Sentence

FORMAT = 1
_LISTS = (("j", "joins"), ("r", "resets"), ("c", "compensations"), ("a", "agenda"), ("g", "collected"))
#: Before any call: replaced by the moment of the first.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


# ---------------------------------------------------------------------- saving
def save_state(instance: Instance) -> bytes:
    """Raises RuntimeError in the middle of a run, TypeError when a variable is not JSON."""
    if instance.runtime.queue:
        raise RuntimeError("There are steps to do; run them before saving.")
    saved = {
        "format": FORMAT,
        "definition": instance.definition,
        "process": instance.process.id,
        "serial": instance.runtime.serial,
        "subscriptions": instance.runtime.subscriptions.serial,
        "variables": instance.variables,
        **_save_scope(instance),
    }
    if instance.is_closed:
        saved["ended"] = 1
    try:
        return orjson.dumps(saved, option=orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS)
    except TypeError:
        # JSON that orjson does not write: whole numbers beyond 64 bits, very deep values. The leading space tells of it.
        return b" " + json.dumps(saved, separators=(",", ":")).encode()


def _save_scope(scope: ScopeLife) -> dict[str, Any]:
    saved: dict[str, Any] = {"t": [_save_token(token) for token in scope.tokens.values()]}
    for key, name in _LISTS:
        value = getattr(scope, name)
        if value:
            saved[key] = value
    if scope.subscriptions:
        saved["w"] = [_save_subscription(each) for each in scope.subscriptions]
    if scope.is_deaf:
        saved["x"] = 1
    return saved


def _save_token(token: LiveToken) -> list[Any]:
    more: dict[str, Any] = {}
    if token.marks:
        more["m"] = token.marks
    local = copy_layers(token.variables, _variables_around(token))
    if local:
        more["l"] = local
    if token.subscriptions:
        more["w"] = [_save_subscription(each) for each in token.subscriptions]
    inner = token.runtime.inner_scopes.get(token.id)
    if isinstance(inner, InnerScope):
        more["s"] = _save_inner(token, inner)
    return [token.id, token.element.name, more] if more else [token.id, token.element.name]


def _save_inner(token: LiveToken, scope: InnerScope) -> dict[str, Any]:
    saved = _save_scope(scope)
    saved["k"] = scope.kind
    if scope.kind == "call":
        saved.update(v=scope.variables, d=scope.definition, p=scope.spec.name)
    else:
        local = copy_layers(scope.variables, _body_of(token, scope.kind)[1])
        if local:
            saved["l"] = local
    return saved


def _save_subscription(subscription: OpenSubscription) -> list[Any]:
    event, match = subscription.event, subscription.match
    saved = [subscription.number, event.name, event.definitions.index(subscription.definition)]
    if match.schedule is not None:
        return [*saved, match.schedule.as_json()]
    if subscription.kind == "conditional":
        return [*saved, subscription.was_true]
    return [*saved, [match.name, match.correlation_key]]


# ---------------------------------------------------------------------- restoring
def load_state(state: bytes, host: Host) -> Instance:
    """Raises StateRefused."""
    try:
        saved = json.loads(state) if state[:1] == b" " else orjson.loads(state)
    except ValueError as fault:
        raise StateRefused(Sentence("The saved state is not JSON.")) from fault
    if not isinstance(saved, dict) or saved.get("format") != FORMAT:
        found = saved.get("format") if isinstance(saved, dict) else None
        raise StateRefused(
            Sentence("The saved state has format {found}; this release reads format {format}.", found=found, format=FORMAT)
        )
    process = host.get_model(saved["definition"]).processes.get(saved["process"])
    if process is None:
        raise StateRefused(
            Sentence(
                "Definition {definition} has no process {process}.", definition=saved["definition"], process=saved["process"]
            )
        )
    instance = Instance(process, saved["definition"], saved["variables"], host, _NEVER)
    instance.runtime.serial = saved["serial"]
    instance.runtime.subscriptions.serial = saved["subscriptions"]
    waiting: list[OpenSubscription] = []
    try:
        _load_scope(instance, saved, waiting)
    except (KeyError, IndexError) as fault:
        raise StateRefused(
            Sentence(
                "The model of definition {definition} has no element {element}; the state needs it.",
                definition=saved["definition"],
                element=str(fault),
            )
        ) from fault
    for subscription in sorted(waiting, key=lambda each: each.number):
        instance.runtime.subscriptions.add(subscription)
    if "ended" in saved:
        instance.is_closed = True
        instance.mark_over(is_success=True)
    return instance


def _load_scope(scope: ScopeLife, saved: dict[str, Any], waiting: list[OpenSubscription]) -> None:
    for key, name in _LISTS:
        if key in saved:
            setattr(scope, name, saved[key])
    scope.is_deaf = "x" in saved
    elements = scope.spec.elements
    for name in (*scope.joins, *scope.resets):
        scope.settle_later(elements[name])
    for row in saved.get("w", ()):
        waiting.append(_load_subscription(scope, "handler", elements, row))
    for row in saved["t"]:
        token = scope.restore_token(elements[row[1]], row[0], row[2].get("m", {}) if len(row) > 2 else None)
        if len(row) > 2:
            _load_more(scope, token, row[2], waiting)


def _load_more(scope: ScopeLife, token: LiveToken, more: dict[str, Any], waiting: list[OpenSubscription]) -> None:
    token.variables = with_layers(_variables_around(token), more.get("l", ()))
    for row in more.get("w", ()):
        waiting.append(_load_subscription(token, _find_catching(token, row[1]), scope.spec.elements, row))
    if "s" in more:
        _load_inner(scope, token, more["s"], waiting)


def _load_inner(outer: ScopeLife, token: LiveToken, saved: dict[str, Any], waiting: list[OpenSubscription]) -> None:
    kind = saved["k"]
    if kind == "call":
        spec = outer.runtime.host.get_model(saved["d"]).processes[saved["p"]].spec
        scope = outer.open_inner(token, spec, kind, saved["v"], saved["d"])
    else:
        body, base = _body_of(token, kind)
        scope = outer.open_inner(token, body, kind, with_layers(base, saved.get("l", ())))
    _load_scope(scope, saved, waiting)


def _load_subscription(
    subject: Waiting, catching: Catching, elements: Mapping[str, FlowNode], row: list[Any]
) -> OpenSubscription:
    number, name, index, matched = row
    event = elements[name]
    subscription = OpenSubscription(number, subject, event.definitions[index], event, catching, Match())
    match subscription.kind:
        case "timer":
            subscription.match.schedule = schedule.from_json(matched)
        case "conditional":
            subscription.was_true = matched
        case _:
            subscription.match = Match(*matched)
    return subscription


# ---------------------------------------------------------------------- where things belong
def _find_catching(token: LiveToken, element: str) -> Catching:
    if element == token.element.name:
        return "catch"
    return "boundary" if any(boundary.name == element for boundary in token.element.boundaries) else "choice"


def _variables_around(token: LiveToken) -> Variables:
    """The variables a token's own ones lie on: those of its loop, or of its scope."""
    holder = token.marks.get("holder")
    return token.scope.variables if holder is None else token.scope.tokens[holder].variables


def _body_of(token: LiveToken, kind: str) -> tuple[ProcessBody, Variables]:
    """The inside of what the token opened, and the variables its own ones lie on.

    A thrown compensation works in the scope around the thrower; all others inside of the token's own element.
    """
    if kind == "compensation" and not {"record", "cancelled"} & token.marks.keys():
        scope = token.scope
        while scope.kind == "eventSubProcess" and scope.owner is not None:
            scope = scope.owner.scope
        return scope.spec, scope.variables
    return token.element.body, token.variables
