"""Webhook endpoints: made by administrators, their secret shown once, what failed replayed."""

from __future__ import annotations

import hashlib
import hmac
import json
import time

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.visitor import Page, Visitor

FIELDS = {
    "name": "crm", "style": "github", "effect": "start", "target": "trip", "acts_as": "chen.jing",
    "variables": "{destination: body.city, days: body.days}",
}  # fmt: skip


def deliver(app: Flask, secret: str, body: dict[str, object]) -> TestResponse:
    content = json.dumps(body).encode()
    signature = hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
    headers = {
        "X-Hub-Signature-256": f"sha256={signature}",
        "X-GitHub-Delivery": str(time.monotonic_ns()),
        "Content-Type": "application/json",
    }
    return app.test_client().post("/webhooks/crm", data=content, headers=headers)


@pytest.fixture
def created(hu: Visitor) -> Page:
    return hu.presses("/webhook-endpoints", **FIELDS)


def secret_of(page: Page) -> str:
    return str(page.tree.xpath("string(//code[@id='secret'])"))


def address_of(page: Page) -> str:
    return str(page.tree.xpath("string(//form[contains(@action, '/delete')]/@action)")).removesuffix("/delete")


def test_a_new_endpoint_shows_its_address_and_its_secret_once(created: Page, hu: Visitor) -> None:
    assert "http://localhost/webhooks/crm" in created.text
    assert len(secret_of(created)) >= 32
    assert secret_of(hu.opens(address_of(created))) == ""


def test_a_signed_delivery_starts_the_process_and_is_in_the_log(created: Page, app: Flask, hu: Visitor, wang: Visitor) -> None:
    assert deliver(app, secret_of(created), {"city": "广州", "days": 2}).status_code < 300
    assert "已接受" in hu.opens(address_of(created)).text
    assert wang.opens("/user-tasks?list=claimable").links("广州")


def test_what_failed_is_in_the_log_and_can_be_replayed(app: Flask, hu: Visitor) -> None:
    created = hu.presses("/webhook-endpoints", **{**FIELDS, "target": "nothing"})
    assert deliver(app, secret_of(created), {"city": "广州", "days": 2}).status_code == 404
    page = hu.opens(address_of(created))
    assert "失败" in page.text
    (replay,) = page.tree.xpath("//form[contains(@action, '/replay')]/@action")
    again = hu.presses(replay)
    assert "没有流程定义 nothing" in again.text
    assert len(again.tree.xpath("//form[contains(@action, '/replay')]")) == 2


def test_wrong_expressions_come_back_at_their_fields(hu: Visitor) -> None:
    page = hu.presses("/webhook-endpoints", **{**FIELDS, "variables": "{destination:"})
    assert page.status == 422
    (field,) = page.tree.xpath("//input[@aria-invalid='true']")
    assert field.get("name") == "variables"
    assert page.tree.xpath("string(//input[@name='name']/@value)") == "crm"


def test_a_taken_name_is_refused(created: Page, hu: Visitor) -> None:
    page = hu.presses("/webhook-endpoints", **FIELDS)
    assert page.status == 409
    assert "已有名为“crm”" in page.text


def test_a_deleted_endpoint_accepts_nothing(created: Page, app: Flask, hu: Visitor) -> None:
    hu.presses(f"{address_of(created)}/delete")
    assert deliver(app, secret_of(created), {}).status_code == 404
    assert "还没有 Webhook 端点" in hu.opens("/webhook-endpoints").text


@pytest.mark.parametrize("path", ["/webhook-endpoints", "/webhook-endpoints/new"])
def test_only_administrators_see_them(path: str, dong: Visitor) -> None:
    assert dong.opens(path).status == 403
