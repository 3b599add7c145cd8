"""From a delivery to what the engine is told: FEEL over `body`, `headers` and `query`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine import feel
from engine.facts.errors import Invalid, Problem
from engine.facts.sentences import Sentence
from engine.facts.values import fault_of_text
from service.store.webhook_endpoints import WebhookEndpoint
from service.webhooks.signatures import EVENT_ID_HEADERS

#: The columns of an endpoint that hold FEEL, and the names such an expression sees.
EXPRESSIONS = ("variables", "business_key", "correlation_key", "event_id")
NAMES = ("body", "headers", "query")
LONGEST_KEY = 200

#: What the expressions of a key are for.
KEYS = {
    "business_key": Sentence("business key"),
    "correlation_key": Sentence("correlation key"),
    "event_id": Sentence("event id"),
}


class MappingFailed(Invalid):
    """The delivery does not fit the endpoint '{name}': {why}."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a delivery says once the expressions have read it. `event_id` is empty when nothing names the event."""

    variables: Mapping[str, Any]
    business_key: str | None
    correlation_key: str | None
    event_id: str


def without_equals_sign(text: str) -> str:
    """As it is kept: in models an expression begins with `=`, so people write it here too."""
    return text.strip().removeprefix("=").strip()


def problems(expressions: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong with the expressions of an endpoint, by column."""
    for column, text in expressions.items():
        if text:
            try:
                compiled = feel.compile_expression(text, NAMES)
            except feel.FeelSyntaxError as error:
                yield Problem("feel", error.sentence, where=column, fix=error.hint)
                continue
            fault = feel.fault_of(compiled.calls)
            if fault is not None:
                yield Problem("feel", fault, where=column)


def meant(endpoint: WebhookEndpoint, body: Any, headers: Mapping[str, str], query: Mapping[str, str], now: datetime) -> Meant:
    """Raises MappingFailed when an expression gives something of the wrong kind."""
    try:
        scope = {"body": feel.from_json(body), "headers": dict(headers), "query": dict(query)}
    except feel.FeelBudgetExceeded as error:
        raise MappingFailed(name=endpoint.name, why=error.sentence) from None
    variables = _value(endpoint, "variables", scope, now)
    if variables is None:
        variables = {}
    if not isinstance(variables, dict):
        raise MappingFailed(
            name=endpoint.name, why=Sentence("the expression for the variables gives no context such as {{a: body.a}}.")
        )
    return Meant(
        variables,
        _key(endpoint, "business_key", scope, now),
        _key(endpoint, "correlation_key", scope, now),
        _key(endpoint, "event_id", scope, now) or _event_id(endpoint, headers),
    )


def _event_id(endpoint: WebhookEndpoint, headers: Mapping[str, str]) -> str:
    """As the style sends it. Cut to a shorter one it could be that of another event."""
    name = EVENT_ID_HEADERS.get(endpoint.style, "")
    id = headers.get(name, "")
    if len(id) > LONGEST_KEY:
        why = Sentence("the header {header} has more than {limit} characters.", header=name, limit=LONGEST_KEY)
        raise MappingFailed(name=endpoint.name, why=why)
    return id


def _key(endpoint: WebhookEndpoint, column: str, scope: Mapping[str, Any], now: datetime) -> str | None:
    value = _value(endpoint, column, scope, now)
    if value is None:
        return None
    if isinstance(value, bool | list | dict) or len(str(value)) > LONGEST_KEY:
        why = Sentence("the expression for {value} gives neither a short text nor a number.", value=KEYS[column])
        raise MappingFailed(name=endpoint.name, why=why)
    fault = fault_of_text(str(value), KEYS[column])
    if fault is not None:
        raise MappingFailed(name=endpoint.name, why=fault)
    return str(value)


def _value(endpoint: WebhookEndpoint, column: str, scope: Mapping[str, Any], now: datetime) -> Any:
    text: str = getattr(endpoint, column)
    if not text:
        return None
    try:
        return feel.to_json(feel.compile_expression(text, NAMES).evaluate(scope, now=now))
    except (feel.FeelSyntaxError, feel.FeelBudgetExceeded) as error:
        raise MappingFailed(name=endpoint.name, why=error.sentence) from None
