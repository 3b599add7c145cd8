"""The demo company with one small process of its own, seen through pages: no browser, only requests and what comes back.

chen.jing works in marketing; wang.lei is the head of marketing and approves; yang.li books; li.na works elsewhere;
dong.hao operates; hu.wei administers and designs.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from flask import Flask

from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from service.app import application, assemble
from service.demo import loading
from service.identity.current import Identity
from service.identity.sign_in import sign_in
from service.identity.token_memory import TokenMemory
from service.parts import Parts
from service.settings import Settings
from tests.web.visitor import Visitor

MODELS = Path(__file__).with_name("models")
SECRET_KEY = "tests only: 0123456789 abcdefghij"
PEOPLE = ("chen.jing", "wang.lei", "li.na", "dong.hao", "hu.wei")
numbers = count(1)


def settings_for(path: Path) -> Settings:
    return Settings(secret_key=SECRET_KEY, database_url=f"sqlite:///{path}", public_url="http://localhost", is_demo=True)


def trip_files() -> list[File]:
    form = File("tests/trip.form.json", (MODELS / "trip.form.json").read_bytes())
    return [form, File("trip.bpmn", (MODELS / "trip.bpmn").read_bytes())]


@dataclass(frozen=True)
class Furnished:
    """A database with company and process, and an open session for each person of the tests."""

    path: Path
    sessions: Mapping[str, str]


@pytest.fixture(scope="session")
def furnished(sqlite_folder: Path, sqlite_template: Path) -> Furnished:
    path = sqlite_folder / "pages.db"
    shutil.copyfile(sqlite_template, path)
    parts = assemble(settings_for(path))
    loading.load_company(parts, lambda done, all: None)
    with parts.begin(SYSTEM) as work:
        deployments.deploy(work, trip_files(), name="tests")
    sessions = {person: signed_in(parts, person) for person in PEOPLE}
    parts.close()
    return Furnished(path, sessions)


def signed_in(parts: Parts, person: str) -> str:
    """The id of a session: signing in is slow on purpose, so it is done once for all tests."""
    lasts = timedelta(hours=12)
    return sign_in(parts.database, parts.organisations, person, loading.PASSWORD, address="127.0.0.1", lasts=lasts).id


@pytest.fixture(scope="session")
def one_app(furnished: Furnished) -> Iterator[Flask]:
    """Putting an application together takes as long as ten tests; each test gives it a database of its own."""
    parts = assemble(settings_for(furnished.path))
    yield application(parts)
    parts.close()


@pytest.fixture
def parts(furnished: Furnished, tmp_path: Path) -> Iterator[Parts]:
    path = tmp_path / f"pages_{next(numbers)}.db"
    shutil.copyfile(furnished.path, path)
    parts = assemble(settings_for(path))
    yield parts
    parts.close()


@pytest.fixture
def app(one_app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setitem(one_app.extensions, "liuzhuan", parts)
    identity = Identity(parts.database, parts.organisations, parts.settings, TokenMemory(0))
    monkeypatch.setitem(one_app.extensions, "liuzhuan.identity", identity)
    return one_app


@pytest.fixture
def visitor(app: Flask, furnished: Furnished) -> Callable[..., Visitor]:
    """visitor("chen.jing"): signed in, in Chinese; visitor("chen.jing", language="en"); visitor(): nobody."""

    def arrived(person: str = "", language: str = "") -> Visitor:
        guest = Visitor(app.test_client())
        if language:
            guest.speaks(language)
        if person:
            guest.continues(furnished.sessions[person])
        return guest

    return arrived


@pytest.fixture
def chen(visitor: Callable[..., Visitor]) -> Visitor:
    return visitor("chen.jing")


@pytest.fixture
def wang(visitor: Callable[..., Visitor]) -> Visitor:
    return visitor("wang.lei")


@pytest.fixture
def li(visitor: Callable[..., Visitor]) -> Visitor:
    return visitor("li.na")


@pytest.fixture
def dong(visitor: Callable[..., Visitor]) -> Visitor:
    return visitor("dong.hao")


@pytest.fixture
def hu(visitor: Callable[..., Visitor]) -> Visitor:
    return visitor("hu.wei")


@pytest.fixture
def nobody(visitor: Callable[..., Visitor]) -> Visitor:
    return visitor()


@pytest.fixture
def trip(chen: Visitor) -> str:
    """The address of a trip to 北京 that chen.jing has applied for; wang.lei is to approve it."""
    answer = chen.sends("/start/trip", variables={"destination": "北京", "days": 3, "secret": "面谈"})
    assert answer.status == 200, answer.text
    return str(answer.json["next"])


@pytest.fixture
def approval(trip: str, wang: Visitor) -> str:
    """The address of wang.lei's task."""
    return wang.opens("/user-tasks?list=claimable").link("北京").partition("?")[0]
