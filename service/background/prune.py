"""Forgets what is over: sessions, tokens, failed sign-ins, kept answers, deliveries, notifications, expired messages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from engine.facts.actor import SYSTEM
from engine.facts.errors import Unavailable
from engine.operating import housekeeping
from engine.store.unit_of_work import UnitOfWork
from service.identity.sign_in import NETWORKS_REMEMBERED, REMEMBERED
from service.parts import Parts
from service.settings import Settings
from service.store import api_tokens, idempotency_keys, notifications, sessions, sign_in_attempts, webhook_deliveries

log = logging.getLogger(__name__)

#: A request is repeated within a day, if at all.
ANSWERS_KEPT = timedelta(days=1)
NOTIFICATIONS_KEPT = timedelta(days=90)


def run_once(parts: Parts) -> int:
    """The number of rows removed. Each kind in a transaction of its own: what cannot be removed keeps nothing else from going."""
    removed = 0
    for name, remove in _KINDS.items():
        try:
            with parts.begin(SYSTEM) as work:
                removed += remove(work, parts.settings)
        except Unavailable:
            raise
        except Exception:
            log.exception("old rows could not be removed", extra={"kind": name})
    return removed


def _tidy(kind: str, work: UnitOfWork, settings: Settings) -> int:
    return housekeeping.tidy(work, kind)


_KINDS: Mapping[str, Callable[[UnitOfWork, Settings], int]] = {
    "sessions": lambda work, settings: sessions.remove_old(
        work, idle_since=work.now - timedelta(minutes=settings.session_idle_minutes)
    ),
    "tokens": lambda work, settings: api_tokens.remove_old(work),
    "sign_in_attempts": lambda work, settings: sign_in_attempts.remove_old(
        work, work.now - REMEMBERED, known_before=work.now - NETWORKS_REMEMBERED
    ),
    "answers": lambda work, settings: idempotency_keys.remove_old(work, work.now - ANSWERS_KEPT),
    "webhook_deliveries": lambda work, settings: webhook_deliveries.remove_old(
        work, work.now - timedelta(days=settings.webhook_days)
    ),
    "notifications": lambda work, settings: notifications.remove_old(work, work.now - NOTIFICATIONS_KEPT),
    **{kind: partial(_tidy, kind) for kind in housekeeping.KINDS},
}
