"""`liuzhuan secrets`: values come from standard input and are never printed."""

from __future__ import annotations

import pytest

from service.cli import main
from tests.cli.conftest import Run

VALUE = "tok_en-4711.abcdef"
OLD, NEW = "the old key of this service, 0123456789", "the new key of this service, 9876543210"


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("LIUZHUAN_SECRET_KEY", OLD)
    return monkeypatch


def test_it_is_set_listed_and_deleted(run: Run, key: pytest.MonkeyPatch) -> None:
    done = run("secrets", "set", "crm-token", "--host", "api.crm.example.com", input=VALUE + "\n")
    assert (done.exit_code, done.stdout) == (0, "crm-token is set; it may be sent to api.crm.example.com.\n")
    listed = run("secrets", "list").stdout
    assert listed.startswith("crm-token  api.crm.example.com  set ") and listed.endswith("by system\n1 secrets.\n")
    assert VALUE not in listed
    assert run("secrets", "delete", "crm-token").exit_code == 0
    assert run("secrets", "list").stdout == "0 secrets.\n"


def test_a_value_is_no_argument(run: Run, key: pytest.MonkeyPatch) -> None:
    """Others on the machine see arguments."""
    assert run("secrets", "set", "crm-token", VALUE).exit_code == 2
    command = main.get_command(None, "secrets").commands["set"]  # type: ignore[arg-type, union-attr]
    assert [parameter.name for parameter in command.params] == ["name", "hosts"]


def test_without_a_key_nothing_is_kept(run: Run) -> None:
    refused = run("secrets", "set", "crm-token", input=VALUE)
    assert refused.exit_code == 1 and "LIUZHUAN_SECRET_KEY is missing." in refused.stderr
    assert run("secrets", "list").stdout == "0 secrets.\n"


def test_what_is_refused_is_said_without_the_value(run: Run, key: pytest.MonkeyPatch) -> None:
    refused = run("secrets", "set", "crm-token", "--host", "https://x", input=VALUE)
    assert refused.exit_code == 1 and "https://x is no name of a host." in refused.stderr
    assert VALUE not in refused.output


def test_a_new_key_is_brought_in_without_entering_anything_again(run: Run, key: pytest.MonkeyPatch) -> None:
    run("secrets", "set", "crm-token", input=VALUE)
    key.setenv("LIUZHUAN_SECRET_KEY", NEW)
    unreadable = run("secrets", "rotate")
    assert unreadable.exit_code == 1 and "secret/crm-token can be read under neither key" in unreadable.stderr
    key.setenv("LIUZHUAN_PREVIOUS_SECRET_KEY", OLD)
    assert run("secrets", "rotate").stdout == "1 encrypted anew, 0 were under this key already.\n"
    key.delenv("LIUZHUAN_PREVIOUS_SECRET_KEY")
    assert run("secrets", "rotate").stdout == "0 encrypted anew, 1 were under this key already.\n"
