"""A process instance in memory: its scopes and tokens, what it waits for, and the queue of steps that drives it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.bpmn.errors import ElementFailed, LimitPassed
from engine.bpmn.expressions import Environment, Expression, as_text
from engine.bpmn.firing import fire
from engine.bpmn.host import Host
from engine.bpmn.interruption import drop_all
from engine.bpmn.limits import MAX_STEPS
from engine.bpmn.scopes import Kind, Scope, ScopeLife
from engine.bpmn.subscriptions import Subscription, Subscriptions
from engine.bpmn.substrate import FeelScriptEngine, SpiffInstance
from engine.bpmn.variables import Variables
from engine.facts.events import Event, ProcessInstanceEnded

if TYPE_CHECKING:
    from engine.bpmn.elements.gateways.inclusive import InclusiveGateway
    from engine.bpmn.model import Process
    from engine.bpmn.process_spec import ProcessSpec
    from engine.bpmn.tokens import Token

#: A step: what to do, and the token or scope it is done to. One whose subject is gone meanwhile is left out.
Step = tuple[Callable[[Any], Any], Any]


class Instance(ScopeLife, SpiffInstance):
    """The outermost scope. `events` collects what happens; `now` is the moment of the running call."""

    def __init__(self, process: Process, definition: str, variables: Variables, host: Host, now: datetime) -> None:
        super().__init__(process.spec, FeelScriptEngine(self))
        self.instance = self
        self.process = process
        self.host = host
        self.call_depth = 0
        self.serial = 0
        self.live: dict[int, Token] = {}
        self.queue: deque[Step] = deque()
        self.all_subscriptions = Subscriptions(self)
        self.waiting_joins: dict[tuple[int, str], tuple[Scope, InclusiveGateway]] = {}
        self.events: list[Event] = []
        self.steps = 0
        self.current: Token | Scope | Subscription = self.scope
        self.was_terminated = False
        self.last_completed: tuple[int, str, str] = (0, "", definition)
        self.environment = Environment(host.functions, now, host.zone)
        self.begin_life("process", None, variables, definition)

    @property
    def now(self) -> datetime:
        return self.environment.now

    @now.setter
    def now(self, moment: datetime) -> None:
        self.environment.now = moment

    # ------------------------------------------------------------------ one call from outside
    def begin_call(self, now: datetime, subject: Token | Scope | None) -> None:
        """`subject` is what the call is about: a failure before the first step is told of it."""
        self.now = now
        self.steps = 0
        self.current = subject or self.scope

    def take_events(self) -> list[Event]:
        """What has happened since the last call, once."""
        events, self.events = self.events, []
        return events

    # ------------------------------------------------------------------ steps
    def run(self) -> None:
        """Steps until every path waits or the instance has ended."""
        while True:
            while self.queue:
                self._check_conditions()
                step, subject = self.queue.popleft()
                self._count_step()
                if subject.is_live:
                    self.current = subject
                    step(subject)
            self._check_conditions()
            if not self.queue:
                self._settle_joins()
            if not self.queue:
                break
        self._refuse_deadlock()

    def _count_step(self) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise LimitPassed("MAX_STEPS", MAX_STEPS, "The process instance does not come to rest, it seems to run in a circle")

    def _check_conditions(self) -> None:
        """Conditional events happen when their condition becomes true."""
        conditions = self.all_subscriptions.conditions
        for subscription in list(conditions.values()) if conditions else ():
            if not subscription.is_open:
                continue
            self.current = subscription
            was_true, subscription.was_true = (
                subscription.was_true,
                subscription.definition.is_true(subscription.subject.variables, self),
            )
            if subscription.was_true and not was_true:
                self._count_step()
                fire(self, subscription)

    def _settle_joins(self) -> None:
        """Nothing else moves: inclusive joins that no further token can reach go on."""
        for key, (scope, gateway) in sorted(self.waiting_joins.items(), key=lambda item: item[0]):
            if scope.is_closed or gateway.settle(scope):
                del self.waiting_joins[key]

    def _refuse_deadlock(self) -> None:
        """A scope in which tokens wait for others that can never come would wait for ever without anybody seeing it.

        Event sub-processes bring no token into the flow around them, whether they listen or are active.
        """
        for scope in (self.scope, *self.inner_scopes.values()):
            if not scope.joins or any("handler" not in token.marks for token in scope.tasks.values()):
                continue
            name, counts = next(iter(scope.joins.items()))
            self.current = scope
            raise ElementFailed(scope.spec.elements[name].deadlock(counts), name)

    # ------------------------------------------------------------------ expressions
    def evaluate(self, expression: Expression, variables: Variables, **more: Any) -> Any:
        return expression.evaluate(variables, self.environment, more)

    def holds(self, expression: Expression, variables: Variables, **more: Any) -> bool:
        """The value of a condition; ElementFailed when it is neither true nor false."""
        return expression.holds(variables, self.environment, more)

    # ------------------------------------------------------------------ beginning and ending
    def open_scope(self, owner: Token, spec: ProcessSpec, kind: Kind, variables: Variables, definition: str) -> Scope:
        return Scope(spec, kind, owner, variables, definition)

    def conclude(self) -> None:
        """Nothing is left to do."""
        self.mark_over(is_success=True)
        outcome = "terminated" if self.was_terminated else "completed"
        self.events.append(ProcessInstanceEnded(*self.last_completed, outcome))  # type: ignore[arg-type]

    def abort(self, token: Token, code: str | None) -> None:
        """An error that nothing in the model catches ends the instance."""
        self._end_at_once("process ended")
        self.events.append(ProcessInstanceEnded(*token.origin, "error", code))

    def cancel_all(self) -> None:
        self._end_at_once("cancelled")
        self.events.append(ProcessInstanceEnded(0, self.spec.name, self.definition, "cancelled"))

    def _end_at_once(self, reason: Any) -> None:
        drop_all(self.scope, reason)
        self.queue.clear()
        self.agenda = []
        self.close()
        self.mark_over(is_success=False)

    def title(self) -> str:
        """The title of the process instance as its variables are now; empty when the model has none."""
        title = self.process.title
        return "" if title is None else title.text(self.variables, self.environment)

    def business_key(self) -> str | None:
        """What the model says people call this case, as its variables are now."""
        key = self.process.business_key
        return None if key is None else as_text(key.evaluate(self.variables, self.environment))
