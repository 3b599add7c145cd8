"""What nobody foresaw, for those who repair: list, get, retry, resolve."""

from __future__ import annotations

from uuid import UUID

from engine import access
from engine.facts.errors import IncidentClosed, NotFound
from engine.facts.sentences import Sentence
from engine.store import incidents, jobs, outbox, timers
from engine.store.incidents import Incident
from engine.store.paging import Page
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork

__all__ = ["Incident", "count", "get", "list_", "of_instance", "resolve", "retry"]

#: Open incidents told of one process instance.
MOST = 100

#: Tries a job gets when its incident is retried.
RETRIES = 1


def list_(
    work: UnitOfWork,
    *,
    process_instance_id: UUID | None = None,
    is_open: bool | None = True,
    after: str | None = None,
    limit: int = 20,
) -> Page[Incident]:
    """Newest first, of everything or of one process instance. A cause may quote what field rights hide: for those who operate."""
    access.right(work, "operate", to=Sentence("see incidents"))
    return incidents.list_(work, process_instance_id=process_instance_id, is_open=is_open, after=after, limit=limit)


def of_instance(work: UnitOfWork, instance: ProcessInstance) -> tuple[Incident, ...]:
    """Those of a process instance that are open, the newest ones up to MOST."""
    return incidents.list_(work, process_instance_id=instance.id, is_open=True, after=None, limit=MOST).items


def count(work: UnitOfWork, most: int) -> int:
    """How many are open, up to `most`."""
    access.right(work, "operate", to=Sentence("see incidents"))
    return incidents.count_open(work, most)


def get(work: UnitOfWork, id: UUID) -> Incident:
    access.right(work, "operate", to=Sentence("see incidents"))
    found = incidents.find(work, id)
    if found is None:
        raise NotFound(kind=Sentence("incident"), id=id)
    return found


def retry(work: UnitOfWork, id: UUID) -> Incident:
    """What has failed is due again at once; the incident is closed, and comes back if it fails again.

    A step that a person asked for has nothing to be tried by itself: the person completes the task again.
    """
    incident = _closed(work, id)
    if incident.trigger_id is not None:
        if incident.kind == "job":
            jobs.rearm(work, incident.trigger_id, retries=RETRIES)
        elif incident.kind == "timer":
            timers.rearm(work, incident.trigger_id)
        elif incident.kind == "message":
            outbox.rearm(work, incident.trigger_id)
    return get(work, id)


def resolve(work: UnitOfWork, id: UUID) -> Incident:
    """Closes it: somebody has repaired the process another way."""
    return _closed(work, id)


def _closed(work: UnitOfWork, id: UUID) -> Incident:
    access.right(work, "operate", to=Sentence("repair incidents"))
    incident = incidents.find(work, id, locked=True)
    if incident is None:
        raise NotFound(kind=Sentence("incident"), id=id)
    if not incidents.resolve(work, id):
        raise IncidentClosed(by=incident.resolved_by, at=incident.resolved_at)
    return get(work, id)
