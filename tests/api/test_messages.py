"""POST /messages and /signals"""

from __future__ import annotations

from tests.api.conftest import As, codes


def letter(oscar: As, **more: object) -> dict[str, object]:
    answer = oscar.post("/messages", {"name": "letter", "variables": {"number": "N-1"}, **more})
    assert answer.status_code == 200, answer.json
    body: dict[str, object] = answer.json
    return body


def test_a_message_starts_the_process_that_waits_for_it(oscar: As) -> None:
    answer = letter(oscar)
    assert answer["result"] == "started"
    assert oscar.get(f"/process-instances/{answer['processInstanceId']}").json["processDefinitionKey"] == "mail"


def test_a_message_reaches_the_instance_with_its_key(oscar: As) -> None:
    id = letter(oscar)["processInstanceId"]
    other = oscar.post("/messages", {"name": "answer", "correlationKey": "N-2"}).json
    assert other["result"] == "buffered"
    answer = oscar.post("/messages", {"name": "answer", "correlationKey": "N-1"}).json
    assert (answer["result"], answer["processInstanceId"]) == ("delivered", id)
    assert oscar.get(f"/process-instances/{id}").json["status"] == "ended"


def test_an_event_is_applied_once(oscar: As) -> None:
    first, again = letter(oscar, eventId="e-1"), letter(oscar, eventId="e-1")
    assert again == {**first, "isRepeated": True}
    assert len(oscar.get("/process-instances", processDefinitionKey="mail").json["items"]) == 1


def test_a_signal_nobody_waits_for_reaches_nobody(oscar: As) -> None:
    assert oscar.post("/signals", {"name": "year-end"}).json == {"receivers": 0}


def test_a_message_has_a_name(oscar: As) -> None:
    assert codes(oscar.post("/messages", {"variables": {}})) == (422, "request_refused")
    assert codes(oscar.post("/messages", {"name": ""})) == (422, "request_refused")


def test_what_starts_a_process_by_message_is_checked_by_the_form_of_its_start_event(oscar: As) -> None:
    answer = oscar.post("/messages", {"name": "claim", "variables": {"amount": 5000}}, headers={"Accept-Language": "en"})
    assert codes(answer) == (422, "variables_refused")
    (problem,) = answer.json["errors"]
    assert (problem["where"], problem["rule"]) == ("amount", "max")
    assert problem["sentence"].startswith("Amount: ")
    assert oscar.get("/process-instances", processDefinitionKey="expense").json["items"] == []


def test_a_name_that_the_form_of_the_start_event_does_not_have_is_refused(oscar: As) -> None:
    answer = oscar.post("/messages", {"name": "claim", "variables": {"amount": 5, "sum": 5}})
    assert [(each["where"], each["rule"]) for each in answer.json["errors"]] == [("sum", "unknown")]


def test_a_message_that_fits_the_form_starts_the_process(oscar: As) -> None:
    answer = oscar.post("/messages", {"name": "claim", "variables": {"amount": 5}})
    assert (answer.status_code, answer.json["result"]) == (200, "started")


def test_a_refused_message_does_not_use_its_event_id_up(oscar: As) -> None:
    assert oscar.post("/messages", {"name": "claim", "variables": {}, "eventId": "e-9"}).status_code == 422
    assert oscar.post("/messages", {"name": "claim", "variables": {"amount": 5}, "eventId": "e-9"}).json["result"] == "started"
