"""Which tables of the service have a seal of their own, in words for people."""

from __future__ import annotations

from collections.abc import Mapping

from engine.facts.sentences import Sentence
from service.store import api_tokens, secrets, webhook_endpoints
from service.store.seals import Sealed

KINDS: Mapping[Sealed, Sentence] = {
    api_tokens.SEALED: Sentence("API tokens"),
    webhook_endpoints.SEALED: Sentence("Webhook endpoints"),
    secrets.SEALED: Sentence("Secrets of connectors"),
}
