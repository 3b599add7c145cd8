"""Secrets: set by administrators on a page that never shows a value."""

from __future__ import annotations

import pytest

from engine.facts.actor import SYSTEM
from service.encryption import SecretBox
from service.parts import Parts
from service.secrets import keeping
from tests.web.visitor import Visitor

VALUE = "tok_en-4711.abcdef"
FIELDS = {"name": "crm-token", "value": VALUE, "hosts": "api.crm.example.com\nAPI.erp.example.com, other.example.com"}


def test_what_is_set_is_listed_without_its_value(hu: Visitor) -> None:
    hu.presses("/secrets", **FIELDS)
    page = hu.opens("/secrets")
    assert "{{secret.crm-token}}" in page.text
    assert [code.text for code in page.tree.xpath("//td[2]/code")] == [
        "api.crm.example.com",
        "api.erp.example.com",
        "other.example.com",
    ]
    assert VALUE not in page.response.text


def test_a_new_value_keeps_the_hosts_unless_they_are_changed(hu: Visitor) -> None:
    hu.presses("/secrets", **FIELDS)
    page = hu.opens("/secrets/set?name=crm-token")
    assert page.tree.xpath("string(//textarea)").strip().splitlines() == [
        "api.crm.example.com",
        "api.erp.example.com",
        "other.example.com",
    ]
    assert page.tree.xpath("//input[@id='name']/@readonly")
    assert VALUE not in page.response.text


def test_what_is_refused_is_said_at_its_field_and_the_value_is_typed_again(hu: Visitor) -> None:
    page = hu.presses("/secrets", **{**FIELDS, "hosts": "https://x.example.com/"})
    assert page.status == 422
    assert "api.example.com" in page.tree.xpath("string(//p[@id='hosts-hint'])")
    assert page.tree.xpath("string(//input[@id='name']/@value)") == "crm-token"
    assert VALUE not in page.response.text


def test_it_is_deleted(hu: Visitor) -> None:
    hu.presses("/secrets", **FIELDS)
    hu.presses("/secrets/crm-token/delete")
    assert "{{secret.crm-token}}" not in hu.opens("/secrets").text


@pytest.mark.parametrize("path", ["/secrets", "/secrets/set"])
def test_others_see_no_page(chen: Visitor, path: str) -> None:
    assert chen.opens(path).status == 403


def test_what_cannot_be_read_any_more_is_told_with_what_to_do(hu: Visitor, parts: Parts) -> None:
    hu.presses("/secrets", **FIELDS)
    assert "LIUZHUAN_PREVIOUS_SECRET_KEY" not in hu.opens("/secrets").text
    with parts.begin(SYSTEM) as work:
        keeping.set_(work, SecretBox("the key before this one"), "erp-token", VALUE)
    page = hu.opens("/secrets")
    assert page.tree.xpath("string(//div[@role='alert'])").strip().startswith("1 个密钥无法读取（erp-token）")
    assert "LIUZHUAN_PREVIOUS_SECRET_KEY" in page.text
    assert [row.text_content().count("无法读取") for row in page.tree.xpath("//tbody/tr")] == [0, 1]
