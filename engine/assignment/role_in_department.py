"""Those who hold a role in a department; in the nearest department above when nobody there does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.assignment.choice import Choice, Situation, nobody
from engine.assignment.departments import upwards, wanted
from engine.facts.user_task_facts import Reason


def choose(wish: Mapping[str, Any], situation: Situation) -> Choice:
    """`role`; `department` by id, the initiator's when the wish names none."""
    role = situation.directory.find_role(str(wish.get("role")))
    if role is None:
        return nobody("There is no role {role}.", role=wish.get("role"))
    reasons: list[Reason] = []
    for department in upwards(situation.directory, wanted(wish, situation)):
        values = {"role": role.name, "department": department.name}
        if situation.directory.holders(role.id, department.id):
            reasons.append(Reason("It goes to the role {role} in {department}.", values))
            return Choice(tuple(reasons), groups=(f"role:{role.id}@{department.id}",))
        reasons.append(Reason("Nobody holds the role {role} in {department}.", values))
    if not reasons:
        return nobody("The department for the role {role} is not known.", role=role.name)
    return Choice(tuple(reasons))
