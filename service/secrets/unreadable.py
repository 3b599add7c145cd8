"""What was encrypted under a secret key that this process does not have. Found out when it starts: the first to notice would be a
connector in the middle of a case.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine import access
from engine.facts.sentences import Sentence
from engine.store.unit_of_work import UnitOfWork
from service.encryption import SecretBox
from service.secrets import keeping
from service.store import secrets, webhook_endpoints
from service.webhooks import endpoints

#: As many are named.
_NAMED = 5


def unreadable(work: UnitOfWork, box: SecretBox) -> Sequence[str]:
    """Names of secrets, and `webhook-endpoint/NAME` of those of webhook endpoints."""
    access.right(work, "administer", to=Sentence("see which secrets there are"))
    kept = [each.name for each in secrets.kept(work) if not box.is_readable(each.value, keeping.place(each))]
    signed = [each for each in webhook_endpoints.all_(work) if not box.is_readable(each.secret, endpoints.place(each.id))]
    return [*kept, *(f"webhook-endpoint/{each.name}" for each in signed)]


def told(names: Sequence[str]) -> Sentence:
    """One sentence about all of them."""
    return Sentence(
        "{count} {count:secret|secrets} cannot be read ({names}): {count:it was|they were} encrypted under another "
        "LIUZHUAN_SECRET_KEY, or {count:its row was|their rows were} changed by hand (`liuzhuan audit` tells). "
        "Give every process the key from before as LIUZHUAN_PREVIOUS_SECRET_KEY, restart, and run "
        "`liuzhuan secrets rotate`; where it is lost, set {count:it|them} again. Until then connectors that use {count:it|them} "
        "stop with an incident, and deliveries of webhooks whose secret is among them are refused.",
        count=len(names),
        names=", ".join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])]),
    )
