"""Company files: what is read, and every problem with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.facts.errors import Problem
from service.identity import company_file
from service.identity.company import Company, CompanyRefused, company
from service.identity.snapshot import NOBODY

SMALL = """\
departments:
  - {id: company, name: 公司, nameEn: Company, head: liu}
  - {id: finance, name: 财务部, parent: company, head: qian}
roles:
  - {id: finance-specialist, name: 财务专员}
people:
  - {id: liu, name: 刘志远, department: company}
  - {id: qian, name: 钱峰, department: finance}
  - id: tang
    name: 唐燕
    department: finance
    roles: [finance-specialist, finance-specialist@company]
    rights: [work]
    password: correct-horse
"""


def read(tmp_path: Path, text: str) -> Company:
    file = tmp_path / "company.yaml"
    file.write_text(text, encoding="utf-8")
    written = company_file.read(file)
    assert not written.problems
    return company(written.rows, NOBODY)


def problems(tmp_path: Path, text: str) -> tuple[Problem, ...]:
    file = tmp_path / "company.yaml"
    file.write_text(text, encoding="utf-8")
    written = company_file.read(file)
    if written.problems:
        return written.problems
    with pytest.raises(CompanyRefused) as refused:
        company(written.rows, NOBODY)
    return refused.value.problems


def test_a_role_is_held_in_the_own_department_unless_another_is_named(tmp_path: Path) -> None:
    tang = read(tmp_path, SMALL).members["tang"]
    assert set(tang.roles) == {("finance-specialist", "finance"), ("finance-specialist", "company")}


def test_rights_not_named_are_work_and_start(tmp_path: Path) -> None:
    members = read(tmp_path, SMALL).members
    assert members["qian"].rights == {"work", "start"}
    assert members["tang"].rights == {"work"}


def test_the_superior_is_the_head_of_the_department_and_of_heads_the_next_one_above(tmp_path: Path) -> None:
    members = read(tmp_path, SMALL).members
    assert [members[id].person.superior for id in ("tang", "qian", "liu")] == ["qian", "liu", None]


def test_a_leader_who_sits_in_another_department_has_no_superior_there(tmp_path: Path) -> None:
    text = SMALL.replace("{id: liu, name: 刘志远, department: company}", "{id: liu, name: 刘志远, department: finance}")
    assert read(tmp_path, text).members["liu"].person.superior is None


@pytest.mark.parametrize(
    ("wrong", "right", "rule", "line"),
    [
        ("head: qian}", "head: nobody}", "unknown", 3),
        ("parent: company", "parent: moon", "unknown", 3),
        ("roles: [finance-specialist,", "roles: [astronaut,", "unknown", 9),
        ("rights: [work]", "rights: [fly]", "right", 9),
        ("id: tang", "id: 唐燕", "id", 9),
        ("id: tang", "id: qian", "duplicate", 9),
        ("name: 唐燕", "nom: 唐燕", "unknown-column", 10),
        ("name: 唐燕", f"name: {'唐' * 201}", "name-size", 9),
        ("parent: company, ", "", None, 0),
        ("nameEn: Company", "parent: finance", "circle", 2),
        ("password: correct-horse", "email: no-address", "email", 9),
        ("people:", "persons:", "unknown-section", 6),
    ],
)
def test_each_problem_names_its_rule_and_line(tmp_path: Path, wrong: str, right: str, rule: str | None, line: int) -> None:
    text = SMALL.replace(wrong, right, 1)
    assert text != SMALL
    if rule is None:
        read(tmp_path, text)
        return
    found = problems(tmp_path, text)
    assert (rule, line) in [(problem.rule, problem.line) for problem in found]
    assert all(str(problem.sentence).endswith(".") for problem in found)


def test_people_who_are_each_others_superior_are_refused(tmp_path: Path) -> None:
    text = SMALL.replace("{id: liu, name: 刘志远, department: company}", "{id: liu, name: 刘志远, superior: qian}")
    assert {problem.rule for problem in problems(tmp_path, text)} == {"circle"}


def test_a_file_that_is_not_yaml_is_refused_with_the_line(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "people:\n  - {id: a, name: [}\n")
    assert (problem.rule, problem.line) == ("yaml", 2)


def test_a_tag_that_would_run_python_is_only_a_wrong_value(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "people:\n  - {id: a, name: !!python/object/apply:os.system [id]}\n")
    assert (problem.rule, problem.line) == ("wrong-type", 2)


def test_a_csv_folder_says_the_same_as_a_yaml_file(tmp_path: Path) -> None:
    folder = tmp_path / "csv"
    folder.mkdir()
    (folder / "departments.csv").write_text(
        "id,name,nameEn,parent,head\ncompany,公司,Company,,liu\nfinance,财务部,,company,qian\n", encoding="utf-8-sig"
    )
    (folder / "roles.csv").write_text("id,name\nfinance-specialist,财务专员\n", encoding="utf-8")
    (folder / "people.csv").write_text(
        "id,name,department,roles,rights,password\nliu,刘志远,company,,,\nqian,钱峰,finance,,,\n"
        "tang,唐燕,finance,finance-specialist finance-specialist@company,work,correct-horse\n",
        encoding="utf-8",
    )
    written = company_file.read(folder)
    assert written.problems == ()
    assert company(written.rows, NOBODY) == read(tmp_path, SMALL)


def test_a_csv_row_with_too_many_cells_is_a_problem_of_its_line(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name\na,A,more\n", encoding="utf-8")
    (problem,) = company_file.read(tmp_path).problems
    assert (problem.rule, problem.line, problem.file) == ("too-many-columns", 2, "people.csv")


def test_the_demo_company_has_forty_people_in_two_languages() -> None:
    written = company_file.read(Path("service/demo/company.yaml"))
    demo = company(written.rows, NOBODY)
    assert written.problems == ()
    assert len(demo.members) >= 40
    assert all(member.person.name_en and member.person.name for member in demo.members.values())
    assert demo.members["zhao.min"].person.superior == "liu.zhiyuan"
    assert demo.members["li.na"].roles == (("project-manager", "business"), ("employee", "business"))
    assert "administer" in demo.members["hu.wei"].rights
