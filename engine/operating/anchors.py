"""Anchors: what was written until a moment, in one digest that can be signed and kept elsewhere.

Who may write the database can make chains anew that fit; what is elsewhere they cannot change. The digest of an anchor stands for
all chains and seals as they were, by a tree of hashes as RFC 6962 has it, and for the anchors before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from engine import access
from engine.facts.json_text import json_text
from engine.facts.sentences import Sentence
from engine.operating import chains
from engine.operating.cases import read_case
from engine.store import anchors, deployed, process_instances
from engine.store.anchors import Anchor, Anchored
from engine.store.chain import first, seal
from engine.store.columns import as_text
from engine.store.process_instances import sealed
from engine.store.unit_of_work import UnitOfWork

__all__ = ["Anchor", "Anchored", "Sign", "all_", "chain_old", "digest", "heads", "is_due", "make", "root", "unchained", "wrong"]

#: Process instances that get their chains before a worker looks around.
BATCH = 200

#: Makes the signature of a digest.
Sign = Callable[[bytes], bytes]


def is_due(work: UnitOfWork) -> bool:
    """Whether the day of the company is another one than that of the newest anchor."""
    newest = anchors.newest(work)
    return newest is None or newest.number == 0 or _day(work, newest.at) != _day(work, work.now)


def unchained(work: UnitOfWork) -> Sequence[UUID]:
    """Some of the process instances that were there before chains were; none when all have one."""
    access.right(work, "operate", to=Sentence("make anchors"))
    return anchors.unchained(work, BATCH)


def chain_old(work: UnitOfWork, id: UUID) -> None:
    """Gives its chain to a process instance that was there before chains were. A log that cannot be read gets only a beginning:
    the audit finds it."""
    access.right(work, "operate", to=Sentence("make anchors"))
    stored = process_instances.find_locked(work, id)
    if stored is None or stored.chain:
        return
    try:
        case = read_case(work, id)
        chain = first(id, stored.row.definition_id) if case is None else chains.head(case)
    except (KeyError, TypeError, ValueError):
        chain = first(id, stored.row.definition_id)
    anchors.give_chain(work, id, chain, seal(chain, sealed(stored.row), stored.state))


def make(work: UnitOfWork, sign: Sign | None = None, *, only_if_due: bool = False) -> Anchor | None:
    """The next anchor, over all that has changed since the one before; None when it is not due and only that was asked for."""
    access.right(work, "operate", to=Sentence("make anchors"))
    anchors.begin(work)
    if only_if_due and not is_due(work):
        return None
    for id in anchors.unsealed(work):
        deployed.seal(work, id)
    before = anchors.newest(work)
    number = before.number + 1 if before else 1
    count = anchors.hold(work, number)
    made = Anchor(number, work.now, count, root(anchors.held(work, number)), b"", None)
    made = replace(made, digest=digest(made, before))
    if sign is not None:
        made = replace(made, signature=sign(made.digest))
    anchors.add(work, made)
    return made


def all_(work: UnitOfWork) -> list[Anchor]:
    """In order; the one that is only a moment first."""
    access.right(work, "operate", to=Sentence("see anchors"))
    return anchors.all_(work)


def heads(work: UnitOfWork, number: int) -> Iterator[Anchored]:
    """What an anchor holds."""
    access.right(work, "operate", to=Sentence("see anchors"))
    yield from anchors.held(work, number)


def digest(of: Anchor, before: Anchor | None) -> bytes:
    """Over the anchor before, the moment, the count and the root."""
    earlier = b"" if before is None else before.digest or digest(before, None)
    return sha256(earlier + json_text([of.number, as_text(of.at), of.count, of.root.hex()])).digest()


def root(held: Iterable[Anchored]) -> bytes:
    """Of the tree over what an anchor holds, in the order of ids: leaves and inner nodes are hashed as in RFC 6962."""
    peaks: list[tuple[int, bytes]] = []
    for each in held:
        height, node = 0, _leaf(each)
        while peaks and peaks[-1][0] == height:
            height, node = height + 1, _node(peaks.pop()[1], node)
        peaks.append((height, node))
    if not peaks:
        return sha256(b"").digest()
    _, made = peaks.pop()
    for _, node in reversed(peaks):
        made = _node(node, made)
    return made


def wrong(work: UnitOfWork) -> Iterator[Sentence]:
    """What is wrong with the anchors in themselves, and with what they hold that is gone or another."""
    before: Anchor | None = None
    for each in anchors.all_(work):
        if each.number != (0 if before is None else before.number + 1):
            yield Sentence("The anchor before anchor {number} is missing.", number=each.number)
        if each.number:
            yield from _wrong_in(work, each, before)
        before = each
    last = anchors.last_named(work)
    if before is not None and last > before.number:
        yield Sentence("Anchor {number} is missing.", number=last)
    for id, number in anchors.gone(work, "deployment"):
        yield Sentence("Anchor {number} holds the deployment {id}, and it is not there.", number=number, id=str(id))
    for id, number in anchors.other_seals(work):
        yield Sentence("Anchor {number} holds another seal of the deployment {id} than it has.", number=number, id=str(id))


def _wrong_in(work: UnitOfWork, each: Anchor, before: Anchor | None) -> Iterator[Sentence]:
    if root(anchors.held(work, each.number)) != each.root:
        yield Sentence("Anchor {number} is not over what it says that it holds.", number=each.number)
    if digest(each, before) != each.digest:
        yield Sentence("The digest of anchor {number} does not follow from it and the one before.", number=each.number)


def _leaf(of: Anchored) -> bytes:
    return sha256(b"\0" + of.kind.encode() + of.subject_id.bytes + of.version.to_bytes(4, "big") + of.digest).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def _day(work: UnitOfWork, moment: datetime) -> object:
    return moment.astimezone(work.zone).date()
