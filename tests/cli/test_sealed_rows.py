"""API tokens that a hand has changed: found by the audit until somebody accepts them; an update seals what is there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.store import schema
from tests.cli.conftest import Run

#: As a release before there were seals has left them.
BEFORE = """\
insert into person (id, name, name_en, rights, language, is_active) values ('ann', 'Ann', '', '["work"]', 'zh', 1);
insert into api_token (id, token_hash, person_id, name, rights, created_at, expires_at) values (
 '00000000000070008000000000000001', x'01', 'ann', 'CRM', '["work"]',
 '2026-01-01T00:00:00.000000Z', '2036-01-01T00:00:00.000000Z');
insert into anchor (number, at, count, root, digest) values (1, '2026-01-01T00:00:00.000000Z', 0, x'01', x'01');
"""


def by_hand(url: str, script: str) -> None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.executescript(script)


@pytest.fixture
def token(run: Run) -> str:
    run("user", "create", "ann", "--name", "Ann", "--password-stdin", input="a good horse\n")
    return run("user", "token", "ann", "--name", "CRM").stdout.strip()


@pytest.mark.usefixtures("token")
def test_a_token_with_more_rights_is_found_until_somebody_accepts_it(run: Run, sqlite_url: str) -> None:
    assert run("audit").exit_code == 0
    by_hand(sqlite_url, "update api_token set rights='[\"administer\"]'")
    run("user", "token", "ann", "--name", "another")
    run("anchors", "make")
    audited = run("audit")
    assert (audited.exit_code, audited.stderr) == (1, "I18 API tokens are not as the service has written them.\n")
    assert audited.stdout == "1 finding.\n"
    assert "liuzhuan audit --accept" in run("audit", "--explain").stderr
    accepted = run("audit", "--accept")
    assert (accepted.exit_code, accepted.stdout) == (0, "API tokens: sealed as they are now.\n0 findings.\n")
    assert run("audit", "--accept").stdout == "0 findings.\n"


def test_an_update_seals_what_is_there(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    schema.migrate(url, revision="0024")
    by_hand(url, BEFORE)
    monkeypatch.setenv("LIUZHUAN_DATABASE_URL", url)
    assert run("migrate").exit_code == 0
    assert "I18" not in run("audit").stderr
    by_hand(url, "update api_token set expires_at='2046-01-01T00:00:00.000000Z'")
    assert run("migrate").exit_code == 0
    assert "I18 API tokens" in run("audit").stderr
