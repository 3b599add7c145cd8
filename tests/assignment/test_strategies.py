"""Who gets a user task."""

from __future__ import annotations

from typing import Any

import pytest

from engine.assignment import LAST_RESORT, STRATEGIES, Situation, assign
from engine.assignment.directory import Department, Person, Role


class Company:
    """company > sales > east; alice works in east, bob leads sales, carol leads the company, dave has left."""

    people = {
        "alice": Person("alice", "Alice", department="east", superior="bob"),
        "bob": Person("bob", "Bob", department="sales", superior="carol"),
        "carol": Person("carol", "Carol", department="company"),
        "dave": Person("dave", "Dave", department="east", superior="bob", is_active=False),
        "erin": Person("erin", "Erin", department="east", superior="dave"),
    }
    departments = {
        "company": Department("company", "Company", head="carol"),
        "sales": Department("sales", "Sales", parent="company", head="bob"),
        "east": Department("east", "East", parent="sales"),
    }
    roles = {"clerk": Role("clerk", "业务员"), "leader": Role("leader", "Leader"), "ghost": Role("ghost", "Ghost")}
    held = {("clerk", "east"): ("alice",), ("leader", "sales"): ("bob",)}

    def find_person(self, id: str) -> Person | None:
        return self.people.get(id)

    def find_department(self, id: str) -> Department | None:
        return self.departments.get(id)

    def find_role(self, id_or_name: str) -> Role | None:
        return self.roles.get(id_or_name) or next((r for r in self.roles.values() if r.name == id_or_name), None)

    def holders(self, role: str, department: str | None = None) -> tuple[str, ...]:
        return tuple(p for (r, d), people in self.held.items() if r == role and department in (None, d) for p in people)

    def people_named(self, text: str) -> tuple[str, ...]:
        return ()


def situation(**more: Any) -> Situation:
    return Situation(**{"directory": Company(), "initiator": "alice", "initiator_department": "east", **more})


FOUND: list[tuple[dict[str, Any], str | None, tuple[str, ...]]] = [
    ({"strategy": "role", "role": "clerk"}, None, ("role:clerk",)),
    ({"strategy": "role", "role": "clerk, leader"}, None, ("role:clerk", "role:leader")),
    ({"strategy": "role-in-department", "role": "clerk"}, None, ("role:clerk@east",)),
    ({"strategy": "role-in-department", "role": "leader"}, None, ("role:leader@sales",)),
    ({"strategy": "role-in-department", "role": "leader", "department": "sales"}, None, ("role:leader@sales",)),
    ({"strategy": "department-head"}, "bob", ()),
    ({"strategy": "department-head", "department": "company"}, "carol", ()),
    ({"strategy": "superior"}, "bob", ()),
    ({"strategy": "superior", "level": "2"}, "carol", ()),
    ({"strategy": "superior", "person": "bob"}, "carol", ()),
    ({"strategy": "superior", "person": "erin"}, "bob", ()),  # over somebody who has left
    ({"strategy": "initiator"}, "alice", ()),
    ({"strategy": "person", "person": "bob"}, "bob", ()),
    ({"strategy": "person", "person": ["bob", "carol"]}, None, ("person:bob", "person:carol")),
    ({"strategy": "person", "person": ["bob", "dave"]}, "bob", ()),
    ({"strategy": "same-as", "step": "assess"}, "carol", ()),
    ({"strategy": "lane"}, None, ("role:clerk",)),
]


def test_every_strategy_has_its_cases() -> None:
    assert {assignment["strategy"] for assignment, _, _ in FOUND} == STRATEGIES.keys()


@pytest.mark.parametrize(("assignment", "assignee", "candidates"), FOUND)
def test_a_strategy_finds_its_people(assignment: dict[str, Any], assignee: str | None, candidates: tuple[str, ...]) -> None:
    found = assign([assignment], situation(lane="业务员", earlier={"assess": "carol"}.get))
    assert (found.assignee, found.candidates) == (assignee, candidates)
    assert found.trace


@pytest.mark.parametrize(
    ("assignment", "why"),
    [
        ({"strategy": "role", "role": "pilot"}, "There is no role pilot."),
        ({"strategy": "role", "role": "ghost"}, "Nobody holds the role Ghost."),
        ({"strategy": "role-in-department", "role": "ghost"}, "Nobody holds the role Ghost in Company."),
        ({"strategy": "superior", "person": "carol"}, "Carol has no superior."),
        ({"strategy": "superior", "level": "high"}, "The level of the superior is not a whole number: high."),
        ({"strategy": "person", "person": None}, "No person was picked."),
        ({"strategy": "person", "person": "dave"}, "dave is not known or has left."),
        ({"strategy": "same-as", "step": "sign"}, "The step sign has not been done by a person."),
        ({"strategy": "horoscope"}, "There is no assignment strategy horoscope."),
    ],
)
def test_who_cannot_be_found_is_told_and_the_administrators_receive_it(assignment: dict[str, Any], why: str) -> None:
    found = assign([assignment], situation())
    assert found.candidates == (LAST_RESORT,)
    assert why in [str(reason) for reason in found.trace]


def test_the_second_wish_counts_when_the_first_finds_nobody() -> None:
    found = assign([{"strategy": "person", "person": ""}, {"strategy": "initiator"}], situation())
    assert found.assignee == "alice"
    assert [str(reason) for reason in found.trace] == [
        "No person was picked.",
        "It goes to Alice, who started the process.",
    ]


def test_without_any_wish_the_lane_decides() -> None:
    assert assign([], situation(lane="clerk")).candidates == ("role:clerk",)
    assert assign([], situation()).candidates == (LAST_RESORT,)


def test_a_loop_in_the_department_tree_ends_the_search() -> None:
    company = Company()
    company.departments = {"a": Department("a", "A", parent="b"), "b": Department("b", "B", parent="a")}
    found = assign([{"strategy": "department-head"}], situation(directory=company, initiator_department="a"))
    assert found.candidates == (LAST_RESORT,)


def test_an_initiator_of_no_department_uses_the_one_the_person_works_in() -> None:
    assert assign([{"strategy": "department-head"}], situation(initiator_department=None)).assignee == "bob"


class WithIdlers(Company):
    """Frank holds a role, heads a department, is a superior, starts processes and did a step: and may not work on tasks."""

    people = {
        **Company.people,
        "frank": Person("frank", "Frank", department="sales", superior="carol", may_work=False),
        "gina": Person("gina", "Gina", department="sales", superior="frank"),
    }
    departments = {**Company.departments, "sales": Department("sales", "Sales", parent="company", head="frank")}
    held = {("clerk", "east"): ("frank",), ("clerk", "company"): ("carol",), ("leader", "sales"): ("frank",)}


#: Whom each strategy finds when the first it would find may not work.
CHOSEN_ON: list[tuple[dict[str, Any], str | None, tuple[str, ...]]] = [
    ({"strategy": "role", "role": "leader"}, None, (LAST_RESORT,)),
    ({"strategy": "role", "role": "leader, clerk"}, None, ("role:clerk",)),
    ({"strategy": "role-in-department", "role": "clerk"}, None, ("role:clerk@company",)),
    ({"strategy": "department-head"}, "carol", ()),
    ({"strategy": "superior", "person": "gina"}, "carol", ()),
    ({"strategy": "initiator"}, None, (LAST_RESORT,)),
    ({"strategy": "person", "person": ["frank", "bob"]}, "bob", ()),
    ({"strategy": "same-as", "step": "assess"}, None, (LAST_RESORT,)),
    ({"strategy": "lane"}, None, (LAST_RESORT,)),
]


def test_every_strategy_is_tried_with_people_who_may_not_work() -> None:
    assert {assignment["strategy"] for assignment, _, _ in CHOSEN_ON} == STRATEGIES.keys()


@pytest.mark.parametrize(("assignment", "assignee", "candidates"), CHOSEN_ON)
def test_nobody_who_may_not_work_is_given_a_task(
    assignment: dict[str, Any], assignee: str | None, candidates: tuple[str, ...]
) -> None:
    company = WithIdlers()
    around = situation(directory=company, initiator="frank", lane="leader", earlier={"assess": "frank"}.get)
    found = assign([assignment], around)
    assert (found.assignee, found.candidates) == (assignee, candidates)
