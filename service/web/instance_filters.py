"""What a list of process instances is narrowed to, read from the address: so a filter can be bookmarked and sent to somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from flask import request
from flask_babel import get_timezone

from engine.process_instances import ProcessInstanceFilter

STATES = ("running", "suspended", "ended")


@dataclass(frozen=True, slots=True)
class InstanceFilter:
    """`initiator` is a person's id, `step` an element of the process at which something is open; the days are the reader's."""

    state: str = ""
    text: str = ""
    process: str = ""
    initiator: str = ""
    step: str = ""
    with_incidents: bool = False
    first_day: date | None = None
    last_day: date | None = None

    @property
    def is_narrowed(self) -> bool:
        return self != InstanceFilter()

    @property
    def is_unusual(self) -> bool:
        """Something is asked for that the page folds away."""
        return bool(self.step or self.initiator or self.first_day or self.last_day)

    def for_verb(self, initiator: str | None = None) -> ProcessInstanceFilter:
        return ProcessInstanceFilter(
            status=self.state or None,  # type: ignore[arg-type]  # one of STATES
            key=self.process or None,
            text=self.text or None,
            initiator=initiator or self.initiator or None,
            with_incidents=self.with_incidents,
            element=self.step or None,
            started_from=_midnight(self.first_day) if self.first_day else None,
            started_before=_midnight(self.last_day + timedelta(days=1)) if self.last_day else None,
        )

    def without_state(self) -> InstanceFilter:
        """For counting what there is in each state."""
        return replace(self, state="")


def instance_filter() -> InstanceFilter:
    """An unknown value is as good as none: an old bookmark still opens the list."""
    state, process = request.args.get("state", ""), request.args.get("process", "")
    return InstanceFilter(
        state=state if state in STATES else "",
        text=request.args.get("q", "").strip()[:200],
        process=process,
        initiator=request.args.get("initiator", "").strip(),
        step=request.args.get("step", "").strip() if process else "",
        with_incidents=bool(request.args.get("incidents")),
        first_day=_day("from"),
        last_day=_day("to"),
    )


def _day(name: str) -> date | None:
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if 2 <= day.year <= 9998 else None  # others leave the calendar in some zone


def _midnight(day: date) -> datetime:
    """In the reader's zone."""
    return datetime.combine(day, time(), tzinfo=get_timezone())
