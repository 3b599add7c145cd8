"""flask-smorest's Blueprint with a shorter way at run time: it documents the same, but reads and writes JSON once, by orjson."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import wraps
from http import HTTPStatus
from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import Schema

from engine.facts.json_text import json_text
from service.api import reading
from service.flask_application import Answer

View = Callable[..., Any]
JSON = "application/json"

#: For the description: variables by name, as one JSON object.
VALUES: dict[str, Any] = {
    "responses": {200: {"description": "OK", "content": {JSON: {"schema": {"type": "object", "additionalProperties": True}}}}}
}


def json_response(value: Any, status: int = 200) -> Answer:
    """Moments, ids and dataclasses are written too."""
    return Answer(json_text(value), status, content_type=JSON)


class Routes(Blueprint):  # type: ignore[misc]
    """`@routes.get(…)`, then `@routes.body(…)` or `@routes.query(…)`, then `@routes.answers(…)`: on all routes in this order.

    `body` and `query` hand what they read to the view as its first argument.
    """

    def body(self, schema: type[Schema], *, example: Any = None) -> Callable[[View], View]:
        """The view takes a JSON body of this schema."""
        return self._reads(schema(), reading.json_body, {"in": "json", "required": True}, example)

    def query(self, schema: type[Schema]) -> Callable[[View], View]:
        """The view takes a query of this schema; what it does not name is refused."""
        return self._reads(schema(), reading.query, {"in": "query", "required": False}, None)

    def files(self, schema: type[Schema]) -> Callable[[View], View]:
        """The view takes multipart/form-data and reads it itself; the schema only documents."""

        def decorate(view: View) -> View:
            place = {"in": "files", "required": True, "schema": schema()}
            _apidoc(view).setdefault("arguments", {}).setdefault("parameters", []).append(place)
            return view

        return decorate

    def describes(self, **operation: Any) -> Callable[[View], View]:
        """What the description says of the operation besides: an OpenAPI operation object, or parts of one."""

        def decorate(view: View) -> View:
            _apidoc(view).setdefault("manual_doc", {}).update(operation)
            return view

        return decorate

    def answers_file(self, content_type: str) -> Callable[[View], View]:
        """The view answers bytes of this type, or `*/*`."""
        schema = {"type": "string", "format": "binary"}
        return self.describes(responses={200: {"description": "OK", "content": {content_type: {"schema": schema}}}})

    def answers(self, status: int, schema: type[Schema] | None = None) -> Callable[[View], View]:
        """What the view returns is dumped by the schema; a Response goes out as it is. None is an empty 204."""
        dump = schema().dump if schema else None
        answer: dict[str, Any] = {"description": HTTPStatus(status).phrase, "content_type": None}
        if schema:
            answer["schema"] = schema()

        def decorate(view: View) -> View:
            @wraps(view)
            def answered(*args: Any, **kwargs: Any) -> Response:
                result = view(*args, **kwargs)
                if isinstance(result, Response):
                    return result
                if dump is None:
                    return Response(status=status)
                return json_response(dump(result), status)

            documented = _apidoc(answered)
            documented.setdefault("response", {}).setdefault("responses", {}).setdefault(status, []).append(answer)
            documented.setdefault("success_status_codes", []).append(status)
            return answered

        return decorate

    @staticmethod
    def _reads(schema: Schema, read: Callable[[Any], Any], place: Mapping[str, Any], example: Any) -> Callable[[View], View]:
        parameter = {**place, "schema": schema, **({"example": example} if example is not None else {})}

        def decorate(view: View) -> View:
            @wraps(view)
            def reading_view(*args: Any, **kwargs: Any) -> Any:
                return view(read(schema), *args, **kwargs)

            _apidoc(reading_view).setdefault("arguments", {}).setdefault("parameters", []).append(parameter)
            return reading_view

        return decorate


def _apidoc(view: View) -> dict[str, Any]:
    """What flask-smorest will document about the view: its own copy, as `wraps` has copied the reference."""
    documented: dict[str, Any] = deepcopy(getattr(view, "_apidoc", {}))
    view._apidoc = documented  # type: ignore[attr-defined]
    return documented
