"""`liuzhuan user …`"""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

COMPANY = """\
departments:
  - {id: company, name: 公司, head: liu}
people:
  - {id: liu, name: 刘志远, department: company, password: correct horse}
"""


def company(tmp_path: Path, text: str = COMPANY) -> str:
    file = tmp_path / "company.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_people_are_imported_once(run: Run, tmp_path: Path) -> None:
    assert "2 new, 0 changed, 0 as before." in run("user", "import", company(tmp_path)).stdout
    assert "0 new, 0 changed, 2 as before." in run("user", "import", company(tmp_path)).stdout
    changed = company(tmp_path, COMPANY.replace("刘志远", "刘远"))
    assert "0 new, 1 changed, 1 as before." in run("user", "import", changed).stdout


def test_problems_of_a_company_are_listed_with_their_line(run: Run, tmp_path: Path) -> None:
    result = run("user", "import", company(tmp_path, COMPANY.replace("department: company", "department: moon")))
    assert result.exit_code == 1
    assert "company.yaml:4: [unknown]" in result.stderr


def test_a_first_administrator_is_made_and_gets_a_token(run: Run) -> None:
    made = run("user", "create", "hu.wei", "--name", "胡伟", "--administer", "--password-stdin", input="correct horse\n")
    assert (made.exit_code, "can sign in" in made.stdout) == (0, True)
    token = run("user", "token", "hu.wei", "--name", "CI", "--right", "design")
    assert token.stdout.startswith("lz_")
    assert "correct horse" not in made.output


def test_a_short_password_is_refused(run: Run) -> None:
    result = run("user", "create", "hu.wei", "--name", "胡伟", "--password-stdin", input="short\n")
    assert result.exit_code == 1
    assert "characters" in result.stderr


def test_a_password_is_asked_for_twice(run: Run, tmp_path: Path) -> None:
    run("user", "import", company(tmp_path))
    result = run("user", "password", "liu", input="a better horse\na better horse\n")
    assert (result.exit_code, "is set" in result.stdout) == (0, True)


def test_somebody_who_is_not_there_is_named(run: Run) -> None:
    for words in (("password", "nobody", "--password-stdin"), ("token", "nobody", "--name", "x")):
        result = run("user", *words, input="correct horse\n")
        assert result.exit_code == 1
        assert "nobody" in result.stderr


def test_a_token_for_more_than_a_person_may_is_refused(run: Run, tmp_path: Path) -> None:
    run("user", "import", company(tmp_path))
    result = run("user", "token", "liu", "--name", "x", "--right", "administer")
    assert result.exit_code == 1
    assert "administer" in result.stderr
