"""What belongs to no process instance: what is deployed, what others should have done, rows that are left of nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from engine.facts.sentences import Sentence
from engine.operating.anchors import wrong
from engine.operating.audit.files import loose
from engine.operating.audit.findings import Finding
from engine.operating.start_event_rows import wrong_rows
from engine.operating.workless_tasks import workless
from engine.store import anchors, auditing, deployed
from engine.store.timers import Timer
from engine.store.unit_of_work import UnitOfWork

#: What others should have done long ago.
OVERDUE = timedelta(hours=1)


def of_company(work: UnitOfWork) -> Iterator[Finding]:
    for name, count in auditing.overdue(work, work.now - OVERDUE).items():
        if count:
            said = Sentence(
                "Rows of {name} that have been waiting for more than {span}: {count}.", count=count, name=name, span=OVERDUE
            )
            yield Finding("I5" if name == "outbox" else "I10", None, said)
    yield from (Finding("I12", task.process_instance_id, each) for task, each in workless(work))
    yield from (Finding("I13", None, each) for each in loose(work))
    yield from (Finding("I14", None, each) for each in _deployments(work))
    yield from (Finding("I17", None, each) for each in _start_events(work))
    yield from (Finding("I9", None, each) for each in wrong(work))
    for id, number in anchors.gone(work, "instance"):
        yield Finding("I9", id, Sentence("Anchor {number} holds this process instance, and it is not there.", number=number))
    for name, id in auditing.orphans(work):
        said = Sentence("{name} has rows of this process instance, and it is not there.", name=name)
        yield Finding("I15", id, said)


def _deployments(work: UnitOfWork) -> Iterator[Sentence]:
    since = anchors.chained_since(work)
    if since is None:
        yield Sentence("The moment since when there are chains is missing: anchor 0.")
    for row in auditing.deployments(work):
        if not row.seal:
            if since is None or row.deployed_at >= since:
                yield Sentence("The deployment '{name}' of {at} has no seal.", name=row.name, at=row.deployed_at)
        elif deployed.digest(work, row.id) != row.seal:
            yield Sentence(
                "What came with the deployment '{name}' of {at} is not what was sealed: a file, form, decision or process.",
                name=row.name,
                at=row.deployed_at,
            )
    for table, key in auditing.wrong_latest(work):
        yield Sentence("Of {key} in {table} not the newest version is the latest.", table=table, key=key)


def _start_events(work: UnitOfWork) -> Iterator[Sentence]:
    for each in wrong_rows(work):
        kind = Sentence("timer") if isinstance(each.row, Timer) else Sentence("subscription")
        element, key = each.row.element, each.row.key or each.row.definition_id
        if each.found is None:
            yield Sentence(
                "The {kind} of start event {element} of process {key} is missing.", kind=kind, element=element, key=key
            )
        elif each.wanted is None:
            yield Sentence(
                "A {kind} of start event {element} of process {key} should not be there.", kind=kind, element=element, key=key
            )
        else:
            yield Sentence(
                "The {kind} of start event {element} of process {key} is not what its model and the log say.",
                kind=kind,
                element=element,
                key=key,
            )
