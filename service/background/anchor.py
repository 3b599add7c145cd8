"""Makes an anchor each day: one digest over all that was written until then."""

from __future__ import annotations

import logging

from engine.facts.actor import SYSTEM
from engine.operating import anchors
from engine.operating.anchors import Anchor
from engine.store.unit_of_work import Begin
from service.anchor_keys import signer
from service.identity import altered
from service.parts import Parts

log = logging.getLogger(__name__)


def run_once(parts: Parts) -> int:
    """How many process instances from before there were chains have got theirs, or whether an anchor was made."""
    begin = parts.opener()
    with begin(SYSTEM) as work:
        if not anchors.is_due(work):
            return 0
    return _chain_some(begin) or int(_made(parts, begin, only_if_due=True) is not None)


def make_now(parts: Parts) -> Anchor:
    """An anchor over what is there now, due or not."""
    begin = parts.opener()
    while _chain_some(begin):
        pass
    made = _made(parts, begin, only_if_due=False)
    if made is None:
        raise RuntimeError("An anchor that is asked for is made.")
    return made


def _chain_some(begin: Begin) -> int:
    """Gives some process instances from before there were chains theirs, each in a transaction of its own. Answers how many."""
    with begin(SYSTEM) as work:
        old = anchors.unchained(work)
    for id in old:
        with begin(SYSTEM) as work:
            anchors.chain_old(work, id)
    return len(old)


def _made(parts: Parts, begin: Begin, *, only_if_due: bool) -> Anchor | None:
    """It is told in the log, too: who keeps that elsewhere has the digest."""
    with begin(SYSTEM) as work:
        altered.seal_first(work)
    with begin(SYSTEM) as work:
        made = anchors.make(work, signer(parts.settings.anchor_key), only_if_due=only_if_due)
    if made is not None:
        log.info("an anchor was made", extra={"anchor": made.number, "count": made.count, "digest": made.digest.hex()})
    return made
