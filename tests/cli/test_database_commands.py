"""`liuzhuan migrate`, `audit`, `rebuild`; and settings that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_migrating_creates_the_tables_and_may_be_repeated(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIUZHUAN_DATABASE_URL", f"sqlite:///{tmp_path}/new/liuzhuan.db")
    for _ in range(2):
        assert run("migrate").stdout.strip() == "The database is up to date."
    assert (tmp_path / "new" / "liuzhuan.db").exists()


def test_an_empty_database_has_nothing_to_find(run: Run) -> None:
    assert run("audit").stdout.strip() == "0 findings."
    assert "rows that were wrong: 0." in run("rebuild").stdout
    assert run("given-up").stdout.strip() == "Given up: processes, timers and messages 0, e-mails 0."
    assert run("given-up", "--retry").stdout.strip() == "Tried again: 0."


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_nothing_is_served_without_a_secret_key(run: Run, command: str) -> None:
    result = run(command)
    assert result.exit_code == 1
    assert "LIUZHUAN_SECRET_KEY is missing." in result.stderr
    assert "secrets.token_urlsafe" in result.stderr


def test_a_wrong_setting_stops_every_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIUZHUAN_LANGUAGE", "fr")
    result = run("migrate")
    assert result.exit_code == 1
    assert "LIUZHUAN_LANGUAGE" in result.stderr


@pytest.mark.parametrize(
    "url", ["nonsense", "postgresql://host:port/name", "postgresql://[::1/name", "oracel://x/y", "sqlite://"]
)
@pytest.mark.parametrize("command", [("migrate",), ("audit",), ("serve",), ("worker",)])
def test_an_address_that_cannot_be_read_ends_in_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, url: str, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("LIUZHUAN_DATABASE_URL", url)
    monkeypatch.setenv("LIUZHUAN_SECRET_KEY", "tests only: 0123456789 abcdefghij")
    answer = run(*command)
    assert answer.exit_code == 1
    assert "LIUZHUAN_DATABASE_URL names no known database." in answer.stderr
