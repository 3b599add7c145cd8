"""How often the database is asked for a page: each fact once, and no more for many rows than for one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from engine import process_instances
from engine.definitions import deployments
from engine.facts.actor import SYSTEM
from service.app import application, assemble
from service.demo import loading
from service.parts import Parts
from service.settings import Settings
from tests.fixtures.statements import statements
from tests.web.conftest import SECRET_KEY, signed_in, trip_files
from tests.web.plenty import more
from tests.web.visitor import Visitor

#: What every page asks: who it is, how much waits for them, what they have not read; and for who operates, what needs repair.
FRAME = 4

#: Each address that a browser opens, as somebody who administers → the statements it takes, on both databases. Of a case: the row
#: with its state, definition, tasks, files, record, history, jobs, timers, subscriptions, incidents.
ASKS = {
    "/": 1,
    "/api": FRAME,
    "/attachments/<uuid:id>": 4,
    "/attachments/<uuid:id>/save": 4,
    "/attachments/<uuid:id>/view": 3,
    "/decisions": FRAME + 2,
    "/decisions/<key>": FRAME + 4,
    "/decisions/<key>/xml": 3,
    "/deployments/element-templates": 1,
    "/deployments/new": FRAME,
    "/form-files/<path:key>": 2,
    "/forms": FRAME + 1,
    "/forms/<path:key>": FRAME + 3,
    "/incidents": FRAME + 6,
    "/notifications": FRAME + 2,
    "/organisation": FRAME + 1,
    "/organisation/<key>": FRAME + 2,
    "/process-definitions": FRAME + 1,
    "/process-definitions/<key>": FRAME + 8,
    "/process-definitions/<uuid:id>/diagram": 3,
    "/process-definitions/<uuid:id>/xml": 3,
    "/process-instances": FRAME + 3,
    "/process-instances/<uuid:id>": FRAME + 10,
    "/process-instances/<uuid:id>/move": FRAME + 7,
    "/process-instances/<uuid:id>/sheet": 6,
    "/profile": FRAME + 1,
    "/profile/password": FRAME,
    "/secrets": FRAME + 3,
    "/secrets/set": FRAME + 1,
    "/sign-in": 1,
    "/start": FRAME + 1,
    "/start/<key>": FRAME + 1,
    "/started": FRAME + 2,
    "/user-tasks": FRAME + 2,
    "/user-tasks/<uuid:id>": FRAME + 7,
    "/user-tasks/<uuid:id>/next": 4,
    "/user-tasks/<uuid:id>/sheet": 6,
    "/user-tasks/<uuid:id>/state": 2,
    "/user-tasks/waiting": 3,
    "/webhook-endpoints": FRAME + 1,
    "/webhook-endpoints/<uuid:id>": FRAME + 2,
    "/webhook-endpoints/<uuid:id>/edit": FRAME + 2,
    "/webhook-endpoints/new": FRAME + 1,
}
#: Asked without anybody signed in, or without the database.
ASK_NOTHING = {"/assets/<name>", "/icon.svg"}


@pytest.fixture(params=["sqlite", "postgresql"])
def parts(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Parts]:
    if request.param == "sqlite":
        path = tmp_path / "pages.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        url = f"sqlite:///{path}"
    else:
        url = request.getfixturevalue("postgres_url")
    parts = assemble(Settings(secret_key=SECRET_KEY, database_url=url, public_url="http://localhost", is_demo=True))
    loading.load_company(parts, lambda done, all: None)
    with parts.begin(SYSTEM) as work:
        deployments.deploy(work, trip_files(), name="tests")
    yield parts
    parts.close()


@pytest.fixture
def app(parts: Parts) -> Flask:
    return application(parts)


@pytest.fixture
def visitor(app: Flask, parts: Parts) -> Callable[[str], Visitor]:
    def arrived(person: str) -> Visitor:
        guest = Visitor(app.test_client())
        guest.continues(signed_in(parts, person))
        return guest

    return arrived


def addresses(app: Flask, ids: dict[str, str], *, of_api: bool = False) -> dict[str, str]:
    """By rule: every address that is opened by GET, of the pages or of the API."""
    keys = {
        "decisions": "fare-1",
        "form-files": "tests/more-1",
        "forms": "tests/more-1",
        "organisation": "wang.lei",
        "process-definitions": "user",
        "start": "trip",
    }
    found = {}
    for rule in app.url_map.iter_rules():
        is_page = rule.endpoint.startswith(("web.", "api_description.page"))
        if "GET" in (rule.methods or ()) and (rule.rule.startswith("/api/v1") if of_api else is_page):
            noun = rule.rule.removeprefix("/api/v1").split("/")[1]
            address = rule.rule.replace("<uuid:id>", ids.get(noun, ids["process-instances"]))
            found[rule.rule] = address.replace("<key>", keys.get(noun, "")).replace("<path:key>", keys.get(noun, ""))
    return found


def asked(parts: Parts, visitor: Visitor, address: str, *answers: int) -> list[str]:
    """The statements of a second visit: what never changes is kept in memory after the first."""
    visitor.opens(address)
    with statements(parts.database) as sent:
        assert visitor.opens(address).status in (200, 302, *answers), address
    return [each for each in sent if not each.startswith(("BEGIN", "COMMIT"))]


def test_every_page_asks_for_each_fact_once_however_much_there_is(app: Flask, parts: Parts, chen: Visitor, hu: Visitor) -> None:
    ids = more(parts, chen, 1)
    with parts.begin(SYSTEM) as work:
        (task,) = process_instances.record(work, process_instances.get(work, UUID(ids["process-instances"]))).waiting
    opened = addresses(app, {**ids, "user-tasks": str(task.id)})
    assert opened.keys() - ASK_NOTHING == ASKS.keys()
    first = {rule: asked(parts, hu, address) for rule, address in opened.items() if rule in ASKS}
    for number in (2, 3):
        more(parts, chen, number)
    found = []
    for rule, before in first.items():
        sent = asked(parts, hu, opened[rule])
        if len(sent) != ASKS[rule] or len(set(sent)) < len(sent) or len(sent) != len(before):
            found.append(
                f"{rule}: {len(before)}, {len(sent)} of {ASKS[rule]}:\n" + "\n".join(each[:150] for each in sorted(sent))
            )
    assert found == [], "\n\n".join(found)


def test_no_route_of_the_api_asks_more_for_many_rows_than_for_one(app: Flask, parts: Parts, chen: Visitor, hu: Visitor) -> None:
    ids = more(parts, chen, 1)
    task = hu.opens("/api/v1/user-tasks").json["items"][0]["id"]
    opened = addresses(app, {**ids, "user-tasks": task}, of_api=True)
    opened["/api/v1/attachments"] += f"?processInstanceId={ids['process-instances']}"
    first = {rule: len(asked(parts, hu, address, 404)) for rule, address in opened.items()}
    for number in (2, 3):
        more(parts, chen, number)
    assert {rule: len(asked(parts, hu, address, 404)) for rule, address in opened.items()} == first
    assert max(first.values()) <= 6


def test_a_case_asks_for_all_processes_that_it_has_called_at_once(parts: Parts, chen: Visitor, hu: Visitor) -> None:
    found = []
    for number in (1, 2, 3):
        more(parts, chen, number)
        with parts.begin(SYSTEM) as work:
            case = process_instances.start(work, "calling", {})
        found.append(len(asked(parts, hu, f"/process-instances/{case.id}")))
        assert f"more-{number}" in hu.opens(f"/process-instances/{case.id}").text
    assert len(set(found)) == 1, found


@pytest.mark.parametrize(
    ("page", "most"), [("/start", 4), ("/start/trip", 4), ("/user-tasks", 5), ("/started", 6), ("the task", 9), ("the case", 11)]
)
def test_who_works_is_answered_with_few_questions(
    page: str, most: int, parts: Parts, approval: str, trip: str, chen: Visitor, wang: Visitor
) -> None:
    """The task and the case have a form, a record, a diagram and what certainly follows."""
    who, address = {"the task": (wang, approval), "the case": (chen, trip)}.get(page, (chen, page))
    sent = asked(parts, who, address)
    assert len(sent) <= most, "\n".join(sent)
    assert len(set(sent)) == len(sent), "the same statement twice: " + "\n".join(sent)
