"""Files that people add."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from engine import process_instances
from engine.facts.errors import AttachmentRefused, NotAllowed, NotFound, VariablesRefused
from engine.people import attachments, user_tasks
from tests.engine.company import ALICE, ANNA, BOB, MALLORY
from tests.engine.conftest import Begin, OpenTasks, Working


def test_a_file_of_a_task_is_seen_by_who_sees_the_process(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("review")
    (task,) = open_tasks(instance.id)
    with working(ALICE) as work:
        added = attachments.add(work, "offer.pdf", "application/pdf", b"%PDF", user_task_id=task.id)
    assert (added.process_instance_id, added.size, added.added_by) == (instance.id, 4, "alice")
    with working(ALICE) as work:
        assert attachments.get(work, added.id) == (added, b"%PDF")
        assert attachments.list_(work, instance) == (added,)
    with pytest.raises(NotFound), working(ANNA) as work:
        attachments.get(work, added.id)
    with pytest.raises(NotFound), working(MALLORY) as work:
        attachments.add(work, "x.txt", "text/plain", b"x", user_task_id=task.id)


def test_a_file_for_a_start_form_belongs_to_the_instance_once_it_starts(working: Working, deploy: Callable[..., Any]) -> None:
    deploy("review.bpmn")
    with working(ALICE) as work:
        added = attachments.add(work, "offer.pdf", "application/pdf", b"%PDF")
    with pytest.raises(NotFound), working(ANNA) as work:
        attachments.get(work, added.id)
    with working(ALICE) as work:
        instance = process_instances.start(work, "review", {}, attachments=[added.id])
    with working(ALICE) as work:
        assert [each.id for each in attachments.list_(work, instance)] == [added.id]


def test_the_file_of_somebody_else_is_not_taken_along(working: Working, deploy: Callable[..., Any]) -> None:
    deploy("review.bpmn")
    with working(ANNA) as work:
        hers = attachments.add(work, "secret.pdf", "application/pdf", b"%PDF")
    with pytest.raises(VariablesRefused), working(ALICE) as work:
        process_instances.start(work, "review", {}, attachments=[hers.id])
    value = {"id": str(hers.id), "name": hers.name, "size": hers.size}
    with working(ALICE) as work:
        instance = process_instances.start(work, "review", {"files": [value]})
    with working(ALICE) as work:
        assert attachments.list_(work, instance) == ()


def test_completing_takes_files_along(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("review")
    with working(ALICE) as work:
        added = attachments.add(work, "offer.pdf", "application/pdf", b"%PDF")
    with working(ALICE) as work:
        user_tasks.complete(work, open_tasks(instance.id)[0].id, {}, attachments=[added.id])
    with working(BOB) as work:
        assert attachments.get(work, added.id)[1] == b"%PDF"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\合同.docx", "合同.docx"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("nul\0byte.txt", "nulbyte.txt"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
    ],
)
def test_a_name_never_becomes_a_path(name: str, kept: str) -> None:
    assert attachments.safe_name(name) == kept


@pytest.mark.parametrize("name", ["", "..", "a/", "\u200b"])
def test_a_file_needs_a_name(name: str) -> None:
    with pytest.raises(AttachmentRefused):
        attachments.safe_name(name)


def test_a_file_within_limits_only(working: Working, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MAX_BYTES", 10)
    for content in (b"", b"x" * 11):
        with pytest.raises(AttachmentRefused), working(ALICE) as work:
            attachments.add(work, "a.txt", "text/plain", content)
    with working(ALICE) as work:
        odd = attachments.add(work, "a.txt", "text/html\r\nx: y", b"x")
    assert odd.content_type == "application/octet-stream"
    with pytest.raises(NotFound), working(ALICE) as work:
        attachments.get(work, UUID(int=0))
    with pytest.raises(NotAllowed), working(MALLORY) as work:
        attachments.add(work, "a.txt", "text/plain", b"x")


def test_files_that_stand_in_the_values_are_taken_along(working: Working, deploy: Callable[..., Any]) -> None:
    deploy("review.bpmn")
    with working(ALICE) as work:
        added = attachments.add(work, "offer.pdf", "application/pdf", b"%PDF")
    files = [{"id": str(added.id), "name": added.name, "size": added.size}, {"id": "no id", "size": 1}, "text"]
    with working(ALICE) as work:
        instance = process_instances.start(work, "review", {"files": files})
    with working(ALICE) as work:
        assert [each.id for each in attachments.list_(work, instance)] == [added.id]
