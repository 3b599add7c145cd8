"""What is kept of a secret, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.facts.actor import SYSTEM, Actor, Right
from engine.facts.errors import NotAllowed, NotFound
from service.parts import Parts
from service.secrets import keeping
from service.secrets.keeping import SecretRefused
from service.store import secrets
from tests.secrets.conftest import NAME, REFERENCE, VALUE, Caller


def test_a_list_has_everything_but_the_value(parts: Parts, set_secret: Callable[..., None]) -> None:
    set_secret("API.crm.example.com", "api.crm.example.com")
    with parts.begin(SYSTEM) as work:
        (found,) = keeping.list_(work)
    assert (found.name, found.hosts, found.set_by) == (NAME, ("api.crm.example.com",), SYSTEM.id)
    assert VALUE not in repr(found)


def test_a_new_value_takes_the_place_of_the_one_before(parts: Parts, set_secret: Callable[..., None]) -> None:
    set_secret("a.example.com")
    set_secret("b.example.com", value="another value")
    with parts.begin(SYSTEM) as work:
        (kept,) = secrets.kept(work)
    assert kept.hosts == ("b.example.com",)
    assert parts.secrets.decrypt(kept.value, keeping.place(kept)) == "another value"


def test_a_host_may_have_a_port(parts: Parts, set_secret: Callable[..., None]) -> None:
    hosts = ("127.0.0.1:28602", "a.example.com:65535", "[2001:db8::1]:443", "2001:db8::1")
    set_secret(*hosts)
    with parts.begin(SYSTEM) as work:
        assert keeping.list_(work)[0].hosts == hosts


def test_a_deleted_one_is_gone(parts: Parts, set_secret: Callable[..., None]) -> None:
    set_secret()
    with parts.begin(SYSTEM) as work:
        keeping.delete(work, NAME)
    with parts.begin(SYSTEM) as work, pytest.raises(NotFound):
        keeping.delete(work, NAME)


@pytest.mark.parametrize(
    ("name", "value", "hosts", "where"),
    [
        ("", VALUE, [], "name"),
        ("Crm_Token", VALUE, [], "name"),
        ("x" * 65, VALUE, [], "name"),
        ("x", "short", [], "value"),
        ("x", "x" * 10_001, [], "value"),
        ("x", " with spaces around ", [], "value"),
        ("x", "with a line break\n", [], "value"),
        ("x", "with\0a NUL", [], "value"),
        ("x", VALUE, ["https://api.example.com"], "hosts"),
        ("x", VALUE, ["api.example.com/path"], "hosts"),
        ("x", VALUE, ["*.example.com"], "hosts"),
        ("x", VALUE, ["a..b"], "hosts"),
        ("x", VALUE, ["a.example.com:0"], "hosts"),
        ("x", VALUE, ["a.example.com:65536"], "hosts"),
        ("x", VALUE, ["a.example.com:"], "hosts"),
        ("x", VALUE, ["[2001:db8::1]"], "hosts"),
        ("x", VALUE, [f"h{number}.example.com" for number in range(21)], "hosts"),
    ],
)
def test_what_cannot_be_kept_is_refused(parts: Parts, name: str, value: str, hosts: list[str], where: str) -> None:
    with parts.begin(SYSTEM) as work, pytest.raises(SecretRefused) as refused:
        keeping.set_(work, parts.secrets, name, value, hosts)
    assert [problem.where for problem in refused.value.problems] == [where]
    assert value not in str([str(problem.sentence) for problem in refused.value.problems])


@pytest.mark.parametrize("right", ["work", "start", "design", "operate"])
def test_only_administrators_set_list_and_delete(parts: Parts, right: Right) -> None:
    actor = Actor("li.na", "Li Na", rights=frozenset({right}))
    for verb in (
        lambda work: keeping.set_(work, parts.secrets, NAME, VALUE),
        lambda work: keeping.list_(work),
        lambda work: keeping.delete(work, NAME),
    ):
        with parts.begin(actor) as work, pytest.raises(NotAllowed):
            verb(work)


def test_a_deployment_warns_of_a_secret_that_is_not_there(caller: Caller, set_secret: Callable[..., None]) -> None:
    set_secret(name="crm-tokens")
    (warning,) = caller.deploy({"url": "https://api.example.com", "body": REFERENCE}).warnings
    assert (warning.rule, warning.line, warning.is_warning) == ("unknown-secret", 5, True)
    assert str(warning.sentence) == f"There is no secret {NAME}." and str(warning.fix) == "Did you mean crm-tokens?"
    set_secret()
    assert caller.deploy({"url": "https://api.example.com/", "body": REFERENCE}).warnings == ()
