"""What one step of one process instance changes in the rows around its saved state; written by engine.store.recording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from engine.store.history import Transition
from engine.store.jobs import NewJob
from engine.store.outbox import NewOutboxRow
from engine.store.process_instances import ProcessInstance
from engine.store.subscriptions import NewSubscription
from engine.store.timers import NewTimer
from engine.store.user_tasks import NewCandidate, NewUserTask


@dataclass(frozen=True, slots=True)
class CompletedTask:
    """The user task that a person has just completed."""

    id: UUID
    outcome: str | None
    comment: str | None
    #: Its candidate rows, which have to go: none when somebody had claimed it.
    candidates: Sequence[str]


@dataclass(slots=True)
class Changes:
    """New rows, of the process instance that they are written with; closed ones by token or by subscription number."""

    user_tasks: list[NewUserTask] = field(default_factory=list)
    candidates: list[NewCandidate] = field(default_factory=list)
    cancelled_user_tasks: list[int] = field(default_factory=list)
    completed_user_task: CompletedTask | None = None
    jobs: list[NewJob] = field(default_factory=list)
    completed_jobs: list[int] = field(default_factory=list)
    cancelled_jobs: list[int] = field(default_factory=list)
    #: A timer that is scheduled again has the subscription number of its row.
    timers: list[NewTimer] = field(default_factory=list)
    closed_timers: list[int] = field(default_factory=list)
    subscriptions: list[NewSubscription] = field(default_factory=list)
    closed_subscriptions: list[int] = field(default_factory=list)
    #: Tokens that have left: their open incidents are over.
    settled_incidents: list[int] = field(default_factory=list)
    #: Where the process instance has ended, all of them are.
    settles_all_incidents: bool = False
    #: Attachments that the actor has added to nothing yet.
    adopted_attachments: list[UUID] = field(default_factory=list)
    outbox: list[NewOutboxRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Step:
    """A process instance as it is after the step (its `version` already the new one), and all that goes with it."""

    instance: ProcessInstance
    state: bytes
    #: The head of its chain before the step.
    chain: bytes
    transition: Transition
    changes: Changes
