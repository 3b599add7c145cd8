"""The way in and out."""

from __future__ import annotations

from tests.web.visitor import Visitor


def test_a_page_asks_strangers_to_sign_in_and_then_leads_on(nobody: Visitor) -> None:
    answer = nobody.opens("/started")
    assert answer.response.location == "/sign-in?next=/started"
    form = nobody.opens(answer.response.location)
    assert form.tree.xpath("string(//input[@name='next']/@value)") == "/started"


def test_after_signing_in_the_inbox_opens(nobody: Visitor) -> None:
    assert nobody.signs_in("li.na", "liuzhuan").response.location == "/"
    assert nobody.opens("/user-tasks").title == "待办"


def test_an_e_mail_address_is_as_good_as_the_account(nobody: Visitor) -> None:
    assert nobody.signs_in("li.na@liuzhuan.example", "liuzhuan").status == 302


def test_a_wrong_password_says_nothing_about_the_account(nobody: Visitor) -> None:
    known, unknown = nobody.signs_in("li.na", "wrong"), nobody.signs_in("nobody.here", "wrong")
    assert (known.status, unknown.status) == (401, 401)
    assert "账号与密码不匹配" in known.text
    assert "账号与密码不匹配" in unknown.text


def test_the_account_is_still_there_after_a_wrong_password(nobody: Visitor) -> None:
    assert nobody.signs_in("li.na", "wrong").tree.xpath("string(//input[@id='account']/@value)") == "li.na"


def test_a_link_to_another_site_does_not_lead_there(nobody: Visitor) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        page = nobody.posts("/sign-in", account="li.na", password="liuzhuan", next=elsewhere)
        assert page.response.location == "/"


def test_after_signing_out_pages_are_closed(chen: Visitor) -> None:
    chen.presses("/sign-out")
    assert chen.opens("/user-tasks").status == 302


def test_whoever_is_signed_in_does_not_see_the_form_again(chen: Visitor) -> None:
    assert chen.opens("/sign-in").status == 302


def test_a_script_hears_that_its_session_is_over(nobody: Visitor) -> None:
    assert nobody.opens("/user-tasks", Accept="application/json").status == 401
