"""Imports the file of every table, so that `metadata` is complete; migrations and their tests read it here."""

from __future__ import annotations

from service.store import (
    api_tokens,
    background_ticks,
    idempotency_keys,
    notifications,
    organisation,
    sessions,
    sign_in_attempts,
    webhook_deliveries,
    webhook_endpoints,
)
from service.store.schema import metadata

FILES = (
    *(api_tokens, background_ticks, idempotency_keys, notifications, organisation),
    *(sessions, sign_in_attempts, webhook_deliveries, webhook_endpoints),
)

__all__ = ["FILES", "metadata"]
