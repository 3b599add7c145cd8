"""What a company file says once its rows are checked against each other: every name leads somewhere, no circles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from engine.assignment.directory import Department, Person, Role
from engine.facts.actor import Right
from engine.facts.errors import Invalid, Problem
from engine.facts.sentences import Sentence
from service.identity.company_file import COLUMNS, Row
from service.identity.organisation import Member, Organisation, Position

RIGHTS: tuple[Right, ...] = get_args(Right)
USUAL_RIGHTS: frozenset[Right] = frozenset({"work", "start"})
#: Ids stand in candidate keys (`role:ROLE@DEPARTMENT`), addresses and BPMN attributes, so they are plain.
ID = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
#: Characters of a name.
LONGEST_NAME = 200
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")


#: Where a kind of row is found in the organisation.
_ALREADY = {"departments": "departments", "positions": "positions", "roles": "roles", "people": "members"}


class CompanyRefused(Invalid):
    """The company cannot be imported: {count} {count:problem|problems}."""


@dataclass(frozen=True, slots=True)
class Company:
    """The rows as values, complete and consistent. `passwords` are initial ones, in clear, by person."""

    departments: Mapping[str, Department]
    positions: Mapping[str, Position]
    roles: Mapping[str, Role]
    members: Mapping[str, Member]
    passwords: Mapping[str, str]


def company(rows: Sequence[Row], existing: Organisation) -> Company:
    """The company, or CompanyRefused with every problem of every row. A row may name what exists already."""
    _refuse(_problems(rows, existing))
    departments = {row.text("id"): _department(row) for row in rows if row.kind == "departments"}
    every_department = {**existing.departments, **departments}
    people = {row.text("id"): row for row in rows if row.kind == "people"}
    members = {id: _member(row, every_department) for id, row in people.items()}
    _refuse(_circles(people, {id: member.person.superior for id, member in members.items()}, "superior"))
    return Company(
        departments,
        {row.text("id"): Position(*_names(row)) for row in rows if row.kind == "positions"},
        {row.text("id"): Role(*_names(row)) for row in rows if row.kind == "roles"},
        members,
        {id: row.text("password") for id, row in people.items() if row.text("password")},
    )


def _refuse(found: Iterator[Problem]) -> None:
    problems = tuple(found)
    if problems:
        raise CompanyRefused(problems=problems, count=len(problems))


def _names(row: Row) -> tuple[str, str, str]:
    return row.text("id"), row.text("name"), row.text("nameEn")


def _department(row: Row) -> Department:
    return Department(*_names(row), parent=row.text("parent") or None, head=row.text("head") or None)


def _member(row: Row, departments: Mapping[str, Department]) -> Member:
    id, name, name_en = _names(row)
    department = row.text("department") or None
    superior = row.text("superior") or _superior(id, department, departments)
    rights = row.texts("rights")
    return Member(
        Person(id, name, name_en, department, superior, row.text("active").lower() not in ("no", "false", "0")),
        email=row.text("email"),
        position=row.text("position") or None,
        roles=tuple(_holding(text, department) for text in row.texts("roles") or ()),
        rights=USUAL_RIGHTS if rights is None else frozenset(cast("tuple[Right, ...]", rights)),
        language=row.text("language"),
    )


def _holding(text: str, own: str | None) -> tuple[str, str | None]:
    """`finance-specialist` is held in the own department, `area-manager@branches-east` in the named one."""
    role, _, department = text.partition("@")
    return role, department or own


def _superior(id: str, own: str | None, departments: Mapping[str, Department]) -> str | None:
    """Unless named: the head of the department; a head reports to the head of the department above."""
    headed = next(
        (each for each in departments.values() if each.head == id and not _is_head_of(id, each.parent, departments)), None
    )
    at = departments.get((headed.parent if headed else own) or "")
    while at is not None:
        if at.head not in (None, id):
            return at.head
        at = departments.get(at.parent or "")
    return None


def _is_head_of(id: str, department: str | None, departments: Mapping[str, Department]) -> bool:
    return department is not None and departments[department].head == id


def _problems(rows: Sequence[Row], existing: Organisation) -> Iterator[Problem]:
    known: dict[str, dict[str, Row]] = {kind: {} for kind in COLUMNS}
    emails: dict[str, Row] = {}
    for row in rows:
        yield from _own_problems(row)
        yield from _long_names(row)
        first = known[row.kind].setdefault(row.text("id"), row)
        if first is not row:
            yield row.problem(
                "duplicate",
                Sentence("{id} is already in line {line}.", id=row.text("id"), line=first.line),
                Sentence("Remove one of them."),
            )
        email = row.text("email").lower()
        if email and emails.setdefault(email, row) is not row:
            yield row.problem(
                "duplicate-email",
                Sentence("{email} is already used in line {line}.", email=email, line=emails[email].line),
                Sentence("Give each person an own one."),
            )
    ids = {kind: {*found, *getattr(existing, _ALREADY[kind])} for kind, found in known.items()}
    for row in rows:
        yield from _reference_problems(row, ids)
    parents = {id: row.text("parent") or None for id, row in known["departments"].items()}
    yield from _circles(known["departments"], parents, "parent")


def _own_problems(row: Row) -> Iterator[Problem]:
    for column in COLUMNS[row.kind][:2]:
        if not row.text(column):
            yield row.problem(
                "missing", Sentence("{column} is missing.", column=column), Sentence("Write {column}.", column=column)
            )
    if row.text("id") and not ID.fullmatch(row.text("id")):
        yield row.problem(
            "id",
            Sentence("'{id}' cannot be an id.", id=row.text("id")),
            Sentence("Use small letters, digits, dots and hyphens."),
        )
    if row.text("email") and not EMAIL.fullmatch(row.text("email")):
        yield row.problem("email", Sentence("'{text}' is not an e-mail address.", text=row.text("email")))
    for right in row.texts("rights") or ():
        if right not in RIGHTS:
            yield row.problem(
                "right",
                Sentence("There is no right '{right}'.", right=right),
                Sentence("Use some of {rights}.", rights=", ".join(RIGHTS)),
            )
    if row.text("language") not in ("", "zh", "en"):
        yield row.problem("language", Sentence("'{text}' is neither zh nor en.", text=row.text("language")))
    if row.text("active").lower() not in ("", "yes", "true", "1", "no", "false", "0"):
        yield row.problem("active", Sentence("active is neither yes nor no: '{text}'.", text=row.text("active")))


def _long_names(row: Row) -> Iterator[Problem]:
    for column in ("name", "nameEn"):
        if len(row.text(column)) > LONGEST_NAME:
            said = Sentence("{column} has more than {limit} characters.", column=column, limit=LONGEST_NAME)
            yield row.problem("name-size", said, Sentence("Shorten it."))


def _reference_problems(row: Row, known: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    wanted = [("departments", row.text("parent")), ("people", row.text("head")), ("departments", row.text("department"))]
    wanted += [("positions", row.text("position")), ("people", row.text("superior"))]
    for text in row.texts("roles") or ():
        role, _, department = text.partition("@")
        wanted += [("roles", role), ("departments", department)]
    for kind, id in wanted:
        if id and id not in known[kind]:
            yield row.problem(
                "unknown",
                Sentence("There is no '{id}' in {kind}.", id=id, kind=kind),
                Sentence("Add it to {kind}, or correct the name.", kind=kind),
            )


def _circles(rows: Mapping[str, Row], up: Mapping[str, str | None], column: str) -> Iterator[Problem]:
    """One problem for each row whose way up comes back to itself."""
    for id, row in rows.items():
        seen: set[str] = set()
        at = up.get(id)
        while at is not None and at != id and at not in seen:
            seen.add(at)
            at = up.get(at)
        if at == id:
            yield row.problem("circle", Sentence("{id} is above itself.", id=id), Sentence("Correct {column}.", column=column))
