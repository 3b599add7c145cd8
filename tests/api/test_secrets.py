"""/secrets: names, hosts, who and when - never a value, neither in an answer nor in a refusal."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import MODELS, As
from tests.api.test_deployments import deploy

VALUE = "tok_en-4711.abcdef"
BODY = {"value": VALUE, "hosts": ["api.crm.example.com"]}


def test_what_is_set_is_listed_without_its_value(adam: As) -> None:
    answer = adam.put("/secrets/crm-token", BODY)
    listed = adam.get("/secrets")
    assert answer.status_code == listed.status_code == 200
    assert listed.json["items"] == [answer.json]
    assert {**answer.json, "setAt": "…"} == {
        "name": "crm-token",
        "hosts": ["api.crm.example.com"],
        "setAt": "…",
        "setBy": "adam",
    }
    assert VALUE not in listed.text + answer.text


def test_set_again_it_has_another_value_and_no_hosts_unless_they_are_said_again(adam: As) -> None:
    adam.put("/secrets/crm-token", BODY)
    assert adam.put("/secrets/crm-token", {"value": "another value"}).json["hosts"] == []
    assert len(adam.get("/secrets").json["items"]) == 1


def test_it_is_deleted_once(adam: As) -> None:
    adam.put("/secrets/crm-token", BODY)
    assert [adam.delete("/secrets/crm-token").status_code for _ in range(2)] == [204, 404]
    assert adam.get("/secrets").json["items"] == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/secrets/Crm", BODY),
        ("/secrets/crm", {"value": "short"}),
        ("/secrets/crm", {"value": f" {VALUE}"}),
        ("/secrets/crm", {"value": VALUE + "x" * 10_000}),
        ("/secrets/crm", {"value": VALUE, "hosts": ["https://x"]}),
        ("/secrets/crm", {"value": VALUE, "hosts": "x"}),
        ("/secrets/crm", {"value": VALUE, "host": "x"}),
        ("/secrets/crm", {"value": [VALUE]}),
        ("/secrets/crm", {"Value": VALUE}),
        ("/secrets/crm", VALUE),
        ("/secrets/crm", {"hosts": []}),
        ("/secrets/crm", {"value": VALUE + "\0"}),
    ],
)
def test_a_refusal_does_not_repeat_the_value(adam: As, path: str, body: dict[str, Any]) -> None:
    answer = adam.put(path, body)
    assert answer.status_code == 422
    assert VALUE not in answer.text and adam.get("/secrets").json["items"] == []


@pytest.mark.parametrize("who", ["alice", "dora", "oscar", "mallory"])
def test_others_may_nothing(who: str, request: pytest.FixtureRequest) -> None:
    other: As = request.getfixturevalue(who)
    answers = (other.put("/secrets/crm-token", BODY), other.get("/secrets"), other.delete("/secrets/crm-token"))
    assert [answer.status_code for answer in answers] == [403, 403, 403]


CALL = """  <serviceTask id="call"><extensionElements><liuzhuan:connector name="http">
      <liuzhuan:input name="url" value="https://api.crm.example.com/?key={{secret.crm-tokens}}"/>
    </liuzhuan:connector></extensionElements></serviceTask>
  </process>"""


def test_who_deploys_is_told_which_secret_was_probably_meant(adam: As, dora: As) -> None:
    adam.put("/secrets/crm-token", BODY)
    model = (MODELS / "leave.bpmn").read_text(encoding="utf-8").replace("</process>", CALL)
    warnings = deploy(dora, ("leave.bpmn", model.encode())).json["warnings"]
    (warning,) = (each for each in warnings if each["rule"] == "unknown-secret")
    line = 1 + model[: model.index("crm-tokens")].count("\n")
    assert (warning["line"], warning["fix"]) == (line, "Did you mean crm-token?")
