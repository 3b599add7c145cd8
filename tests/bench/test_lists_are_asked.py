"""`bench.lists` measures what there is: each list of the route table, with each of its filters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule

from bench.lists.asking import LISTS, NO_LISTS, PAGING, Listed, questions
from bench.lists.facts import facts
from bench.lists.measuring import Person
from service.api.schemas.pages import PageQuery
from service.app import application
from service.flask_application import Request
from service.parts import Parts


@pytest.fixture(scope="module")
def app(few: Parts) -> Flask:
    return application(few)


def _answering_get(app: Flask) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()))


def _by_rule(app: Flask, few: Parts) -> dict[str, Listed]:
    """What is asked, by the rule of the route table that answers it."""
    known = facts(few)
    asked = {}
    for listed in LISTS:
        rule, _ = app.url_map.bind("localhost").match(listed.rule.format_map(known), return_rule=True)
        asked[str(rule)] = listed
    return asked


def test_every_route_is_asked_or_known_to_be_no_list(app: Flask, few: Parts) -> None:
    """A list of the API comes in pages. A page with the name of something in its address shows that one thing."""
    asked, rules = _by_rule(app, few), list(_answering_get(app))
    lists = {str(rule) for rule in rules if _query(app, rule)}
    pages = {str(rule) for rule in rules if not (rule.arguments or str(rule).startswith("/api/v1/"))}
    assert lists <= asked.keys()
    assert pages - asked.keys() == NO_LISTS


def _query(app: Flask, rule: Rule) -> PageQuery | None:
    described = getattr(app.view_functions[rule.endpoint], "_apidoc", {}).get("arguments", {}).get("parameters", [])
    return next((each["schema"] for each in described if isinstance(each.get("schema"), PageQuery)), None)


def test_every_filter_of_a_list_of_the_api_is_asked(app: Flask, few: Parts) -> None:
    asked = _by_rule(app, few)
    for rule in _answering_get(app):
        if schema := _query(app, rule):
            filters = {field.data_key for field in schema.load_fields.values()} - PAGING
            assert filters == asked[str(rule)].filters.keys(), rule


def test_every_filter_of_a_page_is_asked(app: Flask, few: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that it reads from its address, whatever it is asked. The page of one thing reads the way back to a list."""
    read: set[str] = set()

    class Recorded(ImmutableMultiDict[str, Any]):
        def get(self, key: str, *more: Any, **others: Any) -> Any:
            read.add(key)
            return super().get(key, *more, **others)

    monkeypatch.setattr(Request, "parameter_storage_class", Recorded)
    boss, known = Person(app, "boss"), facts(few)
    for listed in LISTS:
        if listed.rule.startswith("/api/") or "{" in listed.rule:
            continue
        read.clear()
        for question in questions(known, "boss", of=listed):
            boss.ask(question.address)
        assert read - PAGING == listed.filters.keys(), listed.rule


def test_every_question_has_an_answer(app: Flask, few: Parts) -> None:
    boss = Person(app, "boss")
    for question in questions(facts(few), "boss"):
        status, text = boss.ask(question.address)
        assert status == 200, f"{question.address}: {text[:300]}"
