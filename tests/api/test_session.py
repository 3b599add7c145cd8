"""Signing in with a browser: cookies, CSRF, fixation, signing out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import application
from service.identity import passwords
from service.parts import Parts
from service.settings import Settings
from tests.api.conftest import PASSWORD, SECRET_KEY, As, codes

COOKIE = "liuzhuan"


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real hashes take 50 ms each."""
    monkeypatch.setattr(passwords, "matches", lambda stored, password: stored is not None and password == PASSWORD)
    monkeypatch.setattr(passwords, "is_outdated", lambda stored: False)


def sign_in(browser: FlaskClient, account: str = "alice", password: str = PASSWORD, **more: Any) -> TestResponse:
    return browser.post("/api/v1/session", json={"account": account, "password": password}, **more)


def start(browser: FlaskClient, **headers: str) -> TestResponse:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    body = {"variables": {"employee": "Alice"}}
    return browser.post("/api/v1/process-definitions/leave/start", json=body, headers=names)


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


def test_signing_in_tells_who_one_is(browser: FlaskClient) -> None:
    answer = sign_in(browser)
    assert answer.status_code == 200
    assert answer.json is not None
    assert (answer.json["personId"], answer.json["rights"]) == ("alice", ["start", "work"])
    me = browser.get("/api/v1/session").json
    assert me is not None
    assert (me["personId"], bool(me["csrfToken"])) == ("alice", True)


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(browser: FlaskClient) -> None:
    cookie = sign_in(browser).headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie


def test_with_https_the_cookie_never_goes_over_http(parts: Parts) -> None:
    secure = Settings(secret_key=SECRET_KEY, database_url=parts.settings.database_url, public_url="https://localhost")
    app = application(Parts(secure, parts.database, parts.organisations, parts.secrets, parts.forms, parts.connectors))
    answer = sign_in(app.test_client())
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-liuzhuan=")
    assert "; Secure" in cookie
    assert answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(("account", "password"), [("alice", "wrong password"), ("nobody", PASSWORD)])
def test_unknown_people_and_wrong_passwords_look_alike(browser: FlaskClient, account: str, password: str) -> None:
    answer = sign_in(browser, account, password)
    assert codes(answer) == (401, "sign_in_refused")
    assert "Set-Cookie" not in answer.headers
    assert account not in answer.get_data(as_text=True)


def test_guessing_is_slowed_down(browser: FlaskClient) -> None:
    for _ in range(5):
        sign_in(browser, password="wrong password")
    answer = sign_in(browser)
    assert codes(answer) == (429, "too_many_attempts")
    assert 0 < int(answer.headers["Retry-After"]) <= 3


def test_a_session_planted_before_signing_in_is_worth_nothing(app: Flask) -> None:
    victim, attacker = app.test_client(), app.test_client()
    victim.set_cookie(COOKIE, "planted-by-the-attacker")
    sign_in(victim)
    attacker.set_cookie(COOKIE, "planted-by-the-attacker")
    assert attacker.get("/api/v1/session").status_code == 401


def test_signing_in_again_ends_the_session_before(app: Flask, browser: FlaskClient) -> None:
    sign_in(browser)
    before = browser.get_cookie(COOKIE)
    assert before is not None
    sign_in(browser, "bob")
    thief = app.test_client()
    thief.set_cookie(COOKIE, before.value)
    assert thief.get("/api/v1/session").status_code == 401


def test_signing_out_ends_the_session_on_the_server(app: Flask, browser: FlaskClient) -> None:
    token = sign_in(browser).json["csrfToken"]  # type: ignore[index]
    cookie = browser.get_cookie(COOKIE)
    assert cookie is not None
    answer = browser.delete("/api/v1/session", headers={"X-CSRF-Token": token})
    assert answer.status_code == 204
    assert browser.get_cookie(COOKIE) is None
    thief = app.test_client()
    thief.set_cookie(COOKIE, cookie.value)
    assert thief.get("/api/v1/session").status_code == 401


def test_a_change_needs_the_token_of_the_session(app: Flask, browser: FlaskClient) -> None:
    token = sign_in(browser).json["csrfToken"]  # type: ignore[index]
    other = app.test_client()
    others_token = sign_in(other, "bob").json["csrfToken"]  # type: ignore[index]
    assert codes(start(browser)) == (403, "cross_site_request")
    assert codes(start(browser, X_CSRF_Token="")) == (403, "cross_site_request")
    assert codes(start(browser, X_CSRF_Token="ü")) == (403, "cross_site_request")
    assert codes(start(browser, X_CSRF_Token=others_token)) == (403, "cross_site_request")
    assert start(browser, X_CSRF_Token=token).status_code == 201


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example", "http://localhost:81"])
def test_a_change_from_another_site_is_refused_even_with_the_token(browser: FlaskClient, origin: str) -> None:
    token = sign_in(browser).json["csrfToken"]  # type: ignore[index]
    assert codes(start(browser, X_CSRF_Token=token, Origin=origin)) == (403, "cross_site_request")


def test_signing_in_from_another_site_is_refused(browser: FlaskClient) -> None:
    assert codes(sign_in(browser, headers={"Origin": "https://evil.example"})) == (403, "cross_site_request")
    assert codes(sign_in(browser, headers={"Sec-Fetch-Site": "cross-site"})) == (403, "cross_site_request")


def test_a_page_of_ours_may_change_things(browser: FlaskClient) -> None:
    token = sign_in(browser, headers={"Origin": "http://localhost"}).json["csrfToken"]  # type: ignore[index]
    assert start(browser, X_CSRF_Token=token, Origin="http://localhost", Sec_Fetch_Site="same-origin").status_code == 201


def test_nothing_is_changed_by_get(app: Flask) -> None:
    """GET needs no CSRF token, so it must not have an effect: the verbs behind it only read."""
    for rule in app.url_map.iter_rules():
        methods = rule.methods or set()
        if rule.rule.startswith("/api/") and "GET" in methods:
            name = rule.endpoint.rpartition(".")[2]
            assert not methods & {"POST", "PUT", "DELETE"}
            assert not any(name.startswith(verb) for verb in ("create", "delete", "set_", "complete", "cancel", "claim"))


def test_a_wrong_token_is_not_made_up_for_by_a_cookie(browser: FlaskClient) -> None:
    sign_in(browser)
    for header in ("Bearer lz_wrong", "Bearer", "Basic YWxpY2U6eA==", "lz_alice", "Bearer lz_alice lz_alice"):
        assert browser.get("/api/v1/session", headers={"Authorization": header}).status_code == 401


def test_a_token_opens_no_page(app: Flask) -> None:
    answer = app.test_client().get("/profile", headers={"Authorization": "Bearer lz_alice"})
    assert answer.status_code == 302
    assert "/sign-in" in answer.headers["Location"]


def test_a_token_cannot_make_or_list_tokens(alice: As) -> None:
    assert codes(alice.get("/tokens")) == (403, "not_with_token")
    assert codes(alice.post("/tokens", {"name": "more"})) == (403, "not_with_token")


def test_tokens_are_made_listed_and_deleted_by_who_is_signed_in(
    app: Flask, browser: FlaskClient, program: Callable[[str], As]
) -> None:
    csrf = {"X-CSRF-Token": sign_in(browser).json["csrfToken"]}  # type: ignore[index]
    made = browser.post("/api/v1/tokens", json={"name": "CRM", "rights": ["start"]}, headers=csrf)
    assert made.status_code == 201
    assert made.json is not None
    clear, id = made.json["token"], made.json["details"]["id"]
    crm = As(app.test_client(use_cookies=False), clear)
    assert crm.get("/session").json["rights"] == ["start"]
    listed = browser.get("/api/v1/tokens")
    assert clear not in listed.get_data(as_text=True)
    assert listed.json is not None
    assert id in [each["id"] for each in listed.json["items"]]
    assert browser.delete(f"/api/v1/tokens/{id}", headers=csrf).status_code == 204
    assert crm.get("/session").status_code == 401


def test_a_token_for_more_than_one_may_is_refused(browser: FlaskClient) -> None:
    csrf = {"X-CSRF-Token": sign_in(browser).json["csrfToken"]}  # type: ignore[index]
    answer = browser.post("/api/v1/tokens", json={"name": "x", "rights": ["administer"]}, headers=csrf)
    assert codes(answer) == (422, "token_refused")
