"""What a list is narrowed to, read from the address: so a filter can be bookmarked and sent to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask import request

from engine.process_instances import ProcessInstanceFilter
from engine.user_tasks import UserTaskFilter

#: Rows a list begins with, and each “show more” adds.
ROWS = 25

List = Literal["mine", "claimable", "done"]
Sort = Literal["created", "due", "priority"]
LISTS: tuple[List, ...] = ("mine", "claimable", "done")
SORTS: tuple[Sort, ...] = ("created", "due", "priority")


def after() -> str | None:
    """Where the next rows begin."""
    return request.args.get("after") or None


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """The inbox: which of its lists, and what is looked for in it."""

    list: List
    text: str
    process: str
    sort: Sort

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.process)

    def for_verb(self) -> UserTaskFilter:
        return UserTaskFilter(status=None, view=self.list, key=self.process or None, text=self.text or None, sort=self.sort)


def task_filter() -> TaskFilter:
    """An unknown value is as good as none: an old bookmark still opens the list."""
    chosen, sort = request.args.get("list"), request.args.get("sort")
    return TaskFilter(
        list=chosen if chosen in LISTS else "mine",
        text=request.args.get("q", "").strip()[:200],
        process=request.args.get("process", ""),
        sort=sort if sort in SORTS else "created",
    )


@dataclass(frozen=True, slots=True)
class InstanceFilter:
    """Process instances; `initiator` is a person's id."""

    state: str
    text: str
    process: str
    initiator: str
    with_incidents: bool

    @property
    def is_narrowed(self) -> bool:
        return bool(self.state or self.text or self.process or self.initiator or self.with_incidents)

    def for_verb(self, initiator: str | None = None) -> ProcessInstanceFilter:
        return ProcessInstanceFilter(
            status=self.state or None,  # type: ignore[arg-type]  # one of STATES
            key=self.process or None,
            text=self.text or None,
            initiator=initiator or self.initiator or None,
            with_incidents=self.with_incidents,
        )


STATES = ("running", "suspended", "ended")


def instance_filter() -> InstanceFilter:
    state = request.args.get("state", "")
    return InstanceFilter(
        state=state if state in STATES else "",
        text=request.args.get("q", "").strip()[:200],
        process=request.args.get("process", ""),
        initiator=request.args.get("initiator", "").strip(),
        with_incidents=bool(request.args.get("incidents")),
    )
