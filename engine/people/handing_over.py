"""All open tasks of one person given to another, before they leave or afterwards: each in a unit of work of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from engine import access
from engine.facts.actor import Actor
from engine.facts.errors import Invalid, Refusal, Unavailable
from engine.facts.sentences import Sentence
from engine.people import stranded_tasks, user_tasks
from engine.store import held_user_tasks
from engine.store.held_user_tasks import HeldTask
from engine.store.unit_of_work import Begin, UnitOfWork


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How many tasks somebody else has now; which could not be given, and why; how many were left for the next time."""

    done: int
    refused: tuple[tuple[HeldTask, Sentence], ...] = ()
    left: int = 0


def hand_over(begin: Begin, actor: Actor, person: str, to: str, *, most: int | None = None) -> HandedOver:
    """By who operates. At most so many are given; one that cannot be given keeps no other one.

    Refuses with Invalid where `to` may not be given tasks, or is the same person.
    """
    with begin(actor) as work:
        access.right(work, "operate", to=Sentence("hand over the tasks of others"))
        _require_another(user_tasks.require_worker(work, to), person)
        held = list(stranded_tasks.held_by(work, person))
    done, refused = 0, []
    for task in held:
        if done == most:
            break
        try:
            with begin(actor) as work:
                user_tasks.assign(work, task.id, to, instead_of=person)
        except Unavailable:
            raise
        except Refusal as refusal:
            refused.append((task, refusal.sentence))
        else:
            done += 1
    return HandedOver(done, tuple(refused), len(held) - done - len(refused))


def _require_another(to: str, person: str) -> None:
    if to == person:
        raise Invalid(why=Sentence("{person} has these tasks already. Choose somebody else.", person=person))


def count_held(work: UnitOfWork, people: Collection[str]) -> Mapping[str, int]:
    """How many open tasks each of them has, without those who have none; for who operates."""
    access.right(work, "operate", to=Sentence("see the tasks of others"))
    return held_user_tasks.counts(work, people)


def count_claimable(work: UnitOfWork, tests: Sequence[Callable[[str], bool]]) -> Sequence[int]:
    """For each test of a candidate key: how many open tasks that nobody has one such candidate may claim; for who operates."""
    access.right(work, "operate", to=Sentence("see the tasks of others"))
    known = held_user_tasks.candidates(work)
    found = ([key for key in known if is_meant(key)] for is_meant in tests)
    return [len({task.id for task in held_user_tasks.of_candidates(work, keys)}) if keys else 0 for keys in found]
