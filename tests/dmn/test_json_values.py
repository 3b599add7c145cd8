"""JSON to inputs, and evaluations to JSON, as the interfaces of the service need them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from engine.dmn import Model, evaluate, evaluation_as_json, inputs_from_json, read
from engine.feel import Function, Parameter, text_of
from tests.dmn.xml import decision, definitions, input_data, literal, table

TRIP = (
    '<itemDefinition name="tTrip"><itemComponent name="from"><typeRef>date</typeRef></itemComponent>'
    '<itemComponent name="stops" isCollection="true"><typeRef>time</typeRef></itemComponent></itemDefinition>'
)


def model_of(*parts: str, functions: tuple[str, ...] = ()) -> Model:
    reading = read(definitions(*parts), functions=functions)
    assert reading.problems == ()
    assert reading.model is not None
    return reading.model


def test_texts_become_dates_times_and_durations_where_the_inputs_ask_for_them() -> None:
    model = model_of(TRIP, input_data("day", "date"), input_data("wait", "days and time duration"), input_data("trip", "tTrip"))
    values = inputs_from_json(
        model, {"day": "2026-03-01", "wait": "PT90M", "trip": {"from": "2026-03-02", "stops": ["10:00:00"]}, "else": "2026-03-01"}
    )
    assert text_of(values) == '{day: 2026-03-01, wait: PT1H30M, trip: {from: 2026-03-02, stops: [10:00:00]}, else: "2026-03-01"}'


def test_a_text_that_is_no_date_stays_a_text_and_does_not_conform() -> None:
    model = model_of(input_data("day", "date"), decision("echo", literal("day"), inputs=["day"]))
    inputs = inputs_from_json(model, {"day": "tomorrow"})
    assert inputs == {"day": "tomorrow"}
    assert evaluate(model, "echo", inputs).value is None


def test_numbers_stay_exact() -> None:
    model = model_of(input_data("x", "number"), decision("sum", literal("x + 0.2"), inputs=["x"]))
    assert evaluation_as_json(evaluate(model, "sum", inputs_from_json(model, {"x": 0.1})))["value"] == 0.3


def test_an_evaluation_becomes_json_with_the_matched_rules() -> None:
    logic = table(["day"], [['>= date("2026-01-01")', '"new"'], ["-", '"old"']], policy="FIRST")
    model = model_of(input_data("day", "date"), decision("age", logic, inputs=["day"]))
    written = evaluation_as_json(evaluate(model, "age", inputs_from_json(model, {"day": "2026-03-01"})))
    assert json.loads(json.dumps(written)) == {
        "value": "new",
        "trace": [
            {
                "id": "age",
                "name": "age",
                "namespace": "urn:liuzhuan:test:model",
                "inputs": {"day": "2026-03-01"},
                "tables": [
                    {
                        "table": "table",
                        "hitPolicy": "FIRST",
                        "inputs": [{"expression": "day", "value": "2026-03-01"}],
                        "matched": [{"rule": 1, "id": "", "outputs": {"out0": "new"}, "annotations": []}],
                        "value": "new",
                    }
                ],
                "value": "new",
            }
        ],
        "notes": [],
    }


def test_functions_of_the_host_are_known_to_all_logic() -> None:
    double = Function("double", (Parameter("value"),), lambda arguments, _: arguments[0] * 2)
    model = model_of(decision("four", literal("double(2)")), functions=("double",))
    evaluation = evaluate(model, "four", {}, now=datetime(2026, 1, 1, tzinfo=UTC), functions={"double": double})
    assert evaluation.value == 4
