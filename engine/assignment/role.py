"""Everybody who holds a role, wherever they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.assignment.choice import Choice, Situation, Strategy, ids, named, nobody
from engine.assignment.directory import Role
from engine.assignment.workers import role_workers
from engine.facts.declarations import Entry, Kind, Said
from engine.facts.sentences import Sentence


def choose(assignment: Mapping[str, Any], situation: Situation) -> Choice:
    """`role`: an id or a name, or several separated by commas."""
    choices = [_holders(name, situation) for name in ids(assignment.get("role"))]
    if not choices:
        return nobody(Sentence("The assignment names no role."))
    if len(choices) == 1:
        return choices[0]
    return Choice(
        tuple(reason for choice in choices for reason in choice.reasons),
        groups=tuple(group for choice in choices for group in choice.groups),
    )


def _holders(name: str, situation: Situation) -> Choice:
    role = situation.directory.find_role(name)
    if role is None:
        return nobody(Sentence("There is no role {role}.", role=name))
    if not role_workers(situation.directory, role.id):
        return nobody(_no_worker(situation, role))
    return Choice((Sentence("It goes to the role {role}.", role=named(role)),), groups=(f"role:{role.id}",))


def _no_worker(situation: Situation, role: Role) -> Sentence:
    if situation.directory.holders(role.id):
        return Sentence("Nobody who holds the role {role} may work on tasks.", role=named(role))
    return Sentence("Nobody holds the role {role}.", role=named(role))


STRATEGY = Strategy(
    "role",
    Said("everybody with the role", "担任该角色的所有人"),
    choose,
    (
        Entry(
            "role",
            Said("id or name of the role, or several separated by commas", "角色的 id 或名称，多个以逗号分隔"),
            Kind.ROLE,
            is_required=True,
            takes_feel=True,
            is_list=True,
        ),
    ),
)
