"""Anchors in a file that is kept elsewhere: one JSON object a line, an anchor or what it holds.

{"anchor": 3, "at": "2026-12-01T00:10:00.000000Z", "count": 2, "root": HEX, "digest": HEX, "signature": HEX or null}
{"held": UUID, "kind": "instance", "version": 7, "anchor": 3, "digest": HEX}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from engine.facts.errors import Invalid
from engine.facts.json_text import json_text
from engine.facts.sentences import Sentence
from engine.operating import anchors
from engine.operating.anchors import Anchor, Anchored
from engine.store import anchors as rows
from engine.store.columns import as_text
from engine.store.unit_of_work import UnitOfWork

#: Asked whether a signature is one of the key that is trusted, for a digest.
IsSignature = Callable[[bytes, bytes], bool]


def lines(work: UnitOfWork, *, since: int, with_heads: bool) -> Iterator[bytes]:
    """The file, from anchor `since` on; without heads it proves as much and does not name what differs."""
    for each in anchors.all_(work):
        if each.number < max(since, 1):
            continue
        yield _line(
            anchor=each.number,
            at=as_text(each.at),
            count=each.count,
            root=each.root.hex(),
            digest=each.digest.hex(),
            signature=each.signature.hex() if each.signature else None,
        )
        for head in anchors.heads(work, each.number) if with_heads else ():
            yield _line(
                held=str(head.subject_id), kind=head.kind, version=head.version, anchor=head.anchor, digest=head.digest.hex()
            )


def differences(work: UnitOfWork, file: Iterable[bytes], is_signature: IsSignature | None = None) -> Iterator[Sentence]:
    """Between a file and the database; signatures are looked at where there is a key for them. Refuses with Invalid what is no
    such file."""
    there = {each.number: each for each in anchors.all_(work)}
    before: Anchor | None = None
    for number, line in enumerate(filter(None, map(bytes.strip, file)), 1):
        read = _read(line, number)
        if isinstance(read, Anchored):
            yield from _of_head(work, read)
            continue
        if is_signature is not None and not (read.signature and is_signature(read.signature, read.digest)):
            yield Sentence("Anchor {number} of the file is not signed with this key.", number=read.number)
        if before is not None and before.number + 1 == read.number and anchors.digest(read, before) != read.digest:
            yield Sentence("Anchor {number} of the file does not follow from the one before.", number=read.number)
        before = read
        found = there.get(read.number)
        if found is None:
            yield Sentence("Anchor {number} of the file is not in the database.", number=read.number)
        elif (found.at, found.count, found.root, found.digest) != (read.at, read.count, read.root, read.digest):
            yield Sentence("Anchor {number} is another one in the database than in the file.", number=read.number)


def _of_head(work: UnitOfWork, read: Anchored) -> Iterator[Sentence]:
    found = {each.version: each for each in rows.of_subject(work, read.subject_id)}.get(read.version)
    if found != read:
        yield Sentence(
            "Of {id} at version {version} the file holds another digest than the database, which has been changed.",
            id=str(read.subject_id),
            version=read.version,
        )


def _line(**values: Any) -> bytes:
    return json_text(values) + b"\n"


def _read(line: bytes, number: int) -> Anchor | Anchored:
    try:
        values = orjson.loads(line)
        digest = bytes.fromhex(values["digest"])
        if "held" in values:
            return Anchored(UUID(values["held"]), values["version"], values["kind"], values["anchor"], digest)
        signature = values["signature"]
        return Anchor(
            values["anchor"],
            datetime.fromisoformat(values["at"]),
            values["count"],
            bytes.fromhex(values["root"]),
            digest,
            bytes.fromhex(signature) if signature else None,
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise Invalid(
            why=Sentence("line {number} of the file is neither an anchor nor what one holds.", number=number)
        ) from fault
