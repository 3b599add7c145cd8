"""Long texts leave compressed; what could be guessed from their length does not."""

from __future__ import annotations

import gzip
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from service import compression
from service.identity import csrf
from service.identity.current import CSRF_HEADER
from service.identity.sign_in import sign_in
from service.parts import Parts
from tests.api.conftest import PASSWORD, SECRET_KEY, As

START = "/api/v1/process-definitions/leave/start"
GZIP = {"Accept-Encoding": "gzip, deflate, br, zstd"}


@pytest.fixture
def client(app: Flask, parts: Parts) -> FlaskClient:
    """Alice in her browser."""
    client = app.test_client()
    client.set_cookie(
        "liuzhuan", sign_in(parts.database, parts.organisations, "alice", PASSWORD, address="", lasts=timedelta(1)).id
    )
    return client


def is_compressed(answer: TestResponse) -> bool:
    return answer.headers.get("Content-Encoding") == "gzip"


def test_a_page_leaves_compressed_as_its_reader_asks(client: FlaskClient) -> None:
    plain = client.get("/profile")
    answer = client.get("/profile", headers=GZIP)
    assert (is_compressed(plain), is_compressed(answer)) == (False, True)
    assert plain.headers["Vary"] == answer.headers["Vary"]
    assert answer.headers["Vary"] == "Cookie, Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(plain.data) / 2
    assert len(gzip.decompress(answer.data)) == len(plain.data)


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip", True),
        ("gzip;q=0.5, br", True),
        ("*", True),
        ("gzip;q=0", False),
        ("identity", False),
        ("br, zstd", False),
        ("", False),
    ],
)
def test_only_who_takes_it_gets_it(accepted: str, expected: bool, client: FlaskClient) -> None:
    assert is_compressed(client.get("/profile", headers={"Accept-Encoding": accepted})) == expected


def test_json_of_a_program_is_compressed_when_it_is_long(app: Flask, alice: As) -> None:
    short = alice.request("GET", "/session", headers=GZIP)
    assert ("Content-Encoding" in short.headers, "Vary" in short.headers) == (False, False)
    described = app.test_client().get("/api/openapi.json", headers={**GZIP, "Authorization": "Bearer lz_alice"})
    assert is_compressed(described)
    assert gzip.decompress(described.data).startswith(b"{")


def test_a_refusal_that_is_a_page_is_compressed_too(client: FlaskClient) -> None:
    answer = client.get("/organisation", headers={**GZIP, "Accept": "text/html"})
    assert (answer.status_code, is_compressed(answer)) == (403, True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/pdf"},
        {"Content-Type": "application/octet-stream"},
        {"Content-Type": "image/png"},
        {"Content-Type": "text/html", "Content-Encoding": "br"},
        {"Content-Type": "application/json", "ETag": '"7"'},
    ],
)
def test_what_is_compressed_already_or_has_an_etag_stays_as_it_is(headers: dict[str, str]) -> None:
    given = Headers(headers)
    body = b"x" * 10_000
    assert compression.encoded(body, given, {"HTTP_ACCEPT_ENCODING": "gzip"}) is body
    assert given == Headers(headers)


def test_a_file_that_is_downloaded_has_its_own_length(alice: As) -> None:
    content = b"\x89PNG" + b"x" * 10_000
    data = {"file": (BytesIO(content), "x.png", "image/png")}
    id = alice.request("POST", "/attachments", data=data, content_type="multipart/form-data").json["id"]
    answer = alice.request("GET", f"/attachments/{id}", headers=GZIP)
    assert (answer.data, int(answer.headers["Content-Length"])) == (content, len(content))


def test_a_built_file_is_encoded_once(app: Flask) -> None:
    static = Path(app.root_path) / "web" / "static"
    name = next(path.name for path in static.glob("app-*.css"))
    with app.test_client().get(f"/assets/{name}", headers=GZIP) as answer:
        assert answer.headers.getlist("Content-Encoding") == ["br"]
        assert answer.data == (static / f"{name}.br").read_bytes()


def test_the_same_answer_is_of_another_length_each_time() -> None:
    body = b"the same " * 1_000
    found = [compression.gzipped(body) for _ in range(50)]
    assert len({len(each) for each in found}) > 10
    assert {gzip.decompress(each) for each in found} == {body}


def test_a_page_says_the_csrf_token_differently_each_time_and_takes_each(client: FlaskClient) -> None:
    tokens = [client.get("/profile").text.partition('name="csrf-token" content="')[2].partition('"')[0] for _ in range(3)]
    assert len(set(tokens)) == 3
    for token in tokens:
        answer = client.post(
            "/api/v1/process-definitions/leave/start", json={"variables": {"employee": "x"}}, headers={CSRF_HEADER: token}
        )
        assert answer.status_code == 201, answer.json


@pytest.mark.parametrize(
    "token",
    ["", "x", "ä", "a" * 86, csrf.masked(SECRET_KEY, "another session"), csrf.masked("x" * 32, "")],
    ids=["none", "short", "not ASCII", "no base64 of ours", "another session's", "another key's"],
)
def test_no_other_token_is_taken(token: str, client: FlaskClient) -> None:
    answer = client.post(START, json={"variables": {}}, headers={CSRF_HEADER: token.encode().decode("latin-1")})
    assert answer.status_code == 403, answer.json
