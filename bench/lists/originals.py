"""One process instance in each state that a process has, done by the engine itself: what is copied has its real shape."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from engine import jobs, process_instances
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.sentences import verbatim
from engine.messaging import messages
from engine.operating import incidents
from engine.people import user_tasks
from engine.people.user_tasks import UserTaskFilter, UserTaskItem
from service.parts import Parts

CASE = (Path(__file__).parent / "case.bpmn").read_text()
_AREAS = {"sales": "销售", "finance": "财务", "hr": "人事", "legal": "法务", "supply": "采购", "it": "信息"}
_KINDS = {"request": "申请", "contract": "合同", "payment": "付款", "inspection": "验收"}
KEYS: Mapping[str, str] = {
    f"{area}-{kind}": f"{area_name}{kind_name}" for area, area_name in _AREAS.items() for kind, kind_name in _KINDS.items()
}

#: How many of a hundred finished instances came to their end so, and what is done to get there.
FINISHED: tuple[tuple[int, tuple[str, ...]], ...] = (
    (93, ("complete", "complete", "book", "pay", "complete", "complete")),
    (4, ("complete", "complete", "fail", "repair", "book", "pay", "complete", "complete")),
    (3, ("complete", "cancel")),
)
#: The same for those that are open.
OPEN: tuple[tuple[int, tuple[str, ...]], ...] = (
    (36, ()),
    (25, ("complete", "assign")),
    (6, ("complete", "complete")),
    (1, ("complete", "complete", "fail")),
    (10, ("complete", "complete", "book")),
    (20, ("complete", "complete", "book", "pay")),
    (2, ("suspend",)),
)


@dataclass(frozen=True, slots=True)
class Original:
    """`share`: which part of its kind, finished or open, are copies of it."""

    id: UUID
    is_finished: bool
    share: float


def deploy(parts: Parts, keys: Iterable[str] = KEYS) -> None:
    files = [File(f"{key}.bpmn", CASE.replace("KEY", key).replace("NAME", KEYS[key]).encode()) for key in keys]
    with parts.begin(SYSTEM) as work:
        deployments.deploy(work, files, name="bench")


def originals(parts: Parts, keys: Collection[str] = KEYS) -> Iterator[Original]:
    """Of each process."""
    for key in keys:
        for is_finished, states in ((True, FINISHED), (False, OPEN)):
            for number, (share, steps) in enumerate(states):
                case = _Case(parts, key, f"HT-{key}-{is_finished}-{number}")
                for step in steps:
                    getattr(case, step)()
                yield Original(case.id, is_finished, share / 100 / len(keys))


class _Case:
    """A process instance on its way; each step is a unit of work of its own."""

    def __init__(self, parts: Parts, key: str, number: str) -> None:
        self._parts, self._number = parts, number
        values = {"customer": "某公司", "number": number, "amount": 1200.5, "lines": [{"item": "设备", "count": 3}]}
        with parts.begin(SYSTEM) as work:
            self.id = process_instances.start(work, key, values).id

    def complete(self) -> None:
        task = self._task()
        clerk = self._parts.organisation.find_actor("busy") or SYSTEM
        with self._parts.begin(clerk) as work:
            outcome = "approve" if task.element == "approve" else None
            user_tasks.complete(work, task.id, {"amount": 1300}, outcome=outcome)

    def assign(self) -> None:
        task = self._task()
        with self._parts.begin(SYSTEM) as work:
            user_tasks.assign(work, task.id, "p1")

    def book(self) -> None:
        job = self._job()
        with self._parts.begin(SYSTEM) as work:
            jobs.complete(work, job, {})

    def fail(self) -> None:
        job = self._job()
        with self._parts.begin(SYSTEM) as work:
            jobs.fail(work, job, verbatim("the ledger is closed"), is_retryable=False)

    def repair(self) -> None:
        with self._parts.begin(SYSTEM) as work:
            (incident,) = incidents.list_(work, process_instance_id=self.id).items
            incidents.retry(work, incident.id)

    def pay(self) -> None:
        with self._parts.begin(SYSTEM) as work:
            messages.correlate(work, "paid", correlation_key=self._number)

    def suspend(self) -> None:
        with self._parts.begin(SYSTEM) as work:
            process_instances.suspend(work, self.id)

    def cancel(self) -> None:
        with self._parts.begin(SYSTEM) as work:
            process_instances.cancel(work, self.id, "the customer withdrew")

    def _task(self) -> UserTaskItem:
        with self._parts.begin(SYSTEM) as work:
            return user_tasks.list_(work, UserTaskFilter(process_instance_id=self.id)).items[0]

    def _job(self) -> UUID:
        with self._parts.begin(SYSTEM) as work:
            return jobs.list_(work, jobs.JobFilter(process_instance_id=self.id)).items[0].id
