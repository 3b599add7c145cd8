"""ARCHITECTURE, “How do I add …”: whoever writes a file of an extension point and forgets its list is told here which one."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from flask import Blueprint

import engine.assignment
import engine.bpmn.elements
import engine.connectors
import engine.scripts
import service.api
import service.notifications
import service.web
from engine.assignment import STRATEGIES
from engine.bpmn.elements.executable_node import ExecutableNode
from engine.bpmn.elements.subprocesses.event_sub_process import EventSubProcess
from engine.bpmn.reader.flow_nodes import ELEMENTS, WORK
from engine.connectors import SendsSecrets
from engine.scripts.runners import RUNNERS
from installation.checkout import ROOT
from service.api.rest import ROUTES
from service.api.routes import Routes
from service.connectors import connectors
from service.settings import Settings
from service.web import PAGES, static_files
from tests.documentation.modules import modules


def defined(*rooms: ModuleType) -> Iterator[tuple[str, Any]]:
    """What the files of the rooms define, with the file; neither what they import nor promises."""
    for module in modules(*rooms):
        for thing in vars(module).values():
            if getattr(thing, "__module__", module.__name__) == module.__name__ and not getattr(thing, "_is_protocol", False):
                yield module.__name__, thing


def test_every_assignment_strategy_is_in_the_list() -> None:
    found = {module.__name__: module.STRATEGY for module in modules(engine.assignment) if hasattr(module, "STRATEGY")}
    forgotten = [file for file, strategy in found.items() if strategy not in STRATEGIES.values()]
    assert not forgotten, "STRATEGIES in engine/assignment/__init__.py does not name them"
    assert len(found) == len(STRATEGIES)


def test_every_connector_is_in_the_list() -> None:
    built_in = {type(connector) for connector in connectors(Settings()).values()}
    found = {
        (file, thing)
        for file, thing in defined(engine.connectors, service.notifications)
        if isinstance(thing, type) and {"name", "parameters", "call"} <= vars(thing).keys()
    }
    forgotten = [file for file, thing in found if thing not in built_in]
    assert not forgotten, "connectors() in service/connectors.py does not name them"
    assert {thing for _, thing in found} == built_in


def test_a_connector_that_takes_secrets_says_who_gets_to_see_them() -> None:
    taking = [each for each in connectors(Settings()).values() if any(entry.takes_secrets for entry in each.parameters)]
    assert taking and [each.name for each in taking if not isinstance(each, SendsSecrets)] == []


def test_every_language_of_scripts_is_in_the_list() -> None:
    built_in = {type(runner) for runner in RUNNERS.values()}
    found = {(file, thing) for file, thing in defined(engine.scripts) if isinstance(thing, type) and "formats" in vars(thing)}
    forgotten = [file for file, thing in found if thing not in built_in]
    assert not forgotten, "RUNNERS in engine/scripts/runners.py does not name them"


def test_no_two_languages_of_scripts_are_called_the_same() -> None:
    formats = [format for runner in RUNNERS.values() for format in runner.formats]
    assert len(formats) == len(set(formats))
    assert all(name in runner.formats for name, runner in RUNNERS.items())


@pytest.mark.parametrize("page", ["modelling.md", "modelling.zh.md"])
def test_every_language_of_scripts_is_told_of(page: str) -> None:
    text = (ROOT / "docs" / page).read_text()
    assert [name for name in RUNNERS if f'`"{name}"`' not in text] == []


def test_every_element_is_in_the_table() -> None:
    known = {*ELEMENTS.values(), *WORK.values(), EventSubProcess}
    found = [
        (file, thing)
        for file, thing in defined(engine.bpmn.elements)
        if isinstance(thing, type) and issubclass(thing, ExecutableNode) and "kind" in vars(thing)
    ]
    forgotten = [file for file, thing in found if thing not in known]
    assert not forgotten, "the table of elements in engine/bpmn/reader/flow_nodes.py does not name them"
    assert len(found) >= len(ELEMENTS)


@pytest.mark.parametrize(
    ("room", "kind", "listed", "where"),
    [
        (service.web, Blueprint, (*PAGES, static_files.blueprint), "PAGES in service/web/__init__.py"),
        (service.api, Routes, ROUTES, "ROUTES in service/api/rest.py"),
    ],
    ids=["pages", "routes"],
)
def test_every_file_of_pages_and_routes_is_in_the_list(
    room: ModuleType, kind: type[Blueprint], listed: tuple[Blueprint, ...], where: str
) -> None:
    found = {module.__name__: thing for module in modules(room) for thing in vars(module).values() if isinstance(thing, kind)}
    forgotten = [file for file, blueprint in found.items() if blueprint not in listed]
    assert not forgotten, f"{where} does not name them"
    assert len(set(found.values())) == len(listed)
