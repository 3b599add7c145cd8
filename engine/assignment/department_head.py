"""The head of a department; of the nearest department above when it has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.assignment.choice import Choice, Situation, Strategy, named, nobody
from engine.assignment.departments import upwards, wanted
from engine.assignment.workers import why_not
from engine.facts.declarations import Entry, Kind, Said
from engine.facts.sentences import Sentence


def choose(assignment: Mapping[str, Any], situation: Situation) -> Choice:
    """`department` by id, the initiator's when the assignment names none."""
    reasons: list[Sentence] = []
    for department in upwards(situation.directory, wanted(assignment, situation)):
        head = situation.directory.find_person(department.head or "")
        if head is None or not head.is_active:
            reasons.append(Sentence("{department} has no head.", department=named(department)))
            continue
        if not head.may_work:
            reasons.append(why_not(head))
            continue
        reasons.append(
            Sentence("It goes to {person}, the head of {department}.", person=named(head), department=named(department))
        )
        return Choice(tuple(reasons), people=(head.id,))
    return Choice(tuple(reasons)) if reasons else nobody(Sentence("The department is not known."))


STRATEGY = Strategy(
    "department-head",
    Said("the head of the department, or of the one above", "部门负责人，没有时为上级部门的负责人"),
    choose,
    (Entry("department", Said("the initiator's without it", "不写时为发起人的部门"), Kind.DEPARTMENT, takes_feel=True),),
)
