"""Attachments: that they are there, as they were added, and that the log knows of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from engine.facts.sentences import Sentence
from engine.operating.cases import Case
from engine.steps.transitions import FILE_ADDED, file_added
from engine.store import attachments
from engine.store.attachments import Attachment
from engine.store.unit_of_work import UnitOfWork


def of_case(case: Case) -> Iterator[Sentence]:
    logged: dict[str, Mapping[str, Any]] = {event["id"]: event for _, event in case.events(FILE_ADDED)}
    rows = {str(each.id): each for each in case.files}
    elsewhere = attachments.among(case.work, [UUID(id) for id in logged.keys() - rows.keys()])
    rows.update({str(each.id): each for each in elsewhere if each.process_instance_id is not None})
    for id, event in logged.items():
        if id not in rows:
            yield Sentence("The attachment {id} is missing: {name}.", id=id, name=event["name"])
        elif file_added(rows[id]) != event:
            yield Sentence("Of the attachment {id} its log says another name, size or digest: {name}.", id=id, name=event["name"])
    for each in case.files:
        if str(each.id) not in logged and (case.chained_since is None or each.added_at >= case.chained_since):
            yield Sentence("Of the attachment {id} the log does not know: {name}.", id=str(each.id), name=each.name)
    yield from contents(case.work, case.files)


def loose(work: UnitOfWork) -> Iterator[Sentence]:
    """Those that wait for the start form they were added to."""
    yield from contents(work, attachments.loose(work))


def contents(work: UnitOfWork, files: Iterable[Attachment]) -> Iterator[Sentence]:
    """The bytes of each, one after the other."""
    for each in files:
        content = attachments.find_content(work, each.id)
        if content is None:
            yield Sentence("The bytes of the attachment {id} are missing: {name}.", id=str(each.id), name=each.name)
        elif len(content) != each.size or sha256(content).hexdigest() != each.sha256:
            yield Sentence(
                "The bytes of the attachment {id} are others than were added: {name}.", id=str(each.id), name=each.name
            )
