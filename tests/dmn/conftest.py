"""The model that lies beside a test file: `test_unique.py` tests `unique.dmn`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.dmn import Evaluation, Model, evaluate, read


def model_in(path: Path) -> Model:
    """The model of a file, which must be without errors."""
    reading = read(path.read_bytes())
    assert reading.model is not None
    assert reading.is_valid, reading.problems
    return reading.model


@pytest.fixture
def model(request: pytest.FixtureRequest) -> Model:
    return model_in(request.path.with_name(f"{request.path.stem.removeprefix('test_')}.dmn"))


@pytest.fixture
def decide(model: Model) -> Callable[..., Any]:
    """`decide("Name", {inputs})` is the value of a decision."""

    def value(name: str, inputs: Mapping[str, Any] | None = None) -> Any:
        return evaluate(model, name, inputs or {}).value

    return value


@pytest.fixture
def evaluated(model: Model) -> Callable[..., Evaluation]:
    """`evaluated("Name", {inputs})` is the evaluation with trace and notes."""

    def evaluation(name: str, inputs: Mapping[str, Any] | None = None) -> Evaluation:
        return evaluate(model, name, inputs or {})

    return evaluation
