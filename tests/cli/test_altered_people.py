"""The audit notices people, roles, rights and passwords that a hand has changed; an import tells of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run

COMPANY = """\
departments: [{id: company, name: 公司}]
roles: [{id: clerk, name: 文员}]
people:
  - {id: ann, name: Ann, department: company, roles: [clerk], password: a good horse}
  - {id: ben, name: Ben, department: company}
"""
CHANGES = {
    "rights": "update person set rights='[\"administer\"]' where id='ben'",
    "a role": "insert into role_holder values ('ben', 'clerk', '')",
    "no role": "delete from role_holder",
    "a password": "update person set password_hash='other' where id='ann'",
    "somebody new": "insert into person (id, name, name_en, rights, language, is_active) values ('x', 'X', '', '[]', 'zh', 1)",
    "a superior": "update person set superior_id='ben' where id='ann'",
    "a department's head": "update department set head_id='ben'",
    "somebody who had left": "update person set is_active=0 where id='ann'",
}


@pytest.fixture
def company(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "company.yaml"
    path.write_text(COMPANY, encoding="utf-8")
    assert run("user", "import", str(path)).stderr == ""
    return path


def by_hand(sqlite_url: str, statement: str) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute(statement)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_by_hand_is_noticed(run: Run, sqlite_url: str, change: str) -> None:
    assert run("audit").exit_code == 0
    by_hand(sqlite_url, CHANGES[change])
    audited = run("audit")
    assert (audited.exit_code, audited.stderr[:4]) == (1, "I16 ")


def test_what_the_service_changes_is_no_finding_and_hides_none(run: Run, company: Path, sqlite_url: str) -> None:
    run("user", "password", "ann", "--password-stdin", input="a better horse\n")
    company.write_text(COMPANY.replace("Ben", "Benjamin"), encoding="utf-8")
    assert run("user", "import", str(company)).stderr == ""
    assert run("audit").exit_code == 0
    by_hand(sqlite_url, CHANGES["rights"])
    run("user", "password", "ann", "--password-stdin", input="the best horse\n")
    assert "I16" in run("audit").stderr
    assert "not as the last import" in run("user", "import", str(company)).stderr
    assert run("audit").exit_code == 0


@pytest.mark.usefixtures("company")
def test_a_seal_that_is_taken_away_is_missed_once_there_is_an_anchor(run: Run, sqlite_url: str) -> None:
    by_hand(sqlite_url, "update organisation set seal=x''")
    assert run("audit").exit_code == 0
    run("anchors", "make")
    assert run("audit").exit_code == 0
    by_hand(sqlite_url, "update organisation set seal=x''")
    assert "I16" in run("audit").stderr
