"""Looks for what must never be: the invariants of the engine's tables. Changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from engine.assignment.directory import Directory
from engine.bpmn import StepFailed
from engine.facts.actor import SYSTEM
from engine.facts.sentences import Sentence
from engine.operating.needed_repairs import needed_repair
from engine.operating.rebuild import all_ids
from engine.operating.workless_tasks import workless
from engine.steps.restoring import restored
from engine.store import Database, auditing, history, process_instances, user_tasks
from engine.store.history import Transition
from engine.store.process_instances import StoredInstance
from engine.store.unit_of_work import UnitOfWork, unit_of_work

#: What others should have done long ago.
OVERDUE = timedelta(hours=1)

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """`invariant` is its number: I1 transitions without gap, I2 live means something is open, I3 tasks once, I4 timers once,
    I5 outbox delivered, I7 state reloads equal, I8 ended for a reason, I10 no old lease, I11 rows equal the state,
    I12 somebody can do each open task."""

    invariant: str
    process_instance_id: UUID | None
    sentence: Sentence


def audit(database: Database, directory: Directory, ids: Iterable[UUID] | None = None) -> list[Finding]:
    """Every violation found; an empty list is a clean database. I6 is held by a primary key. `ids`: of these instances only."""
    with unit_of_work(database, SYSTEM, directory=directory) as work:
        findings = list(_general(work))
        findings += [Finding("I12", task.process_instance_id, sentence) for task, sentence in workless(work)]
    for id in all_ids(database, directory) if ids is None else ids:
        with unit_of_work(database, SYSTEM, directory=directory) as work:
            stored = process_instances.find_with_state(work, id)
            if stored is not None:
                findings.extend(_of_instance(work, stored))
    return findings


def _general(work: UnitOfWork) -> Iterator[Finding]:
    for name, count in auditing.overdue(work, work.now - OVERDUE).items():
        invariant = "I5" if name == "outbox" else "I10"
        if count:
            yield Finding(
                invariant,
                None,
                Sentence("{count} rows of {name} have been waiting for more than {span}.", count=count, name=name, span=OVERDUE),
            )


def _of_instance(work: UnitOfWork, stored: StoredInstance) -> Iterator[Finding]:
    transitions = _transitions(work, stored.id)
    checks = (
        ("I1", _gaps(stored, transitions)),
        ("I2", _liveness(work, stored)),
        ("I3", _tasks(work, stored, transitions)),
        ("I4", _timers(transitions)),
        ("I7", _reload(work, stored)),
        ("I8", _end(stored, transitions)),
        ("I11", _rows(work, stored)),
    )
    for invariant, sentences in checks:
        for sentence in sentences:
            yield Finding(invariant, stored.id, sentence)


def _transitions(work: UnitOfWork, id: UUID) -> list[Transition]:
    found: list[Transition] = []
    while page := history.of_instance(work, id, after=found[-1].version if found else 0, limit=_PAGE):
        found.extend(page)
    return found


def _gaps(stored: StoredInstance, transitions: list[Transition]) -> Iterator[Sentence]:
    versions = [transition.version for transition in transitions]
    if versions != list(range(1, stored.row.version + 1)):
        yield Sentence(
            "Version {version}, but {count} transitions: {found}.",
            version=stored.row.version,
            count=len(versions),
            found=_short(versions),
        )


def _liveness(work: UnitOfWork, stored: StoredInstance) -> Iterator[Sentence]:
    open_count = auditing.open_count(work, stored.id)
    if stored.row.is_ended and open_count:
        yield Sentence("It has ended, but {count} rows are still open.", count=open_count)
    if not stored.row.is_ended and not open_count and not _awaits_conditions(work, stored):
        yield Sentence("It has not ended, but nothing in it is open.")


def _awaits_conditions(work: UnitOfWork, stored: StoredInstance) -> bool:
    """A condition has no row: whoever changes the variables looks at it."""
    try:
        return restored(work, stored).awaits_conditions
    except StepFailed:
        return False


def _tasks(work: UnitOfWork, stored: StoredInstance, transitions: list[Transition]) -> Iterator[Sentence]:
    logged = _counted(transitions, "UserTaskCompleted", "token")
    for token, count in logged.items():
        if count > 1:
            yield Sentence("The user task of token {token} was completed {count} times.", token=token, count=count)
    tasks = user_tasks.of_instance(work, stored.id)
    done = sum(task.status == "completed" for task in tasks)
    if done != stored.row.steps_done:
        yield Sentence(
            "{done} user tasks are completed, but it says {counted} of itself.", done=done, counted=stored.row.steps_done
        )
    for task in tasks:
        if (task.status == "completed") != (task.token in logged):
            yield Sentence(
                "The user task of token {token} is {status}, but the history says otherwise.",
                token=task.token,
                status=task.status,
            )


def _timers(transitions: list[Transition]) -> Iterator[Sentence]:
    for number, count in _counted(transitions, "SubscriptionClosed", "subscription").items():
        if count > 1:
            yield Sentence("The timer or subscription {number} was closed {count} times.", number=number, count=count)


def _reload(work: UnitOfWork, stored: StoredInstance) -> Iterator[Sentence]:
    try:
        if restored(work, stored).save() != stored.state:
            yield Sentence("Its state is another one after restoring and saving it.")
    except StepFailed as fault:
        yield Sentence("Its state cannot be restored: {why}", why=fault.cause)


def _end(stored: StoredInstance, transitions: list[Transition]) -> Iterator[Sentence]:
    if stored.row.is_ended and not _counted(transitions[-1:], "ProcessInstanceEnded", "type"):
        yield Sentence("It has ended, but its last transition does not say why.")


def _rows(work: UnitOfWork, stored: StoredInstance) -> Iterator[Sentence]:
    try:
        count = needed_repair(work, stored).count
    except StepFailed:
        return
    if count:
        yield Sentence("{count} of its open rows differ from its state. Run rebuild.", count=count)


def _counted(transitions: Iterable[Transition], type: str, name: str) -> Counter[object]:
    events = (event for transition in transitions for event in transition.events)
    return Counter(event[name] for event in events if event["type"] == type)


def _short(versions: list[int]) -> str:
    return str(versions if len(versions) <= 10 else [*versions[:5], "…", *versions[-5:]])
