"""Views are found by the shape of an address as werkzeug finds them by its rules; what is registered around views runs."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import Rule, UUIDConverter

from service.flask_application import Application, Request
from service.routing import Adapter, Shapes

#: Not 128 random bits: as long as an id, but not one.
NO_IDS = ("not-an-id", "0" * 36, "12345678-1234-1234-1234-1234567890AB")


def asked(application: Application, path: str, method: str, shapes: Shapes) -> object:
    """What stands behind the address, by the shapes known so far: rule and values, or how it is refused."""
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "HTTP_HOST": "example.com",
        "wsgi.url_scheme": "http",
    }
    with application.app_context():
        try:
            rule, values = Adapter(application.url_map, Request(environ), shapes).find_view()
        except HTTPException as refused:
            return type(refused)
    return rule, dict(values)


def addresses(application: Application, rule: Rule) -> list[str]:
    """Addresses of a rule: two with ids or words, one with what is no id."""
    urls = application.url_map.bind("example.com")
    found = []
    for _ in range(2):
        values = {name: uuid4() if isinstance(each, UUIDConverter) else "1" for name, each in rule._converters.items()}
        found.append(urls.build(rule.endpoint, values))
    for wrong in NO_IDS:
        text = rule.rule
        for name in rule.arguments:
            start, end = text.rindex("<", 0, text.index(f"{name}>")), text.index(f"{name}>") + len(name) + 1
            text = text[:start] + wrong + text[end:]
        found.append(text)
    return found


def test_every_address_finds_what_the_rules_say(app: Flask) -> None:
    assert isinstance(app, Application)
    shapes = Shapes()
    for rule in app.url_map.iter_rules():
        for path in addresses(app, rule):
            for method in (*sorted(rule.methods or ()), "PATCH", "BREW"):
                by_rules = asked(app, path, method, Shapes())
                assert asked(app, path, method, shapes) == by_rules
                assert asked(app, path, method, shapes) == by_rules, f"{method} {path} a second time"


@pytest.mark.parametrize(
    ("path", "refused"), [("/api/v1/user-tasks/*", NotFound), ("/api/v1/nothing", NotFound), ("/readyz/x", NotFound)]
)
def test_what_has_no_address_stays_unknown(app: Flask, path: str, refused: type[HTTPException]) -> None:
    assert isinstance(app, Application)
    shapes = Shapes()
    asked(app, f"/api/v1/user-tasks/{uuid4()}", "GET", shapes)
    assert asked(app, path, "GET", shapes) is refused


def test_the_method_counts(app: Flask) -> None:
    assert isinstance(app, Application)
    shapes, path = Shapes(), f"/api/v1/user-tasks/{uuid4()}/claim"
    asked(app, path, "POST", shapes)
    assert asked(app, path, "GET", shapes) is MethodNotAllowed


def test_nothing_is_registered_that_the_shorter_way_passes_over(app: Flask) -> None:
    """Application runs what is registered before and after all requests; nothing else is."""
    assert set(app.before_request_funcs) == {None} == set(app.after_request_funcs)
    assert not app.url_value_preprocessors
    assert not app.teardown_request_funcs
    assert not app.teardown_appcontext_funcs
