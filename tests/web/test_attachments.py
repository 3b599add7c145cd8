"""Files at tasks and start forms: kept, shown safely, seen only by who sees the process."""

from __future__ import annotations

from tests.web.visitor import Visitor


def test_a_file_added_at_a_task_is_listed_and_can_be_opened(approval: str, wang: Visitor) -> None:
    answer = wang.uploads(f"{approval}/attachments", {"行程.txt": "三天".encode()})
    (value,) = answer.json["attachments"]
    assert (value["name"], value["size"]) == ("行程.txt", 6)
    page = wang.opens(wang.opens(approval).link("行程.txt"))
    (address,) = page.tree.xpath("//iframe[@sandbox]/@src")
    assert wang.opens(address).response.get_data(as_text=True) == "三天"
    assert "frame-src 'self'" in page.response.headers["Content-Security-Policy"]
    saved = wang.opens(page.link("下载")).response
    assert saved.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%E8%A1%8C%E7%A8%8B.txt"


def test_a_picture_is_shown_and_a_page_is_offered_for_saving(approval: str, wang: Visitor) -> None:
    png = wang.uploads(f"{approval}/attachments", {"a.png": b"\x89PNG"}).json["attachments"][0]["id"]
    page = wang.uploads(f"{approval}/attachments", {"a.html": b"<script>alert(1)</script>"}).json["attachments"][0]["id"]
    shown, saved = wang.opens(f"/attachments/{png}").response, wang.opens(f"/attachments/{page}").response
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert saved.mimetype == "application/octet-stream"
    assert "sandbox" in saved.headers["Content-Security-Policy"]


def test_whoever_does_not_see_the_process_does_not_see_its_files(approval: str, wang: Visitor, li: Visitor) -> None:
    id = wang.uploads(f"{approval}/attachments", {"a.txt": b"x"}).json["attachments"][0]["id"]
    assert li.opens(f"/attachments/{id}").status == 404


def test_a_file_of_a_start_form_is_seen_by_who_added_it(chen: Visitor, wang: Visitor) -> None:
    id = chen.uploads("/attachments", {"a.txt": b"x"}).json["attachments"][0]["id"]
    assert chen.opens(f"/attachments/{id}").status == 200
    assert wang.opens(f"/attachments/{id}").status == 404


def test_an_empty_file_is_refused_with_the_reason(approval: str, wang: Visitor) -> None:
    answer = wang.uploads(f"{approval}/attachments", {"a.txt": b""})
    assert answer.status == 422
    assert answer.json["detail"].startswith("无法添加附件")


def test_without_a_file_there_is_nothing_to_add(approval: str, wang: Visitor) -> None:
    assert wang.uploads(f"{approval}/attachments", {}).status == 422


def test_strangers_to_a_task_cannot_add_files(approval: str, li: Visitor) -> None:
    assert li.uploads(f"{approval}/attachments", {"a.txt": b"x"}).status == 404
