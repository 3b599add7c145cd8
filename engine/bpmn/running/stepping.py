"""The queue of steps that drives a process instance until every path waits."""

from __future__ import annotations

from engine.bpmn.errors import ElementFailed
from engine.bpmn.running.firing import fire
from engine.bpmn.running.runtime import Runtime
from engine.bpmn.running.scopes import ScopeLife


def run(runtime: Runtime, outermost: ScopeLife) -> None:
    """Steps until every path waits or the instance has ended."""
    queue = runtime.queue
    while True:
        while queue:
            _check_conditions(runtime)
            step, subject = queue.popleft()
            runtime.count_step()
            if subject.is_live:
                runtime.current = subject
                step(subject)
        _check_conditions(runtime)
        if not queue:
            _settle_joins(runtime)
        if not queue:
            break
    _refuse_deadlock(runtime, outermost)


def _check_conditions(runtime: Runtime) -> None:
    """Conditional events happen when their condition becomes true."""
    conditions = runtime.subscriptions.conditions
    if conditions:
        runtime.look_at_clock()
    for subscription in list(conditions.values()) if conditions else ():
        if not subscription.is_open:
            continue
        runtime.current = subscription
        was_true = subscription.was_true
        subscription.was_true = subscription.definition.is_true(subscription.subject.variables, runtime.environment)
        if subscription.was_true and not was_true:
            runtime.count_step()
            fire(runtime.subscriptions, subscription)


def _settle_joins(runtime: Runtime) -> None:
    """Nothing else moves: inclusive joins that no further token can reach go on."""
    for key, (scope, gateway) in sorted(runtime.waiting_joins.items(), key=lambda item: item[0]):
        if not scope.is_live or gateway.settle(scope):
            del runtime.waiting_joins[key]


def _refuse_deadlock(runtime: Runtime, outermost: ScopeLife) -> None:
    """A scope in which tokens wait for others that can never come would wait for ever without anybody seeing it.

    Event sub-processes bring no token into the flow around them, whether they listen or are active.
    """
    for scope in (outermost, *runtime.inner_scopes.values()):
        if not scope.joins or any("handler" not in token.marks for token in scope.tokens.values()):
            continue
        name, counts = next(iter(scope.joins.items()))
        runtime.current = scope
        raise ElementFailed(scope.spec.elements[name].deadlock_sentence(counts), name)
