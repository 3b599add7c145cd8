"""`liuzhuan feel`, `liuzhuan decide` and `liuzhuan test`"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from installation.checkout import ROOT
from tests.cli.conftest import Run

TIERS = ROOT / "processes" / "business" / "contract-approval-tier.dmn"


def test_an_expression_is_evaluated_with_its_variables(run: Run, tmp_path: Path) -> None:
    result = run("feel", "0.1 + amount", "--context", '{"amount": 0.2}')
    assert (result.exit_code, json.loads(result.stdout)) == (0, 0.3)
    (tmp_path / "context.json").write_text('{"客户": {"等级": "A"}}')
    assert json.loads(run("feel", "客户.等级", "--context", f"@{tmp_path / 'context.json'}").stdout) == "A"


def test_why_a_value_is_null_is_told(run: Run) -> None:
    result = run("feel", "1 + amount")
    assert result.stdout.strip() == "null"
    assert "amount" in result.stderr


def test_working_days_are_known(run: Run) -> None:
    assert run("feel", 'is working day(date("2026-10-10"))').stdout.strip() == "true"


def test_what_is_no_expression_says_where(run: Run) -> None:
    result = run("feel", "1 +")
    assert result.exit_code == 1
    assert "position" in result.stderr
    assert run("feel", "1", "--context", "[1]").exit_code == 2
    assert "not JSON" in run("feel", "1", "--context", "{").stderr


def test_a_decision_answers_with_the_rules_that_matched(run: Run) -> None:
    result = run("decide", str(TIERS), "--input", '{"contractAmount": 250000}')
    answer = json.loads(result.stdout)
    assert answer["value"] == ["department-manager", "company-leader"]
    assert [match["rule"] for match in answer["trace"][0]["tables"][0]["matched"]] == [2]


def test_a_broken_decision_file_has_its_problems_listed(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.dmn"
    broken.write_text(TIERS.read_text().replace("[100000..1000000)", "[100000.."))
    result = run("decide", str(broken))
    assert result.exit_code == 1
    assert ": 1 problem." in result.stderr


def test_the_shipped_decisions_pass_their_test_tables(run: Run) -> None:
    result = run("test", str(ROOT / "processes"))
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == "11 passed, 0 failed"
    assert "no case matches" not in result.stderr


def test_a_case_that_fails_says_what_it_got_and_which_rules_no_case_reached(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tier.dmn").write_bytes(TIERS.read_bytes())
    table = "decision: contract-approval-tier\ninputs: [contractAmount]\ncases:\n  - [5, nobody]\n"
    (tmp_path / "tier.dmn.tests.yaml").write_text(table)
    result = run("test", str(tmp_path))
    assert result.exit_code == 1
    assert result.stdout.strip() == "0 passed, 1 failed"
    assert "case 1" in result.stderr and "department-manager" in result.stderr
    assert "no case matches rule 3" in result.stderr


def test_a_test_table_without_its_model_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("test", str(tmp_path)).exit_code == 2
    (tmp_path / "tier.dmn.tests.yaml").write_text("cases: []\n")
    assert "tier.dmn is missing" in run("test", str(tmp_path)).stderr


def test_check_shows_the_gap_of_a_table_with_an_example(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tier.dmn").write_text(TIERS.read_text().replace("[100000..1000000)", "[200000..1000000)"))
    result = run("check", str(tmp_path / "tier.dmn"))
    assert (result.exit_code, result.stdout.strip()) == (0, "1 file, 0 problems, 1 warning.")
    assert "100000" in result.stderr


@pytest.mark.parametrize(("zone", "offset"), [("Asia/Shanghai", "+08:00"), ("Asia/Kathmandu", "+05:45")])
def test_the_clock_is_that_of_the_company(run: Run, monkeypatch: pytest.MonkeyPatch, zone: str, offset: str) -> None:
    monkeypatch.setenv("LIUZHUAN_TIME_ZONE", zone)
    assert run("feel", "string(now())").stdout.strip().endswith(f'{offset}"')
    assert run("feel", "date(now()) = today()").stdout.strip() == "true"
