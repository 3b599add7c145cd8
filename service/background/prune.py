"""Forgets what is over: sessions, tokens, failed sign-ins, kept answers, deliveries, notifications, expired messages."""

from __future__ import annotations

from datetime import timedelta

from engine.facts.actor import SYSTEM
from engine.operating import housekeeping
from service.identity.sign_in import REMEMBERED
from service.parts import Parts
from service.store import api_tokens, idempotency_keys, notifications, sessions, sign_in_attempts, webhook_deliveries

#: A request is repeated within a day, if at all.
ANSWERS_KEPT = timedelta(days=1)
NOTIFICATIONS_KEPT = timedelta(days=90)


def run_once(parts: Parts) -> int:
    """The number of rows removed."""
    settings = parts.settings
    with parts.begin(SYSTEM) as work:
        now = work.now
        return sum(
            (
                sessions.remove_old(work, idle_since=now - timedelta(minutes=settings.session_idle_minutes)),
                api_tokens.remove_old(work),
                sign_in_attempts.remove_old(work, now - REMEMBERED),
                idempotency_keys.remove_old(work, now - ANSWERS_KEPT),
                webhook_deliveries.remove_old(work, now - timedelta(days=settings.webhook_days)),
                notifications.remove_old(work, now - NOTIFICATIONS_KEPT),
                housekeeping.tidy(work),
            )
        )
