"""Every address × a holder of each single right, of the API and of the pages, generated from the route table: whom a view says
that it opens to is whom it opens to. A view that says nothing fails here.

Nothing that is asked here is kept, so no request spoils the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from typing import get_args

import pytest
from flask import Flask

from engine.facts.actor import SYSTEM, Right
from engine.store.unit_of_work import UnitOfWork
from service.identity.importing import import_company
from service.parts import Parts
from tests.api.asking import BODIES, Asker, Route, person, program, routes
from tests.api.conftest import As, company

#: None: nothing but being signed in.
HOLDERS: tuple[Right | None, ...] = (None, *get_args(Right))

#: Nouns whose things are not there for who may not see them: those of cases.
HIDDEN = {"user-tasks", "process-instances", "attachments"}

#: After these nobody could ask more.
SIGNING_OUT = {"POST /sign-out", "DELETE /session"}

#: Pages that show under another address what a route of the API tells.
SAME = {
    "GET /start/<key>": "GET /process-definitions/<key>/form",
    "POST /start/<key>": "POST /process-definitions/<key>/start",
    "GET /process-instances/<uuid:id>/sheet": "GET /process-instances/<uuid:id>/record",
    "GET /attachments/<uuid:id>/save": "GET /attachments/<uuid:id>",
}
#: Of one address and different all the same, and why.
DIFFERENT = {
    "GET /process-instances": "the page counts the whole company; what one sees of it is under /started and /user-tasks",
    "POST /attachments": "the page has it for start forms alone; the files of a task come by /user-tasks/<id>/attachments",
}

Ids = dict[str, str]


def test_every_view_says_whom_it_opens_to(app: Flask) -> None:
    assert [route.name for route in routes(app) if route.is_public == (route.opening is not None)] == []


def test_pages_open_to_whom_the_api_opens(app: Flask) -> None:
    of_api = {route.name: route.opening for route in routes(app) if route.is_api}
    of_pages = {route.name: route.opening for route in routes(app) if not route.is_api}
    pairs = SAME | {name: name for name in of_pages.keys() & of_api.keys()}
    assert {name for name, twin in pairs.items() if of_pages[name] != of_api[twin]} == DIFFERENT.keys()
    assert len(pairs) > 30


@pytest.fixture
def own(adam: As, incident: str) -> Ids:
    """By noun: adam has started an instance, has its task and a file; and what belongs to nobody."""
    common = {
        "incidents": incident,
        "process-definitions": adam.get("/process-definitions/leave").json["id"],
        "webhook-endpoints": adam.post("/webhook-endpoints", BODIES["POST /webhook-endpoints"] | {"name": "erp"}).json["id"],
    }
    return common | belongings(adam)


@pytest.fixture
def others(own: Ids, carol: As) -> Ids:
    """The same of carol's."""
    return own | belongings(carol)


def belongings(person: As) -> Ids:
    instance = str(person.post("/process-definitions/expense/start", {"variables": {"amount": 1}}).json["id"])
    (task,) = person.get("/user-tasks", processInstanceId=instance).json["items"]
    file = {"data": {"file": (BytesIO(b"x"), "x.txt"), "processInstanceId": instance}, "content_type": "multipart/form-data"}
    attachment = person.request("POST", "/attachments", **file).json["id"]
    return {"process-instances": instance, "user-tasks": task["id"], "attachments": attachment}


@pytest.fixture
def keep_nothing(own: Ids, others: Ids, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Called when the test has prepared what it needs."""
    end = UnitOfWork.end
    return lambda: monkeypatch.setattr(UnitOfWork, "end", lambda work, *, keep: end(work, keep=False))


@pytest.mark.parametrize("right", HOLDERS, ids=str)
def test_a_view_opens_to_a_person_as_it_says(
    app: Flask, parts: Parts, own: Ids, others: Ids, keep_nothing: Callable[[], None], right: Right | None
) -> None:
    whole = company()
    adam = replace(whole.members["adam"], rights=frozenset({right} if right else ()))
    with parts.begin(SYSTEM) as work:
        import_company(work, replace(whole, members={**whole.members, "adam": adam}))
    asker = person(app, parts)
    keep_nothing()
    assert wrong(routes(app), asker, right, own, others) == []


@pytest.mark.parametrize("right", HOLDERS, ids=str)
def test_a_view_opens_to_a_token_as_it_says(
    app: Flask, parts: Parts, own: Ids, others: Ids, keep_nothing: Callable[[], None], right: Right | None
) -> None:
    asker = program(app, parts, right)
    keep_nothing()
    assert wrong((route for route in routes(app) if route.is_api), asker, right, own, others) == []


def test_no_token_opens_a_page(app: Flask, parts: Parts, own: Ids, keep_nothing: Callable[[], None]) -> None:
    asker = program(app, parts, "administer")
    keep_nothing()
    pages = [route for route in routes(app) if not (route.is_public or route.path.startswith("/api") or route.path == "/metrics")]
    assert [route.name for route in pages if not route.is_api and asker.asks(route, own) not in (302, 401)] == []


def wrong(asked: Iterable[Route], asker: Asker, right: Right | None, own: Ids, others: Ids) -> list[str]:
    """The routes that refuse whom they say they let in, or let in whom they do not name."""
    found = []
    for route in asked:
        opening = route.opening
        if opening is None or route.name in SIGNING_OUT:
            continue
        cases = {"": (others, opening.holders, {403})}
        if opening.own != opening.holders:
            # 409: somebody else has the task.
            cases = {"own": (own, opening.own, {403}), "others": (others, opening.holders, {403, 409})}
        for whose, (ids, holders, refusals) in cases.items():
            status = asker.asks(route, ids)
            is_refused = status in refusals or (status == 404 and route.noun in HIDDEN)
            is_let_in = "everybody" in holders or right in holders or (right == "administer" and bool(holders))
            if is_refused == (is_let_in and (opening.for_tokens or not asker.is_program)):
                found.append(f"{route.name} {whose} {status}")
    return found
