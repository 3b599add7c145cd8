"""“Why is it with me?”: the trace of an assignment as sentences."""

from __future__ import annotations

from collections.abc import Iterable

from engine.assignment.directory import Department, Person, Role
from engine.people.user_tasks import UserTask
from service.web import people
from service.web.languages import language, translated


def reasons(task: UserTask) -> tuple[str, ...]:
    """In the order in which the strategies were tried."""
    return tuple(
        translated(reason.sentence).format_map({name: _named(value) for name, value in reason.values.items()})
        for reason in task.facts.why
    )


def _named(value: object) -> str:
    """The trace keeps names in the company's own language; for English readers the English name is looked up."""
    if language() != "en":
        return str(value)
    company = people.organisation()
    known: tuple[Iterable[Person | Department | Role], ...] = (
        (member.person for member in company.members.values()),
        company.departments.values(),
        company.roles.values(),
    )
    found = next((each for group in known for each in group if each.name == value), None)
    return found.name_en if found and found.name_en else str(value)
