"""The demo company with one small process of its own, seen through pages: no browser, only requests and what comes back.

chen.jing works in marketing; wang.lei is the head of marketing and approves; yang.li books; li.na works elsewhere;
dong.hao operates; hu.wei administers and designs.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from flask import Flask

from engine import deployments
from engine.actor import SYSTEM
from engine.deployments import File
from service.app import application, assemble
from service.demo import loading
from service.parts import Parts
from service.settings import Settings
from tests.web.visitor import Visitor

MODELS = Path(__file__).with_name("models")
SECRET_KEY = "tests only: 0123456789 abcdefghij"
numbers = count(1)


def settings_for(path: Path) -> Settings:
    return Settings(secret_key=SECRET_KEY, database_url=f"sqlite:///{path}", public_url="http://localhost", is_demo=True)


def trip_files() -> list[File]:
    form = File("tests/trip.form.json", (MODELS / "trip.form.json").read_bytes())
    return [form, File("trip.bpmn", (MODELS / "trip.bpmn").read_bytes())]


@pytest.fixture(scope="session")
def furnished_database(sqlite_folder: Path, sqlite_template: Path) -> Path:
    path = sqlite_folder / "pages.db"
    shutil.copyfile(sqlite_template, path)
    parts = assemble(settings_for(path))
    loading.load_company(parts, lambda done, all: None)
    with parts.begin(SYSTEM) as work:
        deployments.deploy(work, trip_files(), name="tests")
    parts.close()
    return path


@pytest.fixture
def parts(furnished_database: Path, tmp_path: Path) -> Iterator[Parts]:
    path = tmp_path / f"pages_{next(numbers)}.db"
    shutil.copyfile(furnished_database, path)
    parts = assemble(settings_for(path))
    yield parts
    parts.close()


@pytest.fixture
def app(parts: Parts) -> Flask:
    return application(parts)


@pytest.fixture
def visitor(app: Flask) -> Callable[..., Visitor]:
    """visitor("chen.jing"): signed in, in Chinese; visitor("chen.jing", language="en"); visitor(""): nobody."""

    def arrived(person: str = "", language: str = "") -> Visitor:
        guest = Visitor(app.test_client())
        if language:
            guest.speaks(language)
        if person:
            guest.signs_in(person, loading.PASSWORD)
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
    return wang.opens("/user-tasks?list=claimable").link("北京")
