"""Public BPMN files, in TESTS_BPMN_MODELS: one folder for each collection, none of them part of this repository."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from engine.bpmn import Model
from engine.facts.events import Event
from tests.bpmn.cases import model_of
from tests.bpmn.models import driving
from tests.bpmn.models.__main__ import defects_of, main
from tests.bpmn.models.driving import Defect, Surroundings, drive
from tests.bpmn.models.reading import read_file, read_folder
from tests.bpmn.writing import bpmn, changed

FOLDER = os.environ.get("TESTS_BPMN_MODELS", "")
STRAIGHT = "start s\nuser u\nend e\ns -> u -> e"


@pytest.mark.skipif(not FOLDER, reason="TESTS_BPMN_MODELS names no folder")
def test_public_models_are_read_or_refused_and_run_without_a_defect() -> None:
    collections = [read_folder(folder) for folder in sorted(Path(FOLDER).iterdir()) if folder.is_dir()]
    assert [defect for collection in collections for defect in defects_of(collection, Counter())] == []


def test_the_runner_counts_and_ends_with_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, xml in {
        "executable.bpmn": bpmn(STRAIGHT),
        "drawing.bpmn20.xml": changed(STRAIGHT, ('"true"', '"false"')),
        "refused.bpmn": bpmn("start s\nuser u priority=1\nscript t scriptFormat=groovy script=x\ns -> t"),
        "notes.txt": b"no model",
    }.items():
        (tmp_path / name).write_bytes(xml)
    assert main([str(tmp_path)]) == 0
    numbers, rule, *_ = capsys.readouterr().out.splitlines()
    assert "3 files, 1 executable, 1 drawings, 1 refused, 0 crashed; 3 runs, 3 ended" in numbers
    assert rule == "  1 refused by script-language"


def test_an_exception_of_the_reader_is_a_defect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.bpmn").write_bytes(bpmn(STRAIGHT))
    monkeypatch.setattr("tests.bpmn.models.reading.read", lambda xml: 1 / 0)
    assert main([str(tmp_path)]) == 1
    assert "ZeroDivisionError" in read_file(tmp_path / "a.bpmn").defect


def _host(lines: str) -> Surroundings:
    model: Model = model_of(lines)
    return Surroundings(dict.fromkeys(model.processes, model))


def test_a_missing_variable_is_made_up_until_the_process_ends() -> None:
    lines = "start s\nxor g default=g_default\nend a\nend e\ns -> g\ng -> a : colour\ng -> e : default"
    assert {drive(_host(lines), "p", seed) for seed in range(10)} >= {"ended"}


def _forget(*script: object, **more: object) -> object:
    raise KeyError("nothing")


def test_a_failure_with_a_sentence_is_an_answer_and_another_exception_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    host = _host("start s\nscript t scriptFormat=javascript script=x\nend e\ns -> t -> e")
    assert drive(host, "p", 0) == "failed"
    monkeypatch.setattr(Surroundings, "run_script", _forget)
    with pytest.raises(Defect, match="KeyError"):
        drive(host, "p", 0)


def test_a_restored_instance_that_goes_another_way_is_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    host = _host(STRAIGHT)
    act = driving._act
    seen: list[object] = []

    def other_every_second_time(*call: Any) -> list[Event]:
        seen.append(call)
        return [] if len(seen) % 2 == 0 else act(*call)

    monkeypatch.setattr(driving, "_act", other_every_second_time)
    with pytest.raises(Defect, match="something else happens"):
        drive(host, "p", 0)
