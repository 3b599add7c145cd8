"""POST /deployments and what is deployed: definitions, versions, XML."""

from __future__ import annotations

from io import BytesIO

import pytest

from tests.api.conftest import MODELS, As, Reply, codes

LEAVE = (MODELS / "leave.bpmn").read_bytes()


def deploy(who: As, *files: tuple[str, bytes], **fields: str) -> Reply:
    data = {**fields, "files": [(BytesIO(content), name) for name, content in files]}
    return who.request("POST", "/deployments", data=data, content_type="multipart/form-data")


def test_a_changed_model_becomes_the_next_version(dora: As, alice: As) -> None:
    answer = deploy(dora, ("leave.bpmn", LEAVE.replace("请假".encode(), "休假".encode())), name="November")
    assert answer.status_code == 201
    (definition,) = answer.json["definitions"]
    assert (answer.json["name"], definition["key"], definition["version"], definition["name"]) == ("November", "leave", 2, "休假")
    assert [each["version"] for each in alice.get("/process-definitions/leave/versions").json["items"]] == [2, 1]
    assert alice.get("/process-definitions/leave").json["id"] == definition["id"]


def test_an_idempotency_key_is_for_the_same_files(dora: As) -> None:
    def send(content: bytes) -> Reply:
        data = {"files": [(BytesIO(content), "leave.bpmn")]}
        headers = {"Idempotency-Key": "k-1"}
        return dora.request("POST", "/deployments", data=data, content_type="multipart/form-data", headers=headers)

    first, again = send(LEAVE + b"\n"), send(LEAVE + b"\n")
    assert again.json["id"] == first.json["id"]
    assert codes(send(LEAVE + b"\n\n")) == (409, "idempotency_key_reused")


def test_an_unchanged_model_keeps_its_version(dora: As) -> None:
    assert [each["version"] for each in deploy(dora, ("leave.bpmn", LEAVE)).json["definitions"]] == [1]


def test_all_problems_are_listed_with_element_and_line(dora: As) -> None:
    broken = LEAVE.replace(b'targetRef="hand-over"', b'targetRef="nowhere"').replace(
        b'strategy="initiator"', b'strategy="lottery"'
    )
    answer = deploy(dora, ("leave.bpmn", broken))
    assert codes(answer) == (422, "model_refused")
    problems = answer.json["errors"]
    assert len(problems) >= 2
    assert all(problem["file"] == "leave.bpmn" and problem["line"] > 0 and problem["sentence"] for problem in problems)


def test_one_bad_file_deploys_nothing(dora: As, alice: As) -> None:
    new = LEAVE.replace(b'process id="leave"', b'process id="other"')
    assert deploy(dora, ("other.bpmn", new), ("bad.bpmn", b"<definitions")).status_code == 422
    assert codes(alice.get("/process-definitions/other")) == (404, "not_found")


@pytest.mark.parametrize(
    "content",
    [
        b"<script>alert(1)</script>",
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        b"\x00\x01\x02",
        b"",
    ],
)
def test_what_is_no_model_is_refused_and_not_echoed(dora: As, content: bytes) -> None:
    answer = deploy(dora, ("model.bpmn", content))
    assert codes(answer) == (422, "model_refused")
    assert "<script>" not in answer.get_data(as_text=True)
    assert "root:" not in answer.get_data(as_text=True)


def test_a_file_needs_a_name_and_fields_are_known(dora: As) -> None:
    assert codes(deploy(dora)) == (422, "request_refused")
    answer = deploy(dora, ("leave.bpmn", LEAVE), tenant="x")
    assert codes(answer) == (422, "request_refused")
    assert answer.json["errors"][0]["field"] == "tenant"


def test_a_name_never_becomes_a_path(dora: As) -> None:
    answer = deploy(dora, ("../../../../tmp/leave.bpmn", LEAVE))
    assert answer.status_code in (201, 422)
    assert not (MODELS.parent.parent / "tmp").exists()


def test_the_file_comes_back_as_it_was_sent(dora: As) -> None:
    id = dora.get("/process-definitions/leave").json["id"]
    answer = dora.get(f"/process-definitions/{id}/xml")
    assert answer.get_data() == LEAVE
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_definitions_are_listed_by_key_and_by_what_one_may_start(alice: As, carol: As) -> None:
    assert [each["key"] for each in alice.get("/process-definitions").json["items"]] == ["expense", "frost", "leave", "mail"]
    assert [each["key"] for each in alice.get("/process-definitions", key="leave").json["items"]] == ["leave"]
    assert [each["key"] for each in alice.get("/process-definitions", startable="true").json["items"]] == ["leave"]
    assert [each["key"] for each in carol.get("/process-definitions", startable="true").json["items"]] == ["expense", "leave"]


def test_a_form_that_nobody_could_use_is_refused_and_a_surprising_one_is_told(dora: As) -> None:
    amount = b'{"type": "number", "id": "a", "key": "amount"}'
    hidden = b'{"type": "textfield", "id": "b", "key": "%s", "conditional": {"hide": "=amount > 5"}}'
    answer = deploy(dora, ("x.form.json", b'{"components": [\n%s,\n%s]}' % (amount, hidden % b"amount")))
    assert codes(answer) == (422, "model_refused")
    assert ("form-key", 3) in [(each["rule"], each["line"]) for each in answer.json["errors"]]
    answer = deploy(dora, ("x.form.json", b'{"components": [\n%s,\n%s]}' % (amount, hidden % b"why")))
    assert answer.status_code == 201
    assert [(each["rule"], each["where"]) for each in answer.json["warnings"]] == [("form-null", "why")]


def test_a_misspelt_name_of_ours_is_refused_with_what_was_meant(dora: As) -> None:
    misspelt = LEAVE.replace(b"<userTask ", b'<userTask liuzhuan:dueDate="P2D" ', 1)
    answer = deploy(dora, ("leave.bpmn", misspelt))
    assert codes(answer) == (422, "model_refused")
    assert [each["fix"] for each in answer.json["errors"]] == ["Did you mean liuzhuan:due?"]


def test_a_connector_that_does_not_run_here_is_refused_with_the_one_that_was_meant(dora: As) -> None:
    work = b'<serviceTask id="call" liuzhuan:connector="notfy"/></process>'
    answer = deploy(dora, ("leave.bpmn", LEAVE.replace(b"</process>", work)))
    errors = [(each["rule"], each["where"], each["fix"]) for each in answer.json["errors"]]
    assert ("unknown-connector", "call", "Did you mean notify?") in errors


def test_element_templates_are_given_to_designers_in_their_language(dora: As, alice: As) -> None:
    english, chinese = (
        dora.request("GET", "/deployments/element-templates", headers={"Accept-Language": language}).json
        for language in ("en", "zh")
    )
    by_id = {each["id"]: each for each in english}
    assert by_id["liuzhuan.user-task.superior"]["description"] == "the direct superior, or one some levels up"
    assert {each["binding"]["name"] for each in by_id["liuzhuan.connector.notify"]["properties"]} >= {"to", "subject"}
    assert [each["id"] for each in chinese] == list(by_id) and chinese != english
    assert alice.get("/deployments/element-templates").status_code == 403
