"""The role that the lane of the user task is named after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.assignment import role, role_in_department
from engine.assignment.choice import Choice, Situation, Strategy, nobody
from engine.facts.declarations import Entry, Kind, Said
from engine.facts.sentences import Sentence


def choose(assignment: Mapping[str, Any], situation: Situation) -> Choice:
    """`department` as for role-in-department; without it the role everywhere."""
    if not situation.lane:
        return nobody(Sentence("The task is in no lane."))
    named = {**assignment, "role": situation.lane}
    return role_in_department.choose(named, situation) if assignment.get("department") else role.choose(named, situation)


STRATEGY = Strategy(
    "lane",
    Said("the role that the lane is named after", "与泳道同名的角色"),
    choose,
    (
        Entry(
            "department",
            Said("as for role-in-department; without it the role everywhere", "与 role-in-department 相同；不写时不限部门"),
            Kind.DEPARTMENT,
            takes_feel=True,
        ),
    ),
)
