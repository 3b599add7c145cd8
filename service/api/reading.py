"""What a request says, checked by a schema: bodies are JSON, unknown names are refused, nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask import request
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine.facts.sentences import Sentence
from engine.facts.values import NUL_IN_JSON, places_of_nul
from service import sent_json
from service.api.broken_rules import broken
from service.api.refusals import FieldProblem, RequestRefused, WrongContentType
from service.api.schemas.directions import Incoming
from service.flask_application import Request, current_request
from service.sent_json import LARGEST_JSON, RequestTooLarge

LONGEST_SHOWN = 100
#: Problems of one kind that one answer tells.
MOST_SHOWN = 20

_NUL = Sentence("A text contains the character NUL (U+0000).")
_REMOVE_IT = Sentence("Remove it.")


def json_body(schema: Incoming) -> Any:
    """The body as the schema reads it. No body at all reads as `{}`."""
    asked = current_request()
    content = _body(asked)
    if not content:
        return _load(schema, {})
    if asked.mimetype != "application/json":
        raise WrongContentType(given=asked.mimetype[:LONGEST_SHOWN], needed="application/json")
    written = sent_json.read(content)
    if NUL_IN_JSON in content and (places := list(places_of_nul(written))):
        raise _refused([FieldProblem("nul", _NUL, place, fix=_REMOVE_IT) for place in places[:MOST_SHOWN]])
    return _load(schema, written)


def query(schema: Incoming) -> Any:
    """The query as the schema reads it; a name may come twice only where the schema wants a list."""
    return _once_each(schema, request.args)


def form(schema: Incoming) -> Any:
    """The fields of multipart/form-data beside its files."""
    return _once_each(schema, request.form)


def _once_each(schema: Incoming, pairs: MultiDict[str, str]) -> Any:
    written: dict[str, Any] = {}
    for name, values in pairs.lists():
        if len(values) > 1 and name not in schema.lists:
            raise _refused(
                [
                    FieldProblem(
                        "repeated",
                        Sentence("{name} is given {count} times.", name=name, count=len(values)),
                        name,
                        fix=Sentence("Give it once."),
                    )
                ]
            )
        written[name] = values if name in schema.lists else values[0]
    return _load(schema, written)


def _body(asked: Request) -> bytes:
    length = asked.content_length
    if length is not None and length > LARGEST_JSON:
        raise RequestTooLarge(
            why=Sentence("{count:,} bytes of JSON where {limit:,} are allowed.", count=length, limit=LARGEST_JSON)
        )
    content = asked.body(LARGEST_JSON)
    if len(content) > LARGEST_JSON:
        raise RequestTooLarge(why=Sentence("more than {limit:,} bytes of JSON.", limit=LARGEST_JSON))
    return content


def _load(schema: Incoming, written: Any) -> Any:
    try:
        return schema.load(written)
    except ValidationError as error:
        problems = _field_problems(error.messages, written, "")
        # Whoever misspells the name of a secret has sent it under another one.
        raise _refused([replace(each, value=None) if schema.has_secrets else each for each in problems]) from None


def _refused(problems: list[FieldProblem]) -> RequestRefused:
    return RequestRefused(problems=tuple(problems), count=len(problems))


def _field_problems(messages: Any, written: Any, path: str) -> Iterator[FieldProblem]:
    if isinstance(messages, Mapping):
        for name, below in messages.items():
            if name == "_schema":
                yield from _field_problems(below, written, path)
            else:
                value = written.get(name) if isinstance(written, Mapping) else _item(written, name)
                yield from _field_problems(below, value, f"{path}.{name}" if path else str(name))
        return
    for sentence in messages if isinstance(messages, list) else [messages]:
        rule, said = broken(str(sentence))
        yield FieldProblem(rule, said, path, value=_shown(written))


def _item(written: Any, index: Any) -> Any:
    return written[index] if isinstance(written, list) and isinstance(index, int) and index < len(written) else None


def _shown(value: Any) -> Any:
    if isinstance(value, dict | list):
        return None
    return value[:LONGEST_SHOWN] if isinstance(value, str) else value
