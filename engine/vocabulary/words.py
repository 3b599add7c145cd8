"""How sentences call the names of a file, and the name that somebody probably meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from lxml import etree

from engine.facts.declarations import Entry, Kind
from engine.facts.likeness import nearest
from engine.facts.sentences import Sentence
from engine.vocabulary.table import OWN, PREFIX

_A_NUMBER = Sentence("Write a number.")
_A_NUMBER_OR_FEEL = Sentence("Write a number, or = and FEEL.")
MOVE_IT = Sentence("Move it there, or take it out.")
#: So many are named of a longer list.
_SOME = 4


def nearest_of_ours(title: str, titles: Iterable[str]) -> str:
    """The title most like this one: what all begin with makes none of them like another."""
    by_name = {each.removeprefix(PREFIX): each for each in titles}
    return by_name.get(nearest(title.removeprefix(PREFIX), by_name), "")


def did_you_mean(meant: str, known: Collection[str] = ()) -> Sentence:
    """The one that was meant; all that there are when that is not to be seen."""
    if meant:
        return Sentence("Did you mean {name}?", name=meant)
    return Sentence("Known are {names}.", names=", ".join(known)) if known else Sentence("Take it out.")


def not_allowed(entry: Entry, name: str, value: str) -> tuple[Sentence, Sentence]:
    """Why the value is refused, and what to write instead; `name` is what the file calls the entry."""
    if entry.kind is Kind.CHOICE:
        sentence = Sentence("{name} is “{value}”, which is not known.", name=name, value=value)
        return sentence, did_you_mean(nearest(value, entry.choices), entry.choices)
    least, most = entry.limits
    sentence = Sentence(
        "{name} is “{value}”; it has to be a whole number from {least:,} to {most:,}.",
        name=name,
        value=value,
        least=least,
        most=most,
    )
    return sentence, _A_NUMBER_OR_FEEL if entry.takes_feel else _A_NUMBER


def title(name: str) -> str:
    """`liuzhuan:due`."""
    return name.replace(OWN, PREFIX)


def named(xml: Any, name: str) -> str:
    """`liuzhuan:due`, or `style (liuzhuan:outcome)`."""
    return title(name) if name.startswith(OWN) else f"{name} ({place(xml)})"


def place(xml: Any) -> str:
    """`userTask`, `liuzhuan:outcome`."""
    return title(xml.tag) if xml.tag.startswith(OWN) else str(etree.QName(xml).localname)


def some(names: list[str]) -> str:
    return ", ".join(names[:_SOME]) + (" …" if len(names) > _SOME else "")
