"""Imports: elements and types of other models (DMN 1.5, clause 6.3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.dmn import Model, evaluate, evaluate_knowledge_model, read
from engine.facts.errors import NotFound

LI = {"full name": "Li", "age": 30}


@pytest.fixture(scope="module")
def models() -> Mapping[str, Model]:
    """By the name of the file; each read after those it imports."""
    known: dict[str, Model] = {}
    for name in ("imported", "importing", "importing_without_name", "importing_twice"):
        reading = read(Path(__file__).with_name(f"{name}.dmn").read_bytes(), imports=known)
        assert reading.model is not None
        assert reading.is_valid, reading.problems
        known[reading.model.namespace] = reading.model
    return {namespace.rpartition(":")[2]: model for namespace, model in known.items()}


@pytest.mark.parametrize(
    "inputs",
    [
        {"Visitor": LI},
        {"front-desk.Visitor": LI},
        {"front-desk": {"Visitor": LI}},
        {"{urn:liuzhuan:test:imported}Visitor": LI},
    ],
)
def test_an_imported_decision_reads_its_own_inputs(models: Mapping[str, Model], inputs: Mapping[str, Any]) -> None:
    assert evaluate(models["importing"], "Announcement", inputs).value == "Reception: Good day Li"


def test_an_imported_input_is_known_by_the_name_of_the_import(models: Mapping[str, Model]) -> None:
    assert evaluate(models["importing"], "Visitor Age", {"Visitor": LI}).value == Decimal(30)


@pytest.mark.parametrize("decision", ["Hello Guest", "Boxed Hello"])
def test_an_imported_function_brings_along_what_it_requires(models: Mapping[str, Model], decision: str) -> None:
    assert evaluate(models["importing"], decision, {"Guest": LI}).value == "Good day Li"


def test_an_imported_type_is_checked(models: Mapping[str, Model]) -> None:
    assert evaluate(models["importing"], "Hello Guest", {"Guest": {"full name": "Li", "age": 300}}).value is None
    assert evaluate(models["importing"], "Is Person", {"Guest": LI}).value is True


def test_an_import_without_a_name_brings_plain_names(models: Mapping[str, Model]) -> None:
    assert evaluate(models["importing_without_name"], "Announcement", {"Visitor": LI}).value == "Reception: Good day Li"


def test_models_import_models_that_import(models: Mapping[str, Model]) -> None:
    inputs = {"desk": {"front-desk": {"Visitor": LI}}}
    assert evaluate(models["importing_twice"], "Loud", inputs).value == "RECEPTION: GOOD DAY LI"
    assert evaluate(models["importing_twice"], "Deep", inputs).value == "Good day Li"


def test_an_unknown_import_is_a_problem_and_the_rest_is_still_read() -> None:
    reading = read(Path(__file__).with_name("importing.dmn").read_bytes())
    assert reading.model is not None
    assert "import-unknown" in {problem.rule for problem in reading.problems}
    assert not reading.is_valid


def test_a_business_knowledge_model_can_be_evaluated_alone(models: Mapping[str, Model]) -> None:
    assert evaluate_knowledge_model(models["imported"], "Salutation", {"age": 7}).value == "Hi"
    with pytest.raises(NotFound, match="no business knowledge model Nothing"):
        evaluate_knowledge_model(models["imported"], "Nothing", {})
