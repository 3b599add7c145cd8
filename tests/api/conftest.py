"""A small company at work: alice works, bob leads, carol is a clerk, oscar operates, dora designs, adam administers,
mallory may nothing.

The database is made once and copied for each test; everybody has an API token `lz_NAME` and one password.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.assignment.directory import Department, Person, Role
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM, Right
from engine.facts.ids import new_id
from engine.store import schema
from service.app import application, assemble
from service.background import run_jobs
from service.identity.company import RIGHTS, USUAL_RIGHTS, Company
from service.identity.hashing import kept
from service.identity.importing import import_company
from service.identity.organisation import Member
from service.parts import Parts
from service.settings import Settings
from service.store import api_tokens
from service.store.api_tokens import ApiToken

MODELS = Path(__file__).with_name("models")
PASSWORD = "correct horse"
SECRET_KEY = "tests only: 0123456789 abcdefghij"
numbers = count(1)


def member(id: str, name: str, *roles: str, rights: frozenset[Right] = USUAL_RIGHTS, superior: str | None = "bob") -> Member:
    person = Person(id, name, id.capitalize(), "sales", superior)
    return Member(person, f"{id}@example.com", roles=tuple((role, "sales") for role in roles), rights=rights)


PEOPLE = (
    member("alice", "爱丽丝"),
    member("bob", "鲍勃", "manager", superior=None),
    member("carol", "卡萝", "clerk"),
    member("oscar", "奥斯卡", rights=USUAL_RIGHTS | {"operate"}),
    member("dora", "朵拉", rights=USUAL_RIGHTS | {"design"}),
    member("adam", "亚当", rights=frozenset({"administer"})),
    member("mallory", "马洛里", rights=frozenset()),
)


def company() -> Company:
    members = {each.person.id: each for each in PEOPLE}
    roles = {"manager": Role("manager", "经理", "Manager"), "clerk": Role("clerk", "文员", "Clerk")}
    departments = {"sales": Department("sales", "销售部", "Sales", head="bob")}
    return Company(departments, {}, roles, members, {id: PASSWORD for id in members})


def model_files() -> list[File]:
    forms = [File("tests/expense.form.json", (MODELS / "expense.form.json").read_bytes())]
    return forms + [File(path.name, path.read_bytes()) for path in sorted(MODELS.glob("*.bpmn"))]


def settings_for(url: str) -> Settings:
    return Settings(
        secret_key=SECRET_KEY, database_url=url, public_url="http://localhost", tick_late_seconds=0, token_memory_seconds=0
    )


def fill(parts: Parts) -> None:
    """The company, its tokens and its processes."""
    with parts.begin(SYSTEM) as work:
        import_company(work, company())
        for each in PEOPLE:
            token = ApiToken(new_id(work.now), each.person.id, "tests", RIGHTS, work.now, work.now + timedelta(days=9), work.now)
            api_tokens.add(work, token, kept(f"lz_{each.person.id}"))
    with parts.begin(SYSTEM) as work:
        deployments.deploy(work, model_files(), name="tests")


@pytest.fixture(scope="session")
def filled_database(sqlite_folder: Path) -> Path:
    path = sqlite_folder / "company.db"
    schema.migrate(f"sqlite:///{path}")
    parts = assemble(settings_for(f"sqlite:///{path}"))
    fill(parts)
    with parts.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    parts.close()
    return path


@pytest.fixture
def parts(filled_database: Path, sqlite_folder: Path) -> Iterator[Parts]:
    path = sqlite_folder / f"api_{next(numbers)}.db"
    shutil.copyfile(filled_database, path)
    parts = assemble(settings_for(f"sqlite:///{path}"))
    yield parts
    parts.close()
    path.unlink()


@pytest.fixture
def app(parts: Parts) -> Flask:
    return application(parts)


class Reply(TestResponse):
    """An answer of the API: JSON, unless a test says otherwise."""

    json: Any


@dataclass(frozen=True)
class As:
    """A person's program: `alice.get("/user-tasks")` is GET /api/v1/user-tasks with her token."""

    client: FlaskClient
    token: str = ""

    def request(self, method: str, path: str, **more: Any) -> Reply:
        headers = {**({"Authorization": f"Bearer {self.token}"} if self.token else {}), **more.pop("headers", {})}
        return cast(Reply, self.client.open(f"/api/v1{path}", method=method, headers=headers, **more))

    def get(self, path: str, **query: Any) -> Reply:
        return self.request("GET", path, query_string=query)

    def post(self, path: str, body: Any = None, **more: Any) -> Reply:
        return self.request("POST", path, **({} if body is None else {"json": body}), **more)

    def put(self, path: str, body: Any) -> Reply:
        return self.request("PUT", path, json=body)

    def delete(self, path: str) -> Reply:
        return self.request("DELETE", path)


@pytest.fixture
def program(app: Flask) -> Callable[[str], As]:
    """program("alice"): her token; program(""): nobody's."""
    return lambda name: As(app.test_client(use_cookies=False), f"lz_{name}" if name else "")


@pytest.fixture
def alice(program: Callable[[str], As]) -> As:
    return program("alice")


@pytest.fixture
def bob(program: Callable[[str], As]) -> As:
    return program("bob")


@pytest.fixture
def carol(program: Callable[[str], As]) -> As:
    return program("carol")


@pytest.fixture
def oscar(program: Callable[[str], As]) -> As:
    return program("oscar")


@pytest.fixture
def dora(program: Callable[[str], As]) -> As:
    return program("dora")


@pytest.fixture
def adam(program: Callable[[str], As]) -> As:
    return program("adam")


@pytest.fixture
def mallory(program: Callable[[str], As]) -> As:
    return program("mallory")


@pytest.fixture
def anonymous(program: Callable[[str], As]) -> As:
    return program("")


@pytest.fixture
def leave(alice: As) -> str:
    """The id of a leave that alice has asked for; bob, the manager, is to approve it."""
    answer = alice.post("/process-definitions/leave/start", {"variables": {"employee": "Alice", "salary": 5000}})
    assert answer.status_code == 201, answer.json
    return str(answer.json["id"])


@pytest.fixture
def approval(leave: str, bob: As) -> str:
    """The id of bob's user task."""
    (task,) = bob.get("/user-tasks", processInstanceId=leave).json["items"]
    return str(task["id"])


@pytest.fixture
def expense(carol: As) -> str:
    """The id of an expense that carol, a clerk, corrects."""
    answer = carol.post("/process-definitions/expense/start", {"variables": {"amount": 100}})
    assert answer.status_code == 201, answer.json
    return str(answer.json["id"])


@pytest.fixture
def correction(expense: str, carol: As) -> str:
    """The id of carol's user task, which has a form."""
    (task,) = carol.get("/user-tasks", processInstanceId=expense).json["items"]
    return str(task["id"])


@pytest.fixture
def incident(parts: Parts, expense: str, correction: str, carol: As, oscar: As) -> str:
    """The payment of an expense failed: nobody answers at that address."""
    assert carol.post(f"/user-tasks/{correction}/complete", {"variables": {"amount": 7}}).status_code == 200
    assert run_jobs.run_once(parts) == 1
    (found,) = oscar.get("/incidents", processInstanceId=expense).json["items"]
    return str(found["id"])


def codes(answer: TestResponse) -> tuple[int, str]:
    """Status and code of a refusal, whose shape is checked on the way."""
    assert answer.content_type == "application/problem+json"
    body: Any = answer.json
    assert {"code", "title", "status", "detail", "errors"} <= body.keys()
    assert body["status"] == answer.status_code
    return answer.status_code, body["code"]
