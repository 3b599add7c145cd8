"""Every process instance went the way of its model, each element once and in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from bench.faults.judges.evidence import Evidence, Transition

APPROVED = ("start", "first", "choice", "call", "weigh", "rest", "hand-over", "second", "end")
REFUSED = ("start", "first", "choice", "refused")
ECHO = ("start", "tell", "end")


def judge(evidence: Evidence) -> Iterator[str]:
    if evidence.ledger is None:
        return
    ways: dict[UUID, tuple[str, ...]] = {
        UUID(errand.instance): REFUSED if errand.is_refused else APPROVED for errand in evidence.errands
    }
    for errand in evidence.approved:
        ways |= dict.fromkeys(evidence.echoes.get(errand.key, ()), ECHO)
    unfinished = {UUID(errand.instance): errand for errand in evidence.ledger.all() if errand.instance and not errand.is_over}
    for id, transitions in evidence.histories():
        way = _way(transitions)
        if way != ways.pop(id, way):
            yield f"{id} went by {', '.join(way)}."
        # One whose next step never came may have gone another way: as far as it came, its way is that of its model.
        if id in unfinished and way != (REFUSED if unfinished[id].is_refused else APPROVED)[: len(way)]:
            yield f"{id} went by {', '.join(way)} and did not come back."
    for id in ways:
        yield f"{id} has no history."


def _way(transitions: Sequence[Transition]) -> tuple[str, ...]:
    events = (event for transition in transitions for event in transition.events)
    return tuple(event["element"] for event in events if event["type"] == "ElementCompleted")
