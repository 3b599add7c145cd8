"""Moving by hand: whoever repairs a process instance takes tokens away and puts new ones elsewhere, all in one step.

Everything that would leave the instance in a state the model cannot have is refused. A new token begins before an element, after
it (by the sequence flows it would leave by now) or on one sequence flow; sub-processes around it are opened when they are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NoReturn

from engine.bpmn.contract import FlowNode, ProcessBody, Scope, SequenceFlow, Token
from engine.bpmn.elements.events.boundary import BoundaryEvent
from engine.bpmn.elements.gateways.event_based import EventBasedGateway
from engine.bpmn.elements.gateways.inclusive import InclusiveGateway
from engine.bpmn.elements.gateways.parallel import ParallelGateway
from engine.bpmn.elements.subprocesses.call_activity import CallActivity
from engine.bpmn.elements.subprocesses.event_sub_process import EventSubProcess
from engine.bpmn.elements.subprocesses.sub_process import SubProcess
from engine.bpmn.elements.tasks.activity import Activity
from engine.bpmn.errors import MoveRefused
from engine.bpmn.running.instance import Instance
from engine.bpmn.running.tokens import LiveToken
from engine.facts.sentences import Sentence

MovePlace = Literal["before", "after", "on"]


@dataclass(frozen=True, slots=True)
class MoveTarget:
    """Where a new token begins: `before` or `after` a flow node, or `on` a sequence flow, by its id.

    `scope` is the token of a sub-process or call activity around it, needed when the same element lies in several that are open.
    """

    element: str
    place: MovePlace = "before"
    scope: int | None = None


def move_tokens(instance: Instance, cancel: Sequence[int | str], start: Sequence[MoveTarget]) -> None:
    """Takes away the tokens with these numbers, and all at these elements; begins at the targets. Raises MoveRefused."""
    if not cancel and not start:
        _refuse(Sentence("it says neither what to cancel nor where to start."))
    tokens = [token for each in cancel for token in _find_tokens(instance, each)]
    joins = [(scope, each) for each in cancel if isinstance(each, str) for scope in instance.scopes if each in scope.joins]
    left = [*(token.scope for token in tokens), *(scope for scope, _ in joins)]
    for token in tokens:
        token.drop("cancelled")
    for scope, element in joins:
        scope.joins.pop(element, None)
        scope.resets.pop(element, None)
    for target in start:
        _begin_at(instance, target)
    for scope in left:
        _drop_if_empty(scope)
    if not instance.tokens and not instance.joins:
        _refuse(Sentence("nothing would be left to do. Cancel the process instance instead."))


def _refuse(why: Sentence) -> NoReturn:
    raise MoveRefused(why=why)


# ---------------------------------------------------------------------- taking away
def _find_tokens(instance: Instance, meant: int | str) -> list[Token]:
    if isinstance(meant, int):
        found = [instance.live[meant]] if meant in instance.live else []
    else:
        found = [token for token in instance.live.values() if token.element.name == meant and "holder" not in token.marks]
    if not found and not any(meant in scope.joins for scope in instance.scopes):
        _refuse(Sentence("nothing is at {place}. Reload and look where the process instance is now.", place=meant))
    for token in found:
        _check_cancelled(instance, token)
    return found


def _check_cancelled(instance: Instance, token: Token) -> None:
    element = token.element.name
    if "holder" in token.marks:
        _refuse(
            Sentence(
                "token {token} is one instance of the multi-instance or loop {element}. Cancel {element} as a whole.",
                token=token.id,
                element=element,
            )
        )
    inner = instance.runtime.inner_scopes.get(token.id)
    if _is_compensating(token.scope) or "compensating" in token.marks or (inner is not None and inner.kind == "compensation"):
        _refuse(Sentence("{element} takes part in a compensation. Let it come to its end first.", element=element))


def _is_compensating(scope: Scope) -> bool:
    around: Scope | None = scope
    while around is not None and around.kind != "compensation":
        around = around.owner.scope if around.owner else None
    return around is not None


def _drop_if_empty(scope: Scope) -> None:
    """A sub-process from which everything was taken away is not completed but cancelled, and so is what is around it."""
    while scope.owner is not None and scope.is_live and not scope.tokens and not scope.joins:
        owner = scope.owner
        if scope.agenda:
            scope.finish_soon()
            return
        if "holder" in owner.marks:
            name = owner.element.name
            _refuse(
                Sentence(
                    "nothing would be left in one instance of the multi-instance or loop {name}. Cancel {name} as a whole.",
                    name=name,
                )
            )
        owner.drop("cancelled")
        scope = owner.scope


# ---------------------------------------------------------------------- finding the place
def _begin_at(instance: Instance, target: MoveTarget) -> None:
    places = [
        place for root in instance.scopes if root.kind in ("process", "call") for place in _find_places(instance, root, target)
    ]
    if not places:
        what = Sentence("sequence flow") if target.place == "on" else Sentence("element")
        _refuse(Sentence("the process has no {what} {element}, or it is not open now.", what=what, element=target.element))
    meant = [place for place in places if target.scope is None or target.scope in _owners_around(place[0])]
    if len(meant) != 1:
        scopes = ", ".join(str(scope.owner_id) for scope, _, _ in places)
        _refuse(
            Sentence(
                "{element} lies in {count} open scopes. Name one by its token: {scopes}.",
                element=target.element,
                count=len(places),
                scopes=scopes,
            )
        )
    scope, closed, found = meant[0]
    for sub_process in closed:
        scope = _open_empty(scope, sub_process)
    _listen_again(scope)
    if isinstance(found, SequenceFlow):
        scope.spawn(found.target, via=found.id)
    elif target.place == "after":
        _begin_after(instance, scope, found)
    else:
        _begin_before(scope, found)


def _find_places(
    instance: Instance, root: Scope, target: MoveTarget
) -> Iterator[tuple[Scope, list[SubProcess], FlowNode | SequenceFlow]]:
    """The innermost open scopes around the target, with the sub-processes that would have to be opened in them."""
    found = _find_target(root.spec, target)
    if found is not None and not _is_compensating(root):
        around, element = found
        yield from ((scope, closed, element) for scope, closed in _find_open_scopes(instance, root, around))


def _find_target(spec: ProcessBody, target: MoveTarget) -> tuple[list[SubProcess], FlowNode | SequenceFlow] | None:
    """The target, with the sub-processes around it, outermost first."""
    for element in spec.elements.values():
        candidates = element.flows if target.place == "on" else (element,)
        for candidate in candidates:
            if target.element == (candidate.id if isinstance(candidate, SequenceFlow) else candidate.name):
                return [], candidate
        if isinstance(element, SubProcess) and not isinstance(element, CallActivity):
            inside = _find_target(element.body, target)
            if inside is not None:
                return [element, *inside[0]], inside[1]
    return None


def _find_open_scopes(instance: Instance, scope: Scope, around: list[SubProcess]) -> Iterator[tuple[Scope, list[SubProcess]]]:
    open_scopes = instance.runtime.inner_scopes
    inner = [
        open_scopes[token.id]
        for token in scope.tokens.values()
        if around and token.element is around[0] and token.id in open_scopes
    ]
    if not inner:
        yield scope, around
    for each in inner:
        if each.kind != "compensation":
            yield from _find_open_scopes(instance, each, around[1:])


def _owners_around(scope: Scope | None) -> set[int]:
    found = set()
    while scope is not None:
        found.add(scope.owner_id)
        scope = scope.owner.scope if scope.owner else None
    return found


# ---------------------------------------------------------------------- beginning
def _open_empty(scope: Scope, sub_process: SubProcess) -> Scope:
    name = sub_process.name
    if isinstance(sub_process, EventSubProcess):
        _refuse(Sentence("event sub-process {name} has not begun, and only its event begins it.", name=name))
    if sub_process.loop is not None:
        _refuse(Sentence("{name} is a multi-instance or loop that is not active. Start before {name}.", name=name))
    if sub_process.is_for_compensation:
        _refuse(Sentence("{name} undoes another activity. Only a compensation begins it.", name=name))
    _listen_again(scope)
    return sub_process.open_empty(scope)


def _listen_again(scope: Scope) -> None:
    """A scope that an event sub-process has interrupted goes on only without that."""
    if not scope.is_deaf:
        return
    handler = next((token.element.name for token in scope.tokens.values() if "handler" in token.marks), None)
    if handler is not None:
        _refuse(
            Sentence(
                "event sub-process {handler} has interrupted what is around the target. Cancel {handler} too.", handler=handler
            )
        )
    scope.is_deaf = False
    scope.listen()


def _begin_before(scope: Scope, element: FlowNode) -> None:
    name = element.name
    if isinstance(element, BoundaryEvent):
        _refuse(Sentence("boundary event {name} happens to its activity. Start after {name}, or before the activity.", name=name))
    if isinstance(element, EventSubProcess):
        _refuse(Sentence("event sub-process {name} begins by its event only.", name=name))
    if isinstance(element, Activity) and element.is_for_compensation:
        _refuse(Sentence("{name} undoes another activity. Only a compensation begins it.", name=name))
    if isinstance(element, ParallelGateway | InclusiveGateway) and len(element.incoming) > 1:
        flows = ", ".join(flow.id for flow in element.incoming)
        _refuse(Sentence("{name} joins several sequence flows. Start on one of them: {flows}.", name=name, flows=flows))
    scope.spawn(element, {"moved": True} if isinstance(element, Activity) and element.start_quantity > 1 else None)


def _begin_after(instance: Instance, scope: Scope, element: FlowNode) -> None:
    name = element.name
    if isinstance(element, EventBasedGateway):
        _refuse(Sentence("which event has happened after {name} is not known. Start before one of its events.", name=name))
    if not element.flows:
        _refuse(Sentence("nothing follows {name}.", name=name))
    passed = LiveToken(scope, instance.runtime, element)
    instance.runtime.current = passed
    flows = element.flows if element.takes_all_flows else element.choose_flows(passed)
    scope.take_out(passed)
    for flow in flows:
        scope.spawn(flow.target, via=flow.id)
