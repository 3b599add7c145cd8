"""What a process instance waits for beside people: times, messages and signals, and work that is done elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from engine import access
from engine.facts.sentences import Sentence
from engine.store import jobs, subscriptions, timers
from engine.store.jobs import Job, JobFilter
from engine.store.process_instances import ProcessInstance
from engine.store.subscriptions import Subscription
from engine.store.timers import Timer
from engine.store.unit_of_work import UnitOfWork

__all__ = ["Waits", "of_instance"]

#: Jobs shown, the newest ones.
MOST_JOBS = 50


@dataclass(frozen=True, slots=True)
class Waits:
    """Timers by their due time; jobs of every status, newest first."""

    timers: tuple[Timer, ...]
    subscriptions: tuple[Subscription, ...]
    jobs: tuple[Job, ...]


def of_instance(work: UnitOfWork, instance: ProcessInstance) -> Waits:
    """For who operates."""
    access.right(work, "operate", to=Sentence("see what a process waits for"))
    id = instance.id
    page = jobs.list_(work, JobFilter(status=None, process_instance_id=id), after=None, limit=MOST_JOBS)
    return Waits(timers.of_instance(work, id), subscriptions.of_instance(work, id), page.items)
