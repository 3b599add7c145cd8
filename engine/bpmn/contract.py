"""What elements, tokens and scopes know of one another. Each of their files stands on this one, so that it can be read alone.

An element is the model's and keeps no state. A token is an element while it is being done. A scope is where tokens live and share
variables; the process instance is the outermost one. What runs is in engine/bpmn/running, what the elements do in elements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from engine.bpmn.event_definitions import EventDefinition
from engine.bpmn.expressions import Environment, Expression
from engine.bpmn.scope_kinds import Catching, CompensationRecord, ScopeKind
from engine.bpmn.services import Services
from engine.bpmn.variables import Variables
from engine.facts.events import Event, Reason
from engine.facts.sentences import Sentence


@dataclass(slots=True, eq=False)
class SequenceFlow:
    """From one element to the next; `condition` None: always. A pair of link events is a flow that is not drawn."""

    id: str
    source: FlowNode
    target: FlowNode
    condition: Expression | None = None
    is_drawn: bool = True


class FlowNode:
    """An element of a process, by its id `name`. The answers here are those of one at which nothing special happens."""

    #: The tag in BPMN's schema.
    kind: str = ""
    is_interrupting = True
    is_parallel_multiple = False
    takes_all_flows = True
    name: str
    flows: list[SequenceFlow]
    incoming: list[SequenceFlow]
    #: Taken when no condition is true.
    default: SequenceFlow | None
    boundaries: list[FlowNode]
    definitions: list[EventDefinition]
    #: The inside, of a sub-process.
    body: ProcessBody

    def prepare(self) -> None:
        """Called once when the whole model is read."""

    # ------------------------------------------------------------------ asked
    def kind_of(self, token: Token) -> str:
        """The kind events name; a loop around an activity has its own."""
        return self.kind

    def choose_flows(self, token: Token) -> Sequence[SequenceFlow]:
        """The sequence flows by which the token leaves, as its variables are now."""
        return self.flows

    def waiting_state_of(self, token: Token) -> int:
        """The state of a token that waits here, as SpiffWorkflow names states."""
        raise NotImplementedError

    def holder_of(self, token: Token) -> Token:
        """The token of the activity: of its loop, when `token` is one instance of it."""
        return token

    def instances_of(self, token: Token) -> Sequence[Token]:
        """The instances that a loop's token owns."""
        return ()

    def opening_event(self, token: Token) -> Event | None:
        """The event that told that this token waits for somebody outside, once more."""
        return None

    def deadlock_sentence(self, counts: Mapping[str, int]) -> Sentence:
        """What to say when tokens are kept back here for ever; the counts are by sequence flow."""
        raise NotImplementedError

    # ------------------------------------------------------------------ told
    def finish(self, token: Token) -> None:
        """What it waited for has happened; the values that came with it are taken over."""
        raise NotImplementedError

    def on_caught(self, token: Token, event: FlowNode, submitted: Mapping[str, Any] | None, *, is_over: bool) -> None:
        """What the token waited for has happened at `event`: here, or behind an event-based gateway. Not over: it will again."""
        raise NotImplementedError

    def on_scope_done(self, token: Token, scope: Scope) -> None:
        """The scope that the token opened has ended."""
        token.complete()

    def on_cancelled(self, token: Token, reason: Reason) -> None:
        """The token is taken away before the element was done."""

    def settle(self, scope: Scope) -> bool:
        """Nothing else moves: goes on with the tokens kept back here if no further one can come. False: waits on."""
        return True

    def compensate(self, scope: Scope, record: CompensationRecord) -> None:
        """Undoes the activity, in a compensation scope."""
        raise NotImplementedError


class ProcessBody(Protocol):
    """The inside of a process or sub-process, as the model has it."""

    #: By id.
    elements: dict[str, FlowNode]
    #: Event sub-processes.
    handlers: list[FlowNode]
    #: Names of data objects and properties: local variables of the scope.
    local_names: list[str]

    def predecessors(self) -> dict[FlowNode, list[FlowNode]]:
        """For each element those a token can come from: by sequence flows, by links, from the activity of a boundary event."""


class Token(Protocol):
    """One element instance, numbered in its process instance."""

    id: int
    element: FlowNode
    scope: Scope
    #: Token, element and definition, as every event names them.
    origin: tuple[int, str, str]
    #: The id of the sequence flow it came by.
    via: str | None
    #: Values that came from outside and are not yet taken over; nothing is ever saved while there are any.
    submitted: Mapping[str, Any] | None
    #: What its element remembers, as JSON.
    marks: dict[str, Any]

    @property
    def is_live(self) -> bool: ...
    @property
    def variables(self) -> Variables: ...
    @property
    def environment(self) -> Environment: ...
    @property
    def services(self) -> Services: ...
    @property
    def collected(self) -> dict[str, list[int]]:
        """The events that parallel multiple events of this element have so far, by element id."""

    # ------------------------------------------------------------------ what it tells and what it waits for
    def announce(self, event: Event) -> None:
        """Tells the outside what has happened."""

    def announce_completed(self, kind: str, flows: tuple[str, ...]) -> None:
        """The element is done and these sequence flows are taken."""

    def wait_for(self, definition: EventDefinition, event: FlowNode, catching: Catching) -> None:
        """Begins to wait for an event: the element's own, a boundary event, one behind an event-based gateway."""

    def stop_waiting(self) -> None:
        """Waits for none of its events any longer."""

    # ------------------------------------------------------------------ how it goes on
    def run_soon(self) -> None:
        """Enters its element when its turn comes."""

    def finish_soon(self) -> None:
        """Tells its element, when its turn comes, that what it waited for has happened."""

    def complete(self) -> None:
        """The element is done: it is left, and the token is no more."""

    def follow(self, flow: SequenceFlow) -> Token:
        """The next token, by this sequence flow; it arrives when this one has completed."""

    def drop(self, reason: Reason) -> None:
        """Takes it away with everything it owns: subscriptions, its inner scope, the instances of its loop."""

    def take_submitted(self) -> Mapping[str, Any]:
        """What came from outside, once."""

    def add_layer(self, local: Mapping[str, Any]) -> None:
        """From now on these names are the element instance's own."""


class Scope(Protocol):
    """Where tokens live and variables are shared: the process instance, an open sub-process, call or compensation."""

    kind: ScopeKind
    #: The id of the process definition whose model this is.
    definition: str
    variables: Variables
    #: The token that opened it; None for the process instance.
    owner: Token | None
    #: For each element that waits for more tokens, those that came by each sequence flow.
    joins: dict[str, dict[str, int]]
    #: Complex gateways between their activation and their reset.
    resets: dict[str, list[str]]
    #: The completed activities that can be compensated, oldest first.
    compensations: list[CompensationRecord]
    #: What a sequential ad-hoc sub-process or a compensation still has to do.
    agenda: list[Any]
    #: It listens no longer for the events of its event sub-processes.
    is_deaf: bool

    @property
    def spec(self) -> ProcessBody: ...
    @property
    def tokens(self) -> Mapping[int, Token]: ...
    @property
    def is_live(self) -> bool: ...
    @property
    def owner_id(self) -> int:
        """The number of the token that opened it, 0 for the process instance."""

    @property
    def origin(self) -> tuple[int, str, str]:
        """Of the token that opened it; of the process instance: 0, the process, its definition."""

    @property
    def environment(self) -> Environment: ...

    # ------------------------------------------------------------------ tokens
    def spawn(
        self,
        element: FlowNode,
        marks: Mapping[str, Any] | None = None,
        submitted: Mapping[str, Any] | None = None,
        variables: Variables | None = None,
        via: str | None = None,
    ) -> Token:
        """A token that comes from no other one arrives; without variables of its own it sees those of the scope."""

    def spawn_joined(self, element: FlowNode) -> Token:
        """The token that those kept back at a join become: it goes on without arriving."""

    def spawn_inside(self, element: FlowNode) -> Token:
        """The token of an element that somebody enters from inside: it has entered already and waits."""

    def take_out(self, token: Token) -> None:
        """The token is no more."""

    def put_back(self, token: Token) -> None:
        """A token just taken out lives again."""

    def drop_all(self, reason: Reason, keep: Token | None = None) -> None:
        """Takes away all tokens, those kept back at joins too."""

    # ------------------------------------------------------------------ its own life
    def open_inner(self, owner: Token, spec: ProcessBody, kind: ScopeKind, variables: Variables, definition: str = "") -> Scope:
        """A scope for a token of this one; of the same definition unless another is named."""

    def open_call(self, owner: Token, key: str, binding: str, version: int | None, variables: Variables) -> Scope:
        """A scope for the process that a call activity names. ElementFailed when there is none."""

    def begin(self, elements: Sequence[FlowNode] | None = None, submitted: Mapping[str, Any] | None = None) -> None:
        """Listens for event sub-processes and puts a token on each of these elements, or on each that starts by itself."""

    def listen(self) -> None:
        """Begins to wait for the events of its event sub-processes."""

    def settle_later(self, gateway: FlowNode) -> None:
        """Asks the gateway to settle when nothing else moves."""

    def finish_soon(self) -> None:
        """Looks, when its turn comes, whether the scope has ended."""

    def interrupt(self, reason: Reason, keep: Token | None = None) -> None:
        """Everything in it ends and it listens for nothing any more."""

    def close(self) -> None:
        """The scope is no more."""

    def abort(self, token: Token, code: str | None) -> None:
        """An error of a token that nothing in the model catches ends the process instance."""
