"""“Why is it with me?”: the trace of an assignment as sentences."""

from __future__ import annotations

from engine.people.user_tasks import UserTask
from service.web.languages import translated


def reasons(task: UserTask) -> tuple[str, ...]:
    """In the order in which the strategies were tried."""
    return tuple(map(translated, task.facts.why))
