"""A process instance as the audit looks at it: everything that is kept of it, read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.store import anchors, attachments, auditing, history, jobs, process_instances, user_tasks
from engine.store.attachments import Attachment
from engine.store.history import Transition
from engine.store.jobs import Job
from engine.store.process_instances import StoredInstance
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import UserTask


@dataclass(frozen=True, slots=True)
class Written:
    """A row of the log, with the texts that its chain is over."""

    transition: Transition
    events: bytes
    command: bytes | None


@dataclass(frozen=True, slots=True)
class Case:
    """`chained_since` is the moment since when there are chains; what was written before says less."""

    work: UnitOfWork
    stored: StoredInstance
    seal: bytes
    log: Sequence[Written]
    tasks: Mapping[int, UserTask]
    jobs: Sequence[Job]
    files: Sequence[Attachment]
    chained_since: datetime | None

    @property
    def transitions(self) -> Sequence[Transition]:
        return [each.transition for each in self.log]

    def events(self, *types: str) -> Iterator[tuple[Transition, Mapping[str, Any]]]:
        """Those of these types, each with its change, in order."""
        for each in self.log:
            for event in each.transition.events:
                if event["type"] in types:
                    yield each.transition, event

    def counted(self, type: str, name: str) -> Counter[object]:
        return Counter(event[name] for _, event in self.events(type))

    def says_all(self, transition: Transition) -> bool:
        """Whether it was written when the log began to tell whom tasks were for and what people said."""
        return self.chained_since is None or transition.at >= self.chained_since


def read_case(work: UnitOfWork, id: UUID) -> Case | None:
    """None where it is gone meanwhile. Raises ValueError where its log is no JSON."""
    stored = process_instances.find_with_state(work, id)
    if stored is None:
        return None
    return Case(
        work,
        stored,
        auditing.seal_of(work, id),
        [Written(*each) for each in history.as_written(work, id)],
        {task.token: task for task in user_tasks.of_instance(work, id)},
        jobs.of_instance(work, id),
        attachments.of_instance(work, id),
        anchors.chained_since(work),
    )
