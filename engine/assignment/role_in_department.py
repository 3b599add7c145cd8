"""Those who hold a role in a department; in the nearest department above when nobody there does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.assignment.choice import Choice, Situation, Strategy, named, nobody
from engine.assignment.departments import upwards, wanted
from engine.assignment.directory import Department, Role
from engine.assignment.workers import role_workers
from engine.facts.declarations import Entry, Kind, Said
from engine.facts.sentences import Sentence


def choose(assignment: Mapping[str, Any], situation: Situation) -> Choice:
    """`role`; `department` by id, the initiator's when the assignment names none."""
    role = situation.directory.find_role(str(assignment.get("role")))
    if role is None:
        return nobody(Sentence("There is no role {role}.", role=assignment.get("role")))
    reasons: list[Sentence] = []
    for department in upwards(situation.directory, wanted(assignment, situation)):
        if role_workers(situation.directory, role.id, department.id):
            reasons.append(
                Sentence("It goes to the role {role} in {department}.", role=named(role), department=named(department))
            )
            return Choice(tuple(reasons), groups=(f"role:{role.id}@{department.id}",))
        reasons.append(_no_worker(situation, role, department))
    if not reasons:
        return nobody(Sentence("The department for the role {role} is not known.", role=named(role)))
    return Choice(tuple(reasons))


def _no_worker(situation: Situation, role: Role, department: Department) -> Sentence:
    if situation.directory.holders(role.id, department.id):
        return Sentence(
            "Nobody who holds the role {role} in {department} may work on tasks.", role=named(role), department=named(department)
        )
    return Sentence("Nobody holds the role {role} in {department}.", role=named(role), department=named(department))


STRATEGY = Strategy(
    "role-in-department",
    Said(
        "those with the role in the department; climbs to the department above until somebody holds it",
        "该部门中担任该角色的人；没有人时向上级部门找，直到找到为止",
    ),
    choose,
    (
        Entry("role", Said("id or name of the role", "角色的 id 或名称"), Kind.ROLE, is_required=True, takes_feel=True),
        Entry("department", Said("the initiator's without it", "不写时为发起人的部门"), Kind.DEPARTMENT, takes_feel=True),
    ),
)
