"""What a form costs: checking it asks the database nothing, restores nothing anew, and holds no lock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from engine.bpmn import restore
from engine.steps import restoring
from service import task_forms
from service.app import application, assemble
from service.parts import Parts
from tests.api.conftest import As, fill, settings_for
from tests.fixtures.statements import statements, words


@pytest.fixture
def parts(database_url: str) -> Iterator[Parts]:
    parts = assemble(settings_for(database_url))
    fill(parts)
    yield parts
    parts.close()


@pytest.fixture
def app(parts: Parts) -> Flask:
    return application(parts)


def complete(who: As, task: str, **variables: Any) -> None:
    answer = who.post(f"/user-tasks/{task}/complete", {"variables": variables})
    assert answer.status_code == 200, answer.json


@pytest.fixture
def corrected(correction: str, carol: As) -> str:
    """Somebody has looked at the form, so its version is in memory."""
    assert carol.get(f"/user-tasks/{correction}/form").status_code == 200
    return correction


def test_with_a_form_the_database_is_asked_as_often_as_without(
    parts: Parts, corrected: str, approval: str, carol: As, bob: As
) -> None:
    for who, task, body in ((carol, corrected, {"variables": {"amount": 7}}), (bob, approval, {"outcome": "approve"})):
        with statements(parts.database) as sent:
            assert who.post(f"/user-tasks/{task}/complete", body).status_code == 200
        read, write = words(sent)[:2], words(sent)[2]
        assert read == ["select", "select"], "who asks; the task with its process instance"
        assert write == ("with" if parts.database.is_postgresql else "begin"), "nothing else is read before it is written"


def test_the_state_is_restored_once(corrected: str, carol: As, monkeypatch: pytest.MonkeyPatch) -> None:
    restored = []

    def counted(*arguments: Any, **more: Any) -> Any:
        restored.append(arguments)
        return restore(*arguments, **more)

    monkeypatch.setattr(restoring, "restore", counted)
    complete(carol, corrected, amount=7)
    assert len(restored) == 1


def test_nobody_waits_while_a_form_is_checked(parts: Parts, correction: str, carol: As, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither for the write lock of SQLite nor for a row of PostgreSQL: the check runs outside of any transaction."""
    check, seen = task_forms.check_task_form, []

    def watched(work: Any, *arguments: Any, **more: Any) -> Any:
        seen.append((work.is_writing, parts.database.write_lock is not None and parts.database.write_lock.locked()))
        return check(work, *arguments, **more)

    monkeypatch.setattr(task_forms, "check_task_form", watched)
    complete(carol, correction, amount=7)
    assert seen == [(False, False)]
