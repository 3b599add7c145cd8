"""Where other products keep the forms of tasks, and forms written inside of a model."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from engine.bpmn import read, read_embedded_forms
from tests.bpmn.cases import model_of
from tests.bpmn.writing import bpmn, changed

TASK = "start s\nuser u name=Check {}\nend e\ns -> u -> e"


def form_of(words: str) -> str:
    return model_of(bpmn(TASK.format(words))).processes["p"].elements["u"].form


def fields(words: str) -> Mapping[str, Any]:
    """The components of the one form inside of the model."""
    forms = read_embedded_forms(bpmn(TASK.format(words)))
    assert list(forms) == ["p/u"]
    return {each["key"]: each for each in json.loads(forms["p/u"])["components"]}


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("camunda:formRef=invoice", "invoice"),
        ("flowable:formKey=invoice", "invoice"),
        ("camunda:formKey=camunda-forms:deployment:forms/invoice.form", "forms/invoice"),
        ("ext='<zeebe:formDefinition formKey=\"camunda-forms:bpmn:inside\"/>'", "p/inside"),
        ("liuzhuan:form=own camunda:formKey=other", "own"),
        ("", ""),
    ],
)
def test_the_form_is_found_where_each_product_names_it(words: str, key: str) -> None:
    assert form_of(words) == key


@pytest.mark.parametrize("key", ["embedded:app:forms/invoice.html", "app:invoice.jsf", "/forms/invoice.xhtml"])
def test_a_page_of_another_product_is_left_out_with_a_warning(key: str) -> None:
    reading = read(bpmn(TASK.format(f"camunda:formKey={key}")))
    assert [(each.rule, each.where, each.is_warning) for each in reading.problems] == [("form-elsewhere", "u", True)]
    assert reading.model is not None
    assert reading.model.processes["p"].elements["u"].form == ""


def test_the_fields_of_camunda_become_a_form() -> None:
    inside = (
        "<camunda:formData>"
        '<camunda:formField id="subject" label="Subject" type="string" defaultValue="none"><camunda:validation>'
        '<camunda:constraint name="required"/><camunda:constraint name="maxlength" config="10"/></camunda:validation>'
        "</camunda:formField>"
        '<camunda:formField id="count" type="long" defaultValue="5"><camunda:validation>'
        '<camunda:constraint name="min" config="3"/></camunda:validation></camunda:formField>'
        '<camunda:formField id="day" label="Day" type="date"/>'
        '<camunda:formField id="ok" type="boolean" defaultValue="true"/>'
        '<camunda:formField id="by" type="string" defaultValue="${initiator}"><camunda:validation>'
        '<camunda:constraint name="readonly"/></camunda:validation></camunda:formField>'
        '<camunda:formField id="size" type="enum"><camunda:value id="s" name="Small"/><camunda:value id="l"/></camunda:formField>'
        "</camunda:formData>"
    )
    words = f"ext='{inside}'"
    found = fields(words)
    assert found["subject"]["label"] == "Subject"
    assert found["subject"]["validate"] == {"required": True, "maxLength": 10}
    assert found["subject"]["defaultValue"] == "none"
    assert (found["count"]["type"], found["count"]["defaultValue"], found["count"]["validate"]) == ("number", 5, {"min": 3})
    assert (found["day"]["type"], found["day"]["dateLabel"]) == ("datetime", "Day")
    assert (found["ok"]["type"], found["ok"]["defaultValue"]) == ("checkbox", True)
    assert (found["by"]["readonly"], "defaultValue" in found["by"]) == (True, False)
    assert found["size"]["values"] == [{"value": "s", "label": "Small"}, {"value": "l", "label": "l"}]
    assert form_of(words) == "p/u"


@pytest.mark.parametrize("prefix", ["activiti", "flowable"])
def test_the_form_properties_of_flowable_and_activiti_become_a_form(prefix: str) -> None:
    inside = (
        f'<{prefix}:formProperty id="speaker" name="Speaker" variable="speakerName" required="true"/>'
        f'<{prefix}:formProperty id="amount" name="Amount" type="double" writable="false"/>'
        f'<{prefix}:formProperty id="hidden" readable="false" writable="false"/>'
        f'<{prefix}:formProperty id="kind" type="enum"><{prefix}:value id="a" name="A"/></{prefix}:formProperty>'
    )
    found = fields(f"ext='{inside}'")
    assert set(found) == {"speakerName", "amount", "kind"}
    assert found["speakerName"]["validate"] == {"required": True}
    assert (found["amount"]["type"], found["amount"]["readonly"]) == ("number", True)
    assert found["kind"]["values"] == [{"value": "a", "label": "A"}]


def test_a_start_event_has_the_form_of_its_fields() -> None:
    xml = bpmn('start s ext=\'<activiti:formProperty id="days" type="long"/>\'\nend e\ns -> e')
    assert model_of(xml).processes["p"].start_form == "p/s"
    assert list(read_embedded_forms(xml)) == ["p/s"]


def test_a_form_of_camunda_8_inside_of_the_process_stays_as_it_is() -> None:
    form = '{"components": [{"type": "textfield", "key": "x"}]}'
    block = f'<extensionElements><zeebe:userTaskForm id="inside">{form}</zeebe:userTaskForm></extensionElements>'
    xml = changed(TASK.format(""), ("<startEvent", f"{block}<startEvent"))
    assert read_embedded_forms(xml) == {"p/inside": form.encode()}


@pytest.mark.parametrize("xml", [b"formData", b"<!DOCTYPE formData><a/>", b"<formData/>", bpmn(TASK.format(""))])
def test_a_file_without_forms_or_that_cannot_be_read_has_none(xml: bytes) -> None:
    assert read_embedded_forms(xml) == {}
