"""What a list is narrowed to, read from the address: so a filter can be bookmarked and sent to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from flask import request
from flask_babel import get_timezone

from engine.people.user_tasks import UserTaskFilter

#: Rows a list begins with, and each “show more” adds.
ROWS = 25

List = Literal["mine", "claimable", "done"]
Sort = Literal["created", "due", "priority"]
Due = Literal["", "overdue", "today", "week", "none"]
LISTS: tuple[List, ...] = ("mine", "claimable", "done")
SORTS: tuple[Sort, ...] = ("created", "due", "priority")
DUES: tuple[Due, ...] = ("overdue", "today", "week", "none")

#: From this priority on a task is shown as urgent.
URGENT = 75

_USUAL = {"list": "mine", "sort": "created"}


def after() -> str | None:
    """Where the next rows begin."""
    return request.args.get("after") or None


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """The inbox: which of its lists, and what is looked for in it."""

    list: List
    text: str
    process: str
    due: Due
    is_urgent: bool
    sort: Sort

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.process or self.due or self.is_urgent)

    @property
    def address(self) -> dict[str, Any]:
        """The arguments of the list's address, to come back to it; nothing for what is so anyway."""
        arguments = {
            "list": self.list,
            "q": self.text,
            "process": self.process,
            "due": self.due,
            "urgent": "1" if self.is_urgent else "",
            "sort": self.sort,
        }
        return {name: value for name, value in arguments.items() if value and value != _USUAL.get(name)}

    def for_verb(self, now: datetime) -> UserTaskFilter:
        return UserTaskFilter(
            status=None,
            view=self.list,
            key=self.process or None,
            text=self.text or None,
            least_priority=URGENT if self.is_urgent else None,
            sort=self.sort,
            **due_span(self.due, now.astimezone(get_timezone())),
        )


def is_urgent(priority: int) -> bool:
    return priority >= URGENT


def task_filter() -> TaskFilter:
    """An unknown value is as good as none: an old bookmark still opens the list."""
    chosen, sort, due = (request.args.get(name) for name in ("list", "sort", "due"))
    list_: List = chosen if chosen in LISTS else "mine"
    return TaskFilter(
        list=list_,
        text=request.args.get("q", "").strip()[:200],
        process=request.args.get("process", ""),
        due=due if due in DUES and list_ != "done" else "",
        is_urgent=bool(request.args.get("urgent")),
        sort=sort if sort in SORTS else "created",
    )


def due_span(due: Due, now: datetime) -> dict[str, Any]:
    """By the days and weeks of the reader; `now` is in their zone. What was due this morning is due today, and overdue."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday())
    spans: dict[Due, dict[str, Any]] = {
        "overdue": {"due_before": now},
        "today": {"due_from": today, "due_before": today + timedelta(days=1)},
        "week": {"due_from": monday, "due_before": monday + timedelta(days=7)},
        "none": {"has_due": False},
    }
    return spans.get(due, {})
