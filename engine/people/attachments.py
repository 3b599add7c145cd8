"""Files that people add to a process: bytes in the database, within limits, seen by who sees the process."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Sequence
from uuid import UUID

from engine import access
from engine.facts.errors import AttachmentLost, AttachmentRefused, Conflict, NotFound, Problem, VariablesRefused
from engine.facts.ids import new_id
from engine.facts.sentences import Sentence
from engine.steps.transitions import file_added, transition
from engine.store import attachments, recording
from engine.store.attachments import Attachment
from engine.store.process_instances import ProcessInstance, StoredInstance
from engine.store.unit_of_work import UnitOfWork

__all__ = ["MAX_BYTES", "Attachment", "add", "among", "facts", "get", "list_", "require"]

#: Bytes of one file.
MAX_BYTES = 25_000_000

#: Characters of a file name.
MAX_NAME = 200

_CONTENT_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")


def add(
    work: UnitOfWork,
    name: str,
    content_type: str,
    content: bytes,
    *,
    user_task_id: UUID | None = None,
    process_instance_id: UUID | None = None,
) -> Attachment:
    """To a user task or a process instance; to neither while a start form is being filled in: `start` then adopts it."""
    stored = _of(work, user_task_id, process_instance_id)
    if not 0 < len(content) <= MAX_BYTES:
        raise AttachmentRefused(
            name=name, why=Sentence("it has {count:,} bytes; 1 to {limit:,} are kept.", count=len(content), limit=MAX_BYTES)
        )
    attachment = Attachment(
        id=new_id(work.now),
        process_instance_id=stored.id if stored else None,
        user_task_id=user_task_id,
        name=safe_name(name),
        content_type=content_type if _CONTENT_TYPE.fullmatch(content_type) else "application/octet-stream",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        added_by=work.actor.id,
        added_at=work.now,
    )
    attachments.add(work, attachment, content)
    if stored is not None:
        logged = transition(work, stored.row, "attach", beside=[file_added(attachment)])
        if not recording.record_beside(work, stored, logged):
            raise Conflict(what=Sentence("'{title}'", title=stored.row.title))
    return attachment


def _of(work: UnitOfWork, user_task_id: UUID | None, process_instance_id: UUID | None) -> StoredInstance | None:
    """The process instance that the file is for, locked: that it came stands in its history."""
    if user_task_id is not None:
        return access.user_task(work, user_task_id, to="attach a file to", locked=True).instance
    if process_instance_id is not None:
        return access.process_instance_with_state(work, process_instance_id, to="attach a file to", locked=True)
    access.right(work, "start", to=Sentence("attach a file"))
    return None


def get(work: UnitOfWork, id: UUID) -> tuple[Attachment, bytes]:
    """Refuses: NotFound, AttachmentLost."""
    found, content = facts(work, id), attachments.find_content(work, id)
    if content is None:
        raise AttachmentLost(name=found.name)
    return found, content


def facts(work: UnitOfWork, id: UUID) -> Attachment:
    """What is known of the file, without its bytes. Refuses: NotFound."""
    found = attachments.find(work, id)
    if found is None:
        raise NotFound(kind=Sentence("attachment"), id=id)
    if found.process_instance_id is not None:
        access.process_instance(work, found.process_instance_id, to="see")
    elif found.added_by != work.actor.id:
        raise NotFound(kind=Sentence("attachment"), id=id)
    return found


def list_(work: UnitOfWork, instance: ProcessInstance) -> tuple[Attachment, ...]:
    """In the order they were added."""
    return attachments.of_instance(work, instance.id)


def among(work: UnitOfWork, ids: Collection[UUID], instance: UUID | None) -> dict[UUID, Attachment]:
    """Those that the actor may name in a step of the process instance, or in the start of one: its own files, and what the actor
    has added to nothing yet."""
    return {
        each.id: each
        for each in attachments.among(work, ids)
        if (each.added_by == work.actor.id if each.process_instance_id is None else each.process_instance_id == instance)
    }


def require(work: UnitOfWork, ids: Sequence[UUID], instance: UUID | None) -> None:
    """Refuses with VariablesRefused when one of them is none that the actor may name."""
    found = among(work, ids, instance) if ids else {}
    problems = [
        Problem(
            "attachment",
            Sentence("There is no file {id} here that you have added.", id=str(id)),
            where=f"attachments[{number}]",
            fix=Sentence("Add the file, then name the id that was answered."),
        )
        for number, id in enumerate(ids)
        if id not in found
    ]
    if problems:
        raise VariablesRefused(count=len(problems), problems=tuple(problems))


def safe_name(name: str) -> str:
    """The last part of a path, without what could mislead a person or a file system; the ending is kept."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(". ")
    if not shown:
        raise AttachmentRefused(name="", why=Sentence("it has no name."))
    stem, dot, ending = shown.rpartition(".")
    if len(shown) > MAX_NAME and dot and len(ending) < 20:
        return f"{stem[: MAX_NAME - len(ending) - 1]}.{ending}"
    return shown[:MAX_NAME]
