"""`liuzhuan check` and `liuzhuan deploy`"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

CALL = '<liuzhuan:connector name="http"><liuzhuan:input name="uri" value="https://example.com"/></liuzhuan:connector>'
FLOW = '<sequenceFlow id="{0}_{1}" sourceRef="{0}" targetRef="{1}"/>'
PROCESS = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1">'
    '<process id="p" isExecutable="true">{}</process></definitions>'
)
MODELS = Path(__file__).parents[1] / "api" / "models"


def test_good_files_have_no_problems(run: Run) -> None:
    result = run("check", str(MODELS / "mail.bpmn"))
    assert (result.exit_code, result.stdout.strip()) == (0, "1 file, 0 problems, 0 warnings.")


def test_each_problem_is_printed_with_file_line_rule_and_what_to_do(run: Run, tmp_path: Path) -> None:
    broken = (MODELS / "mail.bpmn").read_text().replace('targetRef="end"', 'targetRef="nowhere"')
    (tmp_path / "broken.bpmn").write_text(broken)
    result = run("check", str(tmp_path))
    assert result.exit_code == 1
    line = next(number for number, text in enumerate(broken.splitlines(), 1) if "nowhere" in text)
    assert f"broken.bpmn:{line}: [" in result.stderr
    assert "nowhere" in result.stderr


@pytest.mark.parametrize(("name", "value"), [("LC_ALL", "zh_CN.UTF-8"), ("LANG", "zh_CN.UTF-8")])
def test_problems_are_said_in_chinese_where_the_locale_is(
    name: str, value: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv(name, value)
    (tmp_path / "broken.bpmn").write_text((MODELS / "mail.bpmn").read_text().replace('targetRef="end"', 'targetRef="nowhere"'))
    result = run("check", str(tmp_path))
    assert "顺序流 f2：targetRef nowhere 不存在。" in result.stderr and "1 个文件，1 个问题" in result.stdout


def test_a_file_that_is_not_there_is_named(run: Run) -> None:
    result = run("check", "no-such-file.bpmn")
    assert result.exit_code == 2
    assert "no-such-file.bpmn" in result.stderr


def test_files_are_deployed_and_named_by_their_place(run: Run, tmp_path: Path) -> None:
    forms = tmp_path / "forms" / "tests"
    forms.mkdir(parents=True)
    (forms / "expense.form.json").write_bytes((MODELS / "expense.form.json").read_bytes())
    (tmp_path / "leave.bpmn").write_bytes((MODELS / "mail.bpmn").read_bytes())
    result = run("deploy", str(tmp_path), "--name", "tests")
    assert result.exit_code == 0, result.output
    assert "mail version 1" in result.stdout
    assert "1 processes, 0 decisions, 1 forms are there." in result.stdout
    assert "mail version 1" in run("deploy", str(tmp_path)).stdout


def test_what_cannot_be_deployed_says_why_and_leaves_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.bpmn").write_text("<definitions")
    result = run("deploy", str(tmp_path), str(MODELS / "mail.bpmn"))
    assert result.exit_code == 1
    assert "bad.bpmn" in result.stderr
    assert "Traceback" not in result.output


def test_element_templates_are_printed_in_either_language(run: Run) -> None:
    chinese, english = (json.loads(run("element-templates", "--language", language).stdout) for language in ("zh", "en"))
    assert [each["id"] for each in chinese] == [each["id"] for each in english]
    assert chinese != english
    assert "liuzhuan.connector.notify" in [each["id"] for each in english]


def test_the_inputs_of_connectors_are_checked_without_a_database(run: Run, tmp_path: Path) -> None:
    service = f'<serviceTask id="call"><extensionElements>{CALL}</extensionElements></serviceTask>'
    flows = FLOW.format("s", "call") + FLOW.format("call", "e")
    (tmp_path / "call.bpmn").write_text(PROCESS.format(f'<startEvent id="s"/>{service}{flows}<endEvent id="e"/>'))
    result = run("check", str(tmp_path))
    assert result.exit_code == 1
    assert [line.strip() for line in result.stderr.splitlines()] == [
        "call.bpmn:1: [unknown-input] The connector http has no input uri. (call)",
        "Did you mean url?",
        "call.bpmn:1: [input-missing] The connector http needs the input url. (call)",
        "Give it a liuzhuan:input.",
    ]
