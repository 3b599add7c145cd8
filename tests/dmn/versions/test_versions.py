"""Files of DMN 1.1 to 1.5: their namespaces, type references and descriptions of rules differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.dmn import evaluate, read

FILES = sorted(Path(__file__).parent.glob("*.dmn"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_file_of_every_version_is_read_and_evaluated(path: Path) -> None:
    reading = read(path.read_bytes())
    assert reading.model is not None
    assert reading.problems == ()
    evaluation = evaluate(reading.model, "Price", {"age": 30})
    assert evaluation.value == 20
    assert evaluation.trace[0].tables[0].matched[0].annotations == ("everybody",)
    assert evaluate(reading.model, "Price", {"age": "thirty"}).trace[0].inputs == {"age": None}


def test_there_is_a_file_for_each_version() -> None:
    assert len(FILES) == 5
