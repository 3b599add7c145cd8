"""The entry points: start, restore, move on, save. Each call is given the moment and tells what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

from engine.bpmn import propagation
from engine.bpmn.contract import FlowNode, Token
from engine.bpmn.elements.tasks.jobs import JobElement
from engine.bpmn.elements.tasks.user_task import UserTaskElement
from engine.bpmn.errors import ElementFailed, MoveRefused, NotWaiting, StepFailed
from engine.bpmn.host import Host, Trigger
from engine.bpmn.kinds import kind_said
from engine.bpmn.model import Model
from engine.bpmn.running.firing import fire
from engine.bpmn.running.instance import Instance
from engine.bpmn.running.modification import MoveTarget, move_tokens
from engine.bpmn.running.runtime import Subject
from engine.bpmn.running.saved_state import load_state, save_state
from engine.bpmn.running.starting import begin_instance
from engine.bpmn.running.subscriptions import OpenSubscription
from engine.bpmn.variables import Variables, flatten, merge
from engine.facts.computing import one_step
from engine.facts.errors import Refusal
from engine.facts.events import Event, VariablesChanged
from engine.facts.sentences import Sentence, Spoken, either, verbatim

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """One place where the instance is.

    `state`: `waiting` for somebody or something, `active` while something goes on inside, `joining` kept back at a gateway (those
    have no number any more: token 0). `scope` is the token that opened the scope around it, 0 outside.
    """

    token: int
    element: str
    definition: str
    kind: str
    state: Literal["waiting", "active", "joining"]
    scope: int


def start(
    model: Model,
    process_id: str,
    definition_id: str,
    variables: Mapping[str, Any],
    *,
    now: datetime,
    host: Host,
    trigger: Trigger | None = None,
) -> Execution:
    """A new process instance, run until every path waits; `started` holds what happened. Raises StepFailed.

    Without a trigger it begins at the none start event; with one at the start event of that message, signal, timer or id.
    """
    process = model.processes.get(process_id)
    if process is None:
        raise StepFailed(Sentence("the model has no process {id}", id=process_id), definition=definition_id)
    initial = {**dict.fromkeys(process.spec.local_names), **variables}
    execution = Execution(Instance(process, definition_id, initial, host, now))
    execution.started = execution._advance(now, lambda instance: begin_instance(instance, trigger))
    return execution


def restore(state: bytes, *, host: Host) -> Execution:
    """The process instance as it was saved. Raises StateRefused when the state or the model behind it does not fit."""
    return Execution(load_state(state, host))


class Execution:
    """One process instance in memory. After a StepFailed it is dead: every further call raises RuntimeError."""

    def __init__(self, instance: Instance) -> None:
        #: What happened in `start`; empty after `restore`.
        self.started: list[Event] = []
        self._instance = instance
        self._is_dead = False

    # ------------------------------------------------------------------ moving on
    def complete(self, token: int, variables: Mapping[str, Any], now: datetime) -> list[Event]:
        """Somebody has done a user task."""
        return self._finish(self._get_waiting_token(token, UserTaskElement, Sentence("user task")), variables, now)

    def finish_job(self, token: int, variables: Mapping[str, Any], now: datetime) -> list[Event]:
        """A worker has done a job."""
        return self._finish(self._get_waiting_token(token, JobElement, Sentence("job")), variables, now)

    def raise_error(self, token: int, code: str, message: str, variables: Mapping[str, Any], now: datetime) -> list[Event]:
        """A worker or a person reports a BPMN error. StepFailed when nothing in the model catches it."""
        thrower = self._get_waiting_token(token, FlowNode, Sentence("element"))

        def act(instance: Instance) -> None:
            if not propagation.is_caught(thrower, "error", code):
                sentence = Sentence("BPMN error {code} was raised and nothing in the model catches it", code=code)
                raise ElementFailed(Sentence("{sentence}: {why}", sentence=sentence, why=message) if message else sentence)
            propagation.raise_error(thrower, code, message, variables)

        return self._advance(now, act, thrower, variables)

    def fire(self, subscription: int, now: datetime) -> list[Event]:
        """A timer is due."""
        timer = self._get_open_subscription(subscription, ("timer",))
        return self._advance(now, lambda instance: fire(instance.runtime.subscriptions, timer), timer.subject)

    def deliver(self, subscription: int, variables: Mapping[str, Any], now: datetime) -> list[Event]:
        """A message or signal has come for what waits for it."""
        waiting = self._get_open_subscription(subscription, ("message", "signal"))

        def act(instance: Instance) -> None:
            fire(instance.runtime.subscriptions, waiting, variables)

        return self._advance(now, act, waiting.subject, variables)

    def set_variables(self, values: Mapping[str, Any], now: datetime, token: int = 0) -> list[Event]:
        """Somebody corrects variables: those the token sees, or with token 0 those of the process."""
        self._refuse_if_over()
        subject = self._get_token(token) if token else None
        target = self._instance.variables if subject is None else subject.variables
        return self._advance(now, lambda instance: merge(target, values), subject, values)

    def move(self, cancel: Sequence[int | str], start: Sequence[MoveTarget], now: datetime) -> list[Event]:
        """Takes tokens away, by number or element, and begins others. Raises MoveRefused, after which it is dead too."""
        self._refuse_if_over()
        return self._advance(now, lambda instance: move_tokens(instance, cancel, start))

    def cancel(self, now: datetime) -> list[Event]:
        """Ends the process instance without any of its end events."""
        self._refuse_if_over()
        return self._advance(now, Instance.cancel_all)

    def _finish(self, token: Token, variables: Mapping[str, Any], now: datetime) -> list[Event]:
        def act(instance: Instance) -> None:
            token.submitted = dict(variables)
            token.finish_soon()

        return self._advance(now, act, token, variables)

    def _advance(
        self,
        now: datetime,
        act: Callable[[Instance], None],
        subject: Subject | None = None,
        values: Mapping[str, Any] | None = None,
    ) -> list[Event]:
        """Does something to `subject`, then steps until every path waits. `values` came in from outside."""
        instance = self._instance
        if self._is_dead:
            raise RuntimeError("This execution failed in an earlier call; restore the saved state instead.")
        instance.runtime.begin_call(now, subject or instance)
        if values:
            instance.runtime.announce(VariablesChanged(*instance.runtime.current.origin, dict(values)))
        try:
            with one_step():
                act(instance)
                instance.run()
        except MoveRefused:
            self._is_dead = True
            raise
        except Exception as fault:
            self._is_dead = True
            raise _as_step_failed(instance, fault) from fault
        return instance.runtime.take_events()

    # ------------------------------------------------------------------ what it is like now
    def save(self) -> bytes:
        """The whole state, compact; `restore` reads it."""
        return save_state(self._instance)

    @property
    def workflow(self) -> Instance:
        """The instance as a SpiffWorkflow workflow, for hosts written for that library."""
        return self._instance

    @property
    def is_ended(self) -> bool:
        return self._instance.is_over

    @property
    def awaits_conditions(self) -> bool:
        """Whether something goes on when variables change; nothing that `waiting` answers stands for that."""
        return bool(self._instance.runtime.subscriptions.conditions)

    @property
    def variables(self) -> Variables:
        """The variables of the process scope."""
        return self._instance.variables

    def variables_of(self, token: int) -> Variables:
        """Every variable the element instance sees."""
        return dict(flatten(self._get_token(token).variables))

    def title(self) -> str:
        """The title of the process instance as its variables are now; empty when the model has none. Raises StepFailed."""
        return self._computed(Instance.title)

    def business_key(self) -> str | None:
        """The business key the model computes from the variables as they are now; None when it has none or it is null.

        Raises StepFailed.
        """
        return self._computed(Instance.business_key)

    def _computed(self, compute: Callable[[Instance], Value]) -> Value:
        """What the process itself computes of its variables."""
        instance = self._instance
        try:
            return compute(instance)
        except ElementFailed as fault:
            raise StepFailed(fault.sentence, element=instance.spec.name, definition=instance.definition) from fault

    def waiting(self) -> list[Event]:
        """What everything open was announced by, in the order it began: user tasks, jobs, timers, subscriptions."""
        instance = self._instance
        tokens = sorted(instance.live.values(), key=lambda token: token.id)
        open_elements = (token.element.opening_event(token) for token in tokens if not _is_loop(token))
        subscriptions = (subscription.opening_event() for subscription in instance.runtime.subscriptions.open.values())
        return [event for event in (*open_elements, *subscriptions) if event is not None]

    def tokens(self) -> list[TokenFacts]:
        """Where the process instance is."""
        instance = self._instance
        found = []
        for token in sorted(instance.live.values(), key=lambda token: token.id):
            kind, is_active = token.element.kind_of(token), self._is_active(token)
            found.append(TokenFacts(*token.origin, kind, "active" if is_active else "waiting", token.scope.owner_id))
        for scope in instance.scopes:
            for name in scope.joins:
                kind = scope.spec.elements[name].kind
                found.append(TokenFacts(0, name, scope.definition, kind, "joining", scope.owner_id))
        return found

    # ------------------------------------------------------------------ finding what is meant
    def _refuse_if_over(self) -> None:
        if self._instance.is_over:
            raise NotWaiting(what=Sentence("the process instance"))

    def _get_token(self, token: int) -> Token:
        found = self._instance.live.get(token)
        if found is None:
            raise NotWaiting(what=Sentence("element instance {token}", token=token))
        return found

    def _get_waiting_token(self, token: int, kind: type[FlowNode], what: Sentence) -> Token:
        found = self._instance.live.get(token)
        if found is None or not isinstance(found.element, kind) or self._is_active(found):
            raise NotWaiting(what=Sentence("{kind} {token}", kind=what, token=token))
        return found

    def _is_active(self, token: Token) -> bool:
        """Something goes on inside of it."""
        return token.id in self._instance.runtime.inner_scopes or _is_loop(token)

    def _get_open_subscription(self, number: int, kinds: tuple[str, ...]) -> OpenSubscription:
        found = self._instance.runtime.subscriptions.open.get(number)
        if found is None or found.kind not in kinds:
            raise NotWaiting(what=Sentence("{kinds} subscription {number}", kinds=either(map(kind_said, kinds)), number=number))
        return found


def _is_loop(token: Token) -> bool:
    return token.element.kind_of(token) != token.element.kind


def _as_step_failed(instance: Instance, fault: Exception) -> StepFailed:
    """The failure at the element that was being executed."""
    token, element, definition = instance.runtime.current.origin
    if isinstance(fault, ElementFailed) and fault.element:
        token, element = 0, fault.element
    cause = fault.sentence if isinstance(fault, Spoken | Refusal) else verbatim(str(fault) or type(fault).__name__)
    return StepFailed(cause, element=element, token=token, definition=definition)
