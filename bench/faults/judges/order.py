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
    for id, transitions in evidence.histories():
        way = _way(transitions)
        if way != ways.pop(id, way):
            yield f"{id} went by {', '.join(way)}."
    for id in ways:
        yield f"{id} has no history."


def _way(transitions: Sequence[Transition]) -> tuple[str, ...]:
    events = (event for transition in transitions for event in transition.events)
    return tuple(event["element"] for event in events if event["type"] == "ElementCompleted")
