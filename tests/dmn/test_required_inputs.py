"""What has to be given to evaluate a decision."""

from __future__ import annotations

import pytest

from engine.dmn import Model, RequiredInput, read, required_inputs
from engine.facts.errors import NotFound
from tests.dmn.xml import decision, definitions, input_data, literal


@pytest.fixture
def model() -> Model:
    found = read(
        definitions(
            input_data("income", "number"),
            input_data("age", "number"),
            input_data("other"),
            decision("affordable", literal("spare > limit and age > 17"), inputs=["age"], decisions=["spare"]),
            decision("spare", literal("income - 100"), inputs=["income", "age"]),
        )
    ).model
    assert found is not None
    return found


def test_the_inputs_of_all_required_decisions_are_named_once(model: Model) -> None:
    assert required_inputs(model, "affordable") == (
        RequiredInput("age", "number"),
        RequiredInput("limit", "Any", is_declared=False),
        RequiredInput("income", "number"),
    )


def test_an_unknown_decision_is_refused(model: Model) -> None:
    with pytest.raises(NotFound, match="no decision nothing"):
        required_inputs(model, "nothing")
