"""Webhook endpoints: made by administrators, their secret shown once, what failed replayed."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable, Mapping

import pytest
from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

from tests.web.visitor import Page, Visitor

FIELDS = {
    "name": "crm", "style": "github", "effect": "start", "target": "trip", "acts_as": "chen.jing",
    "variables": "{destination: body.city, days: body.days}",
}  # fmt: skip


def deliver(app: Flask, secret: str, body: dict[str, object], more: Mapping[str, str] | None = None) -> TestResponse:
    content = json.dumps(body).encode()
    signature = hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
    headers = {
        "X-Hub-Signature-256": f"sha256={signature}",
        "X-GitHub-Delivery": str(time.monotonic_ns()),
        "Content-Type": "application/json",
        **(more or {}),
    }
    return app.test_client().post("/webhooks/crm", data=content, headers=headers)


@pytest.fixture
def created(hu: Visitor) -> Page:
    return hu.presses("/webhook-endpoints", **FIELDS)


def secret_of(page: Page) -> str:
    return str(page.tree.xpath("string(//code[@id='secret'])"))


def sent_by_form(page: Page) -> dict[str, str]:
    """What the form of the page sends when nobody changes anything."""
    (form,) = page.tree.xpath("//main//form[contains(@class, 'card')]")
    return {name: value or "" for name, value in form.form_values()}


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


@pytest.mark.parametrize("sent_in", ["en", "zh"])
def test_why_deliveries_failed_is_said_in_the_readers_language_whatever_their_sender_speaks(
    created: Page, app: Flask, visitor: Callable[..., Visitor], sent_in: str
) -> None:
    speaks = {"Accept-Language": sent_in}
    assert deliver(app, secret_of(created), {"city": "广州", "days": "many"}, speaks).status_code == 422
    assert deliver(app, "wrong" * 8, {}, speaks).status_code == 403
    chinese = visitor("hu.wei", language="zh").opens(address_of(created)).tree
    failed, refused = causes(chinese)
    assert "共 1 个问题" in failed and "天数：" in failed and "签名不符。" in refused
    assert not re.search("[A-Za-z]+ [a-z]+ [a-z]+", failed + refused)
    english = visitor("hu.wei", language="en").opens(address_of(created)).tree
    failed, refused = causes(english)
    assert "Days: " in failed and "not signed as agreed: the signature does not match." in refused
    assert not re.search("[\u4e00-\u9fff]", failed)


def causes(page: html.HtmlElement) -> tuple[str, str]:
    """Why a delivery failed, and why one was refused."""
    failed = " ".join(page.xpath("//p[@class='incident-cause']/text()"))
    return failed, " ".join(page.xpath("//dl//p[@class='quiet']/text()"))


def test_wrong_expressions_come_back_at_their_fields(hu: Visitor) -> None:
    page = hu.presses("/webhook-endpoints", **{**FIELDS, "variables": "{destination:"})
    assert page.status == 422
    (field,) = page.tree.xpath("//*[@aria-invalid='true']")
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


def test_an_endpoint_is_changed_and_keeps_its_secret(created: Page, app: Flask, hu: Visitor, wang: Visitor) -> None:
    form = sent_by_form(hu.opens(f"{address_of(created)}/edit"))
    assert (form["name"], form["variables"], form["acts_as"]) == (FIELDS["name"], FIELDS["variables"], "chen.jing")
    page = hu.presses(address_of(created), **{**form, "variables": "= {destination: body.town, days: 1}"})
    assert "Webhook 端点已修改" in page.text
    assert deliver(app, secret_of(created), {"town": "深圳"}).status_code == 200
    assert wang.opens("/user-tasks?list=claimable").links("深圳")


def test_a_change_that_is_refused_comes_back_at_its_field(created: Page, hu: Visitor) -> None:
    form = sent_by_form(hu.opens(f"{address_of(created)}/edit"))
    page = hu.presses(address_of(created), **{**form, "name": "Not A Name"})
    assert page.status == 422
    (field,) = page.tree.xpath("//*[@aria-invalid='true']")
    assert field.get("name") == "name"


def test_a_new_secret_is_shown_once_and_the_old_one_refused(created: Page, app: Flask, hu: Visitor) -> None:
    page = hu.presses(f"{address_of(created)}/secret")
    assert secret_of(page) not in ("", secret_of(created))
    assert secret_of(hu.opens(address_of(created))) == ""
    assert deliver(app, secret_of(created), {"city": "广州", "days": 2}).status_code == 403
    assert deliver(app, secret_of(page), {"city": "广州", "days": 2}).status_code == 200


def test_the_secret_of_a_sender_that_makes_its_own_is_entered(created: Page, app: Flask, hu: Visitor) -> None:
    hu.presses(f"{address_of(created)}/secret", secret="whsec_0123456789abcdef")
    assert deliver(app, "whsec_0123456789abcdef", {"city": "广州", "days": 2}).status_code == 200


def test_an_endpoint_is_switched_off_and_on(created: Page, app: Flask, hu: Visitor) -> None:
    assert "已停用" in hu.presses(f"{address_of(created)}/enable").text
    assert deliver(app, secret_of(created), {"city": "广州", "days": 2}).status_code == 404
    assert "已启用" in hu.presses(f"{address_of(created)}/enable", enabled="1").text
    assert deliver(app, secret_of(created), {"city": "广州", "days": 2}).status_code == 200


def test_a_rehearsal_says_what_would_happen_and_nothing_does(created: Page, hu: Visitor, wang: Visitor) -> None:
    page = hu.presses(f"{address_of(created)}/rehearse", body=json.dumps({"city": "昆明", "days": 3}))
    assert "会启动" in page.text and "会等待" in page.text
    assert '"destination": "昆明"' in page.text
    assert "x-hub-signature-256: sha256=" in page.text
    assert not wang.opens("/user-tasks?list=claimable").links("昆明")
    assert "还没有投递" in hu.opens(address_of(created)).text


@pytest.mark.parametrize(
    ("fields", "body", "why"),
    [
        ({"target": "nothing"}, "{}", "没有流程定义 nothing"),
        ({}, "{", "不是 JSON"),
        ({"variables": "body.city"}, '{"city": 1}', "不是形如"),
    ],
)
def test_a_rehearsal_says_why_a_delivery_would_be_refused(fields: dict[str, str], body: str, why: str, hu: Visitor) -> None:
    created = hu.presses("/webhook-endpoints", **{**FIELDS, **fields})
    assert why in hu.presses(f"{address_of(created)}/rehearse", body=body).text


@pytest.mark.parametrize("style", ["liuzhuan", "github", "gitlab", "stripe"])
def test_a_sample_that_is_really_sent_starts_the_process(style: str, hu: Visitor, wang: Visitor) -> None:
    created = hu.presses("/webhook-endpoints", **{**FIELDS, "style": style})
    page = hu.presses(f"{address_of(created)}/send", body=json.dumps({"city": "大理", "days": 3}))
    assert "样例已被接受" in page.text and "已接受" in page.text
    assert wang.opens("/user-tasks?list=claimable").links("大理")


def test_a_rehearsal_shows_gitlabs_secret_to_nobody(hu: Visitor) -> None:
    created = hu.presses("/webhook-endpoints", **{**FIELDS, "style": "gitlab"})
    page = hu.presses(f"{address_of(created)}/rehearse", body="{}")
    assert "x-gitlab-token: ••••" in page.text
    assert secret_of(created) not in page.text


@pytest.mark.parametrize("verb", ["rehearse", "send", "secret", "enable", "delete"])
def test_only_administrators_change_or_try_them(verb: str, created: Page, dong: Visitor) -> None:
    assert dong.presses(f"{address_of(created)}/{verb}", body="{}").status == 403
