"""Mass assignment: no body and no query takes a name it does not know."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from marshmallow import RAISE, ValidationError

from service.api import schemas
from service.api.schemas.directions import Incoming
from tests.api.conftest import As, codes

#: What attackers add: rights, roles, states, owners.
TEMPTING = ("role", "rights", "administer", "assignee", "state", "status", "version", "tenant", "id", "__class__", "createdBy")


def incoming() -> Iterator[type[Incoming]]:
    for module in pkgutil.iter_modules(schemas.__path__, f"{schemas.__name__}."):
        for _, found in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(found, Incoming) and found.__module__ == module.name:
                yield found


def test_there_are_schemas_to_look_at() -> None:
    assert len(list(incoming())) > 15


@pytest.mark.parametrize("schema", list(incoming()), ids=lambda schema: schema.__name__)
def test_a_schema_refuses_names_it_does_not_know(schema: type[Incoming]) -> None:
    reader = schema()
    assert reader.unknown == RAISE
    known = {field.data_key for field in reader.load_fields.values()}
    for name in set(TEMPTING) - known:
        with pytest.raises(ValidationError) as refused:
            reader.load({name: "x"})
        assert name in refused.value.messages_dict


@pytest.mark.parametrize("name", TEMPTING)
def test_starting_a_process_with_an_unknown_name_is_refused(alice: As, name: str) -> None:
    if name == "version":
        return
    answer = alice.post("/process-definitions/leave/start", {"variables": {"employee": "x"}, name: "x"})
    assert codes(answer) == (422, "request_refused")
    assert answer.json["errors"][0]["field"] == name
    assert answer.json["errors"][0]["rule"] == "unknown"


def test_an_unknown_name_in_a_query_is_refused(alice: As) -> None:
    answer = alice.get("/user-tasks", orQueries="[{}]")
    assert codes(answer) == (422, "request_refused")
    assert answer.json["errors"][0]["field"] == "orQueries"
