"""Files as editors write them: pools, lanes, data, annotations, groups, diagrams and attributes of their own."""

from pathlib import Path

import pytest

from engine.bpmn import Trigger, read
from engine.definitions.functions import FUNCTIONS
from tests.bpmn.cases import Case

COLLABORATION = (Path(__file__).parent / "collaboration.bpmn").read_bytes()
SHIPPED = sorted((Path(__file__).parents[2] / "processes").rglob("*.bpmn"))


def test_everything_that_is_not_executed_is_left_aside() -> None:
    reading = read(COLLABORATION, schema=True)
    assert reading.problems == ()
    assert reading.model is not None
    assert set(reading.model.processes) == {"selling"}
    elements = reading.model.processes["selling"].elements
    assert {id: facts.lane for id, facts in elements.items()} == {
        "taking": "Desk",
        "checking": "Desk",
        "packing": "Store",
        "shipped": "Store",
    }


def test_it_runs() -> None:
    case = Case(COLLABORATION, {"document": "paper"}, trigger=Trigger("message", "order"))
    assert case.task("checking").facts.lane == "Desk"
    case.complete("checking")
    case.complete("packing")
    assert case.outcome == "completed"


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_shipped_model_is_without_problems(file: Path) -> None:
    assert read(file.read_bytes(), functions=FUNCTIONS, schema=True).problems == ()
