"""What people see when something was refused or went wrong."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.web.visitor import Visitor


def test_an_unknown_address_is_a_page_with_a_way_back(chen: Visitor) -> None:
    page = chen.opens("/nowhere")
    assert (page.status, page.title) == (404, "找不到")
    assert page.links("回到待办")


def test_an_unknown_thing_is_named(chen: Visitor) -> None:
    page = chen.opens("/user-tasks/01900000-0000-7000-8000-000000000000")
    assert page.status == 404
    assert "没有任务" in page.text


def test_our_own_fault_has_a_number_and_no_secrets(
    app: Flask, chen: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> str:
        raise RuntimeError("secret detail")

    monkeypatch.setitem(app.view_functions, "web.profile.show", broken)
    page = chen.opens("/profile")
    assert page.status == 500
    (number,) = re.findall(r"[0-9a-f]{8}", page.text)
    assert number in caplog.text
    assert "secret detail" not in page.response.get_data(as_text=True)


def test_a_part_of_a_page_gets_a_part_of_a_page(chen: Visitor) -> None:
    answer = chen.opens("/incidents", **{"HX-Request": "true"})
    assert answer.status == 403
    assert "<html" not in answer.response.get_data(as_text=True)


def test_a_script_gets_json(chen: Visitor) -> None:
    answer = chen.sends("/start/nothing", variables={})
    assert answer.status == 404
    assert answer.json["detail"].startswith("没有流程定义")


def test_every_page_forbids_foreign_and_inline_scripts(chen: Visitor) -> None:
    policy = chen.opens("/user-tasks").response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
