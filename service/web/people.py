"""People on a page: name, department, and the coloured circle with two characters of the name."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from flask_babel import gettext

from engine.assignment.directory import Person
from engine.assignment.workers import has_workers
from service.identity.current import current_caller
from service.identity.organisation import Organisation
from service.web.languages import named

#: How many colours the style sheet has for the circles.
HUES = 8

#: Acts for timers, jobs and messages.
SYSTEM_ID = "system"


def organisation() -> Organisation:
    """The company as the request saw it when it came in."""
    return current_caller().organisation


def find_person(id: str | None) -> Person | None:
    return organisation().find_person(id) if id else None


def everybody() -> list[Person]:
    """The active people, by name."""
    found = (member.person for member in organisation().members.values() if member.person.is_active)
    return sorted(found, key=lambda each: named(each.name, each.name_en))


def chosen(text: str) -> str:
    """The id of whom somebody has written into a search for people: by account, or by a name that is nobody else's."""
    wanted = text.strip()
    if find_person(wanted) is not None:
        return wanted
    names = {each.id: {each.name.casefold(), each.name_en.casefold()} - {""} for each in everybody()}
    fitting = [id for id, called in names.items() if wanted.casefold() in called]
    return fitting[0] if len(fitting) == 1 else wanted


def person_name(id: str | None) -> str:
    """In the language of the page; an id nobody is known by is shown as it is."""
    if not id or id == SYSTEM_ID:
        return gettext("System")
    person = find_person(id)
    return named(person.name, person.name_en) if person else id


def department_name(id: str | None) -> str:
    department = organisation().find_department(id) if id else None
    return named(department.name, department.name_en) if department else id or ""


def role_name(id: str) -> str:
    """Of a role by its id or, as a lane names it, by its name."""
    role = organisation().find_role(id)
    return named(role.name, role.name_en) if role else id


def place_of(person: Person) -> str:
    """Where somebody works, and as what: 业务部 · 项目经理."""
    member = organisation().members.get(person.id)
    position = organisation().positions.get(member.position) if member and member.position else None
    parts = [department_name(person.department), named(position.name, position.name_en) if position else ""]
    return " · ".join(part for part in parts if part)


def initials_of(person: Person | None) -> str:
    """The last two characters of a Chinese name, the first letters of another one."""
    if person is None:
        return "•"
    name = named(person.name, person.name_en)
    words = name.split()
    return "".join(word[0] for word in words[:2]) if len(words) > 1 else name[-2:]


def hue_of(person: Person | None) -> int:
    """The same colour for the same person everywhere."""
    return zlib.crc32(person.id.encode()) % HUES if person else HUES


def absence(id: str | None) -> str:
    """Why somebody who has a task cannot do it; empty for all others."""
    person = find_person(id)
    if not id or (person is not None and person.works):
        return ""
    return gettext("may not work on tasks") if person is not None and person.is_active else gettext("has left")


def holder_name(assignee: str | None, candidates: Iterable[str]) -> str:
    """Whom an open task waits for: who has it, or all who could claim it. Who cannot do it any more is marked."""
    if assignee:
        return _marked(person_name(assignee), absence(assignee))
    return gettext(", ").join(map(_candidate_or_nobody, candidates))


def _candidate_or_nobody(key: str) -> str:
    return _marked(candidate_name(key), "" if has_workers(organisation(), key) else gettext("nobody there"))


def _marked(name: str, mark: str) -> str:
    return gettext("%(name)s (%(mark)s)", name=name, mark=mark) if mark else name


def candidate_name(key: str) -> str:
    """A candidate key of a user task for people: `role:finance-specialist@finance` → 财务专员（财务部）."""
    kind, _, rest = key.partition(":")
    id, _, department = rest.partition("@")
    if kind == "person":
        return person_name(id)
    if kind == "department":
        return department_name(id)
    name = role_name(id)
    return gettext("%(role)s (%(department)s)", role=name, department=department_name(department)) if department else name
