"""Idempotency-Key: a request that creates something and is sent again, because its answer got lost, gets that answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from flask import Response, request

from engine.facts.sentences import Sentence
from engine.store.unit_of_work import UnitOfWork
from service.api.refusals import FieldProblem, IdempotencyKeyReused, RequestRefused
from service.api.routes import JSON, json_response
from service.store import idempotency_keys

HEADER = "Idempotency-Key"
LONGEST = 200

#: For the description of a route that answers `once`.
REPEATABLE: dict[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": HEADER,
            "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST},
            "description": "Sent again within a day by the same person, the request gets the first answer.",
        }
    ]
}


def once(work: UnitOfWork, act: Callable[[], Any], status: int) -> Response:
    """The answer of `act`, or of the earlier request with the same key. Key, effect and answer are one transaction."""
    key = request.headers.get(HEADER)
    if key is None:
        return json_response(act(), status)
    _refuse_bad(key)
    key_hash = _hash(f"{work.actor.id}\n{request.method}\n{request.path}\n{key}".encode())
    request_hash = _hash(_sent())
    known = idempotency_keys.find(work, key_hash)
    if known is not None:
        if known.request_hash != request_hash:
            raise IdempotencyKeyReused
        return Response(known.answer, known.status, {"Idempotency-Replayed": "true"}, mimetype=JSON)
    idempotency_keys.reserve(work, key_hash, request_hash)
    response = json_response(act(), status)
    idempotency_keys.answer(work, key_hash, status, response.get_data())
    return response


def _refuse_bad(key: str) -> None:
    if not 0 < len(key) <= LONGEST:
        sentence = Sentence("The header {header} has 1 to {limit} characters.", header=HEADER, limit=LONGEST)
        raise RequestRefused(problems=(FieldProblem("length", sentence, HEADER),), count=1)


def _sent() -> bytes:
    """What makes two requests the same. Of a form its fields and files: each sending of it has another boundary between them."""
    if request.mimetype != "multipart/form-data":
        return request.get_data(cache=True)
    pieces = [piece.encode() for pair in sorted(request.form.items(multi=True)) for piece in pair]
    for name, file in request.files.items(multi=True):
        file.seek(0)
        pieces += (name.encode(), str(file.filename).encode(), file.read())
    return b"".join(b"%d:%b" % (len(piece), piece) for piece in pieces)


def _hash(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
