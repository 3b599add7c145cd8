"""The company of the benchmark: 300 people in 12 departments, and the three who ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal, get_args

from engine.assignment.directory import Department, Person, Role
from engine.facts.actor import SYSTEM, Right
from service.identity.company import RIGHTS, USUAL_RIGHTS, Company
from service.identity.hashing import kept
from service.identity.importing import import_company
from service.identity.organisation import Member
from service.parts import Parts
from service.store import sessions
from service.webhooks import endpoints
from service.webhooks.endpoints import Wanted

#: `busy` has a role with thousands of open tasks, `calm` one with few, `boss` operates (and may do everything else).
Asker = Literal["busy", "calm", "boss"]
ASKERS: tuple[Asker, ...] = get_args(Asker)

PEOPLE, DEPARTMENTS, ROLES, ENDPOINTS = 300, 12, 10, 10


def company() -> Company:
    departments = {f"d{n}": Department(f"d{n}", f"第{n}部", f"Department {n}", head="boss") for n in range(DEPARTMENTS)}
    roles = {f"r{n}": Role(f"r{n}", f"岗位{n}", f"Role {n}") for n in range(ROLES)}
    roles |= {"clerk": Role("clerk", "文员", "Clerk"), "lawyer": Role("lawyer", "法务", "Lawyer")}
    members = {f"p{n}": _member(f"p{n}", f"r{n % ROLES}", f"d{n % DEPARTMENTS}") for n in range(PEOPLE)}
    members |= {"busy": _member("busy", "clerk", "d1"), "calm": _member("calm", "lawyer", "d2")}
    members["boss"] = _member("boss", "r1", "d1", rights=frozenset(RIGHTS))
    return Company(departments, {}, roles, members, {})


def _member(id: str, role: str, department: str, *, rights: frozenset[Right] = USUAL_RIGHTS) -> Member:
    person = Person(id, f"员工{id}", f"Employee {id}", department, "boss" if id != "boss" else None)
    return Member(person, roles=((role, department),), rights=rights)


def bring_in(parts: Parts) -> None:
    """The company and its webhook endpoints."""
    with parts.begin(SYSTEM) as work:
        import_company(work, company())
    with parts.begin(SYSTEM) as work:
        for number in range(ENDPOINTS):
            wanted = Wanted(f"endpoint-{number}", "liuzhuan", "message", "paid")
            endpoints.create(work, parts.secrets, wanted, "a secret of the benchmark only")


def sign_in(parts: Parts) -> None:
    """Each asker has a session of their name; those of a database that was kept may be over."""
    with parts.begin(SYSTEM) as work:
        for name in ASKERS:
            sessions.remove_of(work, name)
            sessions.add(work, kept(name), name, address="127.0.0.1", expires_at=work.now + timedelta(days=9))
