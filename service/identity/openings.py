"""Whom a view opens to, said beside the view. It refuses nobody: engine.access does. Menus, the description of the API and its
documentation say it on, and a test asks every address as a holder of each single right whether it is true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from engine.facts.actor import Actor, Right

#: Who holds the right, or everybody who is signed in.
Holder = Right | Literal["everybody"]

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Opening:
    """One of `holders` is enough; for what is one's own - a case one takes part in, one's task - one of `own`. None: nobody."""

    holders: frozenset[Holder]
    own: frozenset[Holder]
    #: False for what people do themselves, not their programs.
    for_tokens: bool = True

    def lets_in(self, actor: Actor, *, is_own: bool = True) -> bool:
        return any(holder == "everybody" or actor.may(holder) for holder in (self.own if is_own else self.holders))


def opens_to(*holders: Holder, own: Iterable[Holder] = (), tokens: bool = True) -> Callable[[View], View]:
    """`own` beside `holders`, who are let in to what is their own as well."""
    opening = Opening(frozenset(holders), frozenset(holders) | frozenset(own), tokens)

    def decorate(view: View) -> View:
        view.opening = opening  # type: ignore[attr-defined]
        return view

    return decorate


def opening_of(view: Callable[..., Any]) -> Opening | None:
    """None for a view that nobody has described, or that needs nobody signed in."""
    return getattr(view, "opening", None)
