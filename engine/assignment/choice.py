"""What a strategy is asked and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.assignment.directory import Department, Directory, Person, Role
from engine.facts.declarations import Entry, Said
from engine.facts.sentences import Named, Sentence


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known when a user task is created.

    `earlier` gives the person who completed the user task of an element id earlier in this instance, or None.
    """

    directory: Directory
    initiator: str | None = None
    initiator_department: str | None = None
    lane: str | None = None
    earlier: Callable[[str], str | None] = lambda element: None


@dataclass(frozen=True, slots=True)
class Choice:
    """People by id, groups as candidate keys (`role:ROLE@DEPARTMENT`); both empty when nobody was found."""

    reasons: tuple[Sentence, ...] = ()
    people: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assigned:
    """One assignee, or candidates who may claim."""

    assignee: str | None
    candidates: tuple[str, ...]
    trace: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Strategy:
    """By its `name` a model asks for it, with values for its `parameters`; `help` says whom it finds.

    `choose` gets the assignment of the model, `strategy` and the parameters that are given, each evaluated.
    """

    name: str
    help: Said
    choose: Callable[[Mapping[str, Any], Situation], Choice]
    parameters: tuple[Entry, ...] = ()


def nobody(reason: Sentence) -> Choice:
    return Choice((reason,))


def one(id: str, reason: Sentence) -> Choice:
    return Choice((reason,), people=(id,))


def named(each: Person | Department | Role) -> Named:
    """For a sentence."""
    return Named(each.name, each.name_en)


def ids(value: Any) -> tuple[str, ...]:
    """Person ids out of what an expression gave: one id, several separated by commas, a list of either, or nothing."""
    if value is None:
        return ()
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    if isinstance(value, list | tuple):
        return tuple(dict.fromkeys(id for item in value for id in ids(item)))
    return (str(value),)
