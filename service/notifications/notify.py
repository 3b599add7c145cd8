"""The connector `notify`: a short message to people, from a service or send task of a model (催办, 通知)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from engine.assignment.choice import ids
from engine.assignment.directory import Directory
from engine.connectors import ConnectorFailed, Job
from engine.facts.declarations import Entry, Kind, Said
from engine.facts.sentences import Sentence
from engine.store.unit_of_work import UnitOfWork
from service.store import notifications
from service.store.notifications import Notification

#: Characters; longer ones are cut, because a message that is too long is better than none.
SUBJECT_LIMIT, TEXT_LIMIT = 200, 4_000
#: People that one message reaches at most.
PEOPLE_LIMIT = 1_000


class Notify:
    """Everybody meant by `to` gets one message, however often the job is tried: its id comes from the job and the person."""

    name = "notify"
    help = Said(
        "tells people on their page and by e-mail, each in the language of their page; gives count, the number of people told",
        "在页面和邮件里通知人员，按各人页面的语言；返回 count，即通知的人数",
    )
    parameters = (
        Entry(
            "to",
            Said(
                "ids of people or candidate keys such as `role:clerk`: one, several separated by commas, or a list",
                "人员 id 或候选键（如 `role:clerk`）：一个、以逗号分隔的多个，或一个列表",
            ),
            Kind.VALUE,
            is_required=True,
            takes_feel=True,
        ),
        Entry("subject", Said("one line", "一行标题"), is_required=True, takes_feel=True),
        Entry("text", Said("more words", "正文"), takes_feel=True),
        Entry("subjectEn", Said("the subject in English", "英文标题"), takes_feel=True),
        Entry("textEn", Said("the text in English", "英文正文"), takes_feel=True),
    )

    def __init__(self, begin: Callable[[], AbstractContextManager[UnitOfWork]], *, is_mailed: bool = False) -> None:
        self.begin = begin
        self.is_mailed = is_mailed

    def call(self, inputs: Mapping[str, Any], job: Job) -> Mapping[str, Any]:
        """Gives `count`, the number of people told, also those whom a try has told that was cut off before it could answer.
        Nobody meant is no failure: a step must not stop for a reminder."""
        subject = str(inputs.get("subject") or "").strip()[:SUBJECT_LIMIT]
        if not subject:
            raise ConnectorFailed(Sentence("The message has no subject."), is_retryable=False)
        with self.begin() as work:
            people = sorted(set(_people(ids(inputs.get("to")), work.directory)))
            if len(people) > PEOPLE_LIMIT:
                raise ConnectorFailed(
                    Sentence("The message would go to more than {limit} people.", limit=PEOPLE_LIMIT),
                    is_retryable=False,
                )
            case = uuid.UUID(job.process_instance_id)
            text, subject_en, text_en = _words(inputs)
            told = [
                Notification(
                    uuid.uuid5(uuid.UUID(job.id), person), person, case, subject, text, work.now, None, subject_en, text_en
                )
                for person in people
            ]
            notifications.add(work, told, is_mailed=self.is_mailed)
            return {"count": len(told)}


def _words(inputs: Mapping[str, Any]) -> tuple[str, str, str]:
    """The text, the subject in English, the text in English."""
    text, subject_en, text_en = (str(inputs.get(name) or "").strip() for name in ("text", "subjectEn", "textEn"))
    return text[:TEXT_LIMIT], subject_en[:SUBJECT_LIMIT], text_en[:TEXT_LIMIT]


def _people(keys: Iterable[str], directory: Directory) -> Iterable[str]:
    """The ids of the active people behind person ids, `person:ID`, `role:ROLE` and `role:ROLE@DEPARTMENT`."""
    for key in keys:
        kind, colon, rest = key.partition(":")
        if kind == "role" and colon:
            role, _, department = rest.partition("@")
            yield from directory.holders(role, department or None)
            continue
        person = directory.find_person(rest if colon else key)
        if person is not None and person.is_active:
            yield person.id
