"""Deploying files by upload, and what is deployed."""

from __future__ import annotations

import json

from tests.web.conftest import MODELS
from tests.web.visitor import Visitor

MODEL = (MODELS / "trip.bpmn").read_bytes()
#: Of the sequence flow that tests break.
LINE = MODEL[: MODEL.index(b'targetRef="book"')].count(b"\n") + 1
FORM = (MODELS / "trip.form.json").read_bytes()


def test_several_files_are_deployed_at_once(hu: Visitor) -> None:
    changed = MODEL.replace("订票".encode(), "预订".encode())
    answer = hu.uploads("/deployments", {"trip.bpmn": changed, "forms/tests/trip.form.json": FORM}, name="Better")
    assert answer.status == 200, answer.json
    assert "部署成功" in answer.json["html"]
    page = hu.opens("/process-definitions/trip")
    assert "第 2 版" in page.text
    assert page.links("第 1 版")


def test_the_same_file_again_makes_no_new_version(hu: Visitor) -> None:
    hu.uploads("/deployments", {"trip.bpmn": MODEL})
    assert "第 2 版" not in hu.opens("/process-definitions/trip").text


def test_all_problems_of_all_files_are_listed_with_place_and_fix(hu: Visitor) -> None:
    broken = MODEL.replace(b'targetRef="book"', b'targetRef="nowhere"')
    answer = hu.uploads("/deployments", {"trip.bpmn": broken, "bad.form.json": b"[", "note.txt": b"hello"})
    assert answer.status == 422
    html = answer.json["html"]
    for expected in ("没有部署任何文件", "trip.bpmn", "bad.form.json", "note.txt", f"第 {LINE} 行", "表单不是有效的 JSON"):
        assert expected in html, expected
    assert "第 2 版" not in hu.opens("/process-definitions/trip").text


def test_checking_deploys_nothing(hu: Visitor) -> None:
    changed = MODEL.replace("订票".encode(), "预订".encode())
    answer = hu.uploads("/deployments", {"trip.bpmn": changed}, check="1")
    assert "可以部署" in answer.json["html"]
    assert "第 2 版" not in hu.opens("/process-definitions/trip").text


def test_a_form_chosen_alone_takes_the_folder_that_was_named(hu: Visitor) -> None:
    answer = hu.uploads("/deployments", {"visit.form.json": FORM}, folder="business")
    assert "business/visit" in answer.json["html"]


def test_a_dropped_folder_brings_its_own_path(hu: Visitor) -> None:
    answer = hu.uploads("/deployments", {"company/forms/sales/visit.form.json": FORM}, folder="business")
    assert "sales/visit" in answer.json["html"]


def test_without_a_file_there_is_nothing_to_deploy(hu: Visitor) -> None:
    assert hu.uploads("/deployments", {}).status == 422


def test_whoever_does_not_design_may_not_deploy(dong: Visitor) -> None:
    assert dong.uploads("/deployments", {"trip.bpmn": MODEL}).status == 403


def test_the_file_can_be_downloaded_as_it_was_deployed(hu: Visitor) -> None:
    address = hu.opens("/process-definitions/trip").link("下载 BPMN 文件")
    answer = hu.opens(address)
    assert answer.response.get_data() == MODEL
    assert "trip-1.bpmn" in answer.response.headers["Content-Disposition"]


def test_an_unknown_definition_or_version_is_not_found(hu: Visitor) -> None:
    assert hu.opens("/process-definitions/nothing").status == 404
    assert hu.opens("/process-definitions/trip?version=9").status == 404


def test_definitions_are_found_by_name_and_key(hu: Visitor) -> None:
    assert hu.opens("/process-definitions?q=出差").links("出差申请")
    assert hu.opens("/process-definitions?q=trip").links("出差申请")
    assert not hu.opens("/process-definitions?q=采购").links("出差申请")


def test_element_templates_for_the_modeler_are_offered(hu: Visitor) -> None:
    answer = hu.opens(hu.opens("/deployments/new").link("元素模板")).response
    assert answer.headers["Content-Disposition"] == "attachment; filename=liuzhuan-element-templates.json"
    assert {"liuzhuan.user-task", "liuzhuan.connector.http"} <= {each["id"] for each in json.loads(answer.data)}
