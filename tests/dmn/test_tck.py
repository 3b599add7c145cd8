"""The public DMN Technology Compatibility Kit, in the folder that TESTS_DMN_KIT names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.dmn.tck.__main__ import main, results
from tests.dmn.tck.cases import case_files

FOLDER = Path(os.environ.get("TESTS_DMN_KIT", ""))

needs_kit = pytest.mark.skipif("TESTS_DMN_KIT" not in os.environ, reason="TESTS_DMN_KIT names no folder")


@needs_kit
def test_every_case_of_the_kit_passes() -> None:
    assert [str(failure) for _, failed in results(case_files(FOLDER)) for failure in failed] == []


@needs_kit
def test_the_runner_ends_with_the_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    folder = next(FOLDER.rglob("0004-simpletable-U"))
    assert main([str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "3 passed, 0 failed"


def test_the_runner_lists_a_failure_with_expected_and_got(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sum.dmn").write_text(MODEL)
    (tmp_path / "sum-test-01.xml").write_text(CASES)
    assert main([str(tmp_path)]) == 1
    failed, numbers = capsys.readouterr().out.splitlines()
    assert failed.endswith("/sum-test-01.xml case 2 node 'Sum': expected 4, got 3")
    assert numbers == "1 passed, 1 failed"


MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="sum" name="sum" namespace="urn:sum">
  <decision id="Sum" name="Sum"><variable name="Sum"/><literalExpression><text>1 + 2</text></literalExpression></decision>
</definitions>"""

CASES = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <modelName>sum.dmn</modelName>
  <testCase id="1">
    <resultNode name="Sum" type="decision"><expected><value xsi:type="xsd:decimal">3.000000001</value></expected></resultNode>
  </testCase>
  <testCase id="2">
    <resultNode name="Sum" type="decision"><expected><value xsi:type="xsd:decimal">4</value></expected></resultNode>
  </testCase>
</testCases>"""
