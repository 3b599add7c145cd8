"""The log of a process instance in itself, and what its state and its rows say of it as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from engine.bpmn import StepFailed
from engine.facts.sentences import Sentence
from engine.operating import chains
from engine.operating.cases import Case
from engine.operating.needed_repairs import repair_by_log
from engine.operating.replay import NotReplayable, replay
from engine.steps.restoring import restored
from engine.store import anchors, auditing

#: How long before its commit a start may have taken its moment.
IN_FLIGHT = timedelta(hours=1)


def gaps(case: Case) -> Iterator[Sentence]:
    versions = [transition.version for transition in case.transitions]
    if versions != list(range(1, case.stored.row.version + 1)):
        yield Sentence(
            "Version {version}, but {count} {count:transition|transitions}: {found}.",
            version=case.stored.row.version,
            count=len(versions),
            found=_short(versions),
        )


def liveness(case: Case) -> Iterator[Sentence]:
    open_count = auditing.open_count(case.work, case.stored.id)
    is_ended = case.stored.row.is_ended
    if is_ended and open_count:
        yield Sentence("It has ended; rows that are still open: {count}.", count=open_count)
    if not is_ended and not open_count and not _awaits_conditions(case):
        yield Sentence("It has not ended, but nothing in it is open.")


def _awaits_conditions(case: Case) -> bool:
    """A condition has no row: whoever changes the variables looks at it."""
    try:
        return restored(case.work, case.stored).awaits_conditions
    except StepFailed:
        return False


def closings(case: Case) -> Iterator[Sentence]:
    for number, count in case.counted("SubscriptionClosed", "subscription").items():
        if count > 1:
            yield Sentence("The timer or subscription {number} was closed {count} times.", number=number, count=count)


def reload(case: Case) -> Iterator[Sentence]:
    try:
        if restored(case.work, case.stored).save() != case.stored.state:
            yield Sentence("Its state is another one after restoring and saving it.")
    except StepFailed as fault:
        yield Sentence("Its state cannot be restored: {why}", why=fault.cause)


def end(case: Case) -> Iterator[Sentence]:
    """What follows an end is files that are added."""
    if not case.stored.row.is_ended:
        return
    last = next((each for each in reversed(case.transitions) if each.verb != "attach"), None)
    if last is None or all(event["type"] != "ProcessInstanceEnded" for event in last.events):
        yield Sentence("It has ended, but its last transition does not say why.")


def rows(case: Case) -> Iterator[Sentence]:
    try:
        count = repair_by_log(case.work, case.stored, case.transitions, case.chained_since).count
    except StepFailed:
        return
    if count:
        yield Sentence("Open rows that differ from its state: {count}. Run rebuild.", count=count)


def seals(case: Case) -> Iterator[Sentence]:
    """The chain of its log, and the seal of its row and its state."""
    stored, since = case.stored, case.chained_since
    if not stored.chain:
        if since is None or stored.row.started_at >= since:
            yield Sentence("It has no chain, though it began when there were chains.")
        return
    made = chains.head(case)
    if made != stored.chain:
        yield Sentence(
            "The chain of its log ends in {expected}, and its rows lead to {found}: one was changed, added or taken away.",
            expected=_hex(stored.chain),
            found=_hex(made),
        )
    if chains.seal_over(case, stored.chain) != case.seal:
        yield Sentence("Its row or its saved state is not as it was sealed. {where}", where=_where(case))


def anchored(case: Case) -> Iterator[Sentence]:
    """What anchors hold of it, against its log."""
    held = anchors.of_subject(case.work, case.stored.id)
    made = dict(zip((each.version for each in case.transitions), chains.chain(case), strict=True)) if held else {}
    for each in held:
        if made.get(each.version) != each.digest:
            yield Sentence(
                "Anchor {number} holds another chain of it at version {version} than its log leads to.",
                number=each.anchor,
                version=each.version,
            )
    newest = anchors.newest(case.work)
    if not held and newest is not None and newest.number and case.stored.row.started_at < newest.at - IN_FLIGHT:
        yield Sentence("It says that it began before anchor {number}, which does not hold it.", number=newest.number)


def _where(case: Case) -> Sentence:
    """What doing it again finds of it, to say what was changed."""
    try:
        difference = replay(case.work, case.stored.id).difference
    except NotReplayable:
        difference = None
    return difference.sentence if difference else Sentence("Doing it again leads to the same.")


def _hex(digest: bytes) -> str:
    return digest.hex()[:16]


def _short(versions: list[int]) -> str:
    return str(versions if len(versions) <= 10 else [*versions[:5], "…", *versions[-5:]])
