"""Files: added by who works on a task, seen by who sees the process, never run by a browser."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import delete

from engine.facts.actor import SYSTEM
from engine.store.attachments import attachment_content
from service.parts import Parts
from tests.api.conftest import As, Reply, codes

HTML = b"<script>alert(1)</script>"


def add(who: As, name: str = "offer.html", content: bytes = HTML, **fields: str) -> Reply:
    data = {**fields, "file": (BytesIO(content), name, "text/html")}
    return who.request("POST", "/attachments", data=data, content_type="multipart/form-data")


def test_a_file_is_added_listed_and_comes_back(leave: str, approval: str, bob: As, alice: As) -> None:
    added = add(bob, userTaskId=approval)
    assert added.status_code == 201
    assert (added.json["name"], added.json["size"], added.json["addedBy"]) == ("offer.html", len(HTML), "bob")
    assert [each["id"] for each in alice.get("/attachments", processInstanceId=leave).json["items"]] == [added.json["id"]]
    assert alice.get(f"/attachments/{added.json['id']}").get_data() == HTML


def test_a_file_never_runs_in_the_browser(approval: str, bob: As) -> None:
    answer = bob.get(f"/attachments/{add(bob, userTaskId=approval).json['id']}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("../../etc/passwd", "passwd"), ("合同\u202egpj.exe", "合同gpj.exe")],
)
def test_names_are_made_harmless(approval: str, bob: As, sent: str, kept: str) -> None:
    assert add(bob, sent, userTaskId=approval).json["name"] == kept


def test_strangers_neither_add_nor_see(leave: str, approval: str, bob: As, mallory: As) -> None:
    id = add(bob, userTaskId=approval).json["id"]
    assert codes(mallory.get(f"/attachments/{id}"))[0] == 404
    assert codes(mallory.get("/attachments", processInstanceId=leave))[0] == 404
    assert codes(add(mallory, userTaskId=approval))[0] == 404
    assert codes(add(mallory))[0] == 403


def test_exactly_one_file_is_sent(approval: str, bob: As) -> None:
    data = {"userTaskId": approval, "file": [(BytesIO(b"a"), "a"), (BytesIO(b"b"), "b")]}
    answer = bob.request("POST", "/attachments", data=data, content_type="multipart/form-data")
    assert codes(answer) == (422, "request_refused")
    assert codes(add(bob, userTaskId="1")) == (422, "request_refused")
    assert codes(add(bob, isPublic="yes")) == (422, "request_refused")
    assert codes(add(bob, content=b"", userTaskId=approval)) == (422, "attachment_refused")


def test_a_file_whose_content_is_missing_is_said_to_be(approval: str, bob: As, parts: Parts) -> None:
    added = add(bob, userTaskId=approval).json["id"]
    with parts.begin(SYSTEM) as work:
        work.write(delete(attachment_content))
    answer = bob.get(f"/attachments/{added}")
    assert codes(answer) == (404, "attachment_lost")
    assert "offer.html" in answer.json["detail"]
