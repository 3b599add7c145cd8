"""Moves of process instances."""

from __future__ import annotations

from typing import get_args

from marshmallow import fields, validate

from engine.operating.moves import MovePlace
from service.api.schemas.directions import Incoming, Outgoing
from service.api.schemas.limits import whole
from service.api.schemas.process_instances import TokenDetails

_ID = validate.Length(1, 255)
_MOST = validate.Length(max=100)


class MoveTarget(Incoming):
    """`before` or `after` an element, or `on` a sequence flow; `scope` is the token of an open sub-process around it."""

    element = fields.String(required=True, validate=_ID)
    place = fields.String(load_default="before", validate=validate.OneOf(get_args(MovePlace)))
    scope = whole(load_default=None, allow_none=True)


class MoveAsked(Incoming):
    """Everything at the named elements goes, and the tokens with these numbers; then the targets begin."""

    cancel_elements = fields.List(fields.String(validate=_ID), load_default=list, validate=_MOST)
    cancel_tokens = fields.List(whole(1), load_default=list, validate=_MOST)
    start = fields.List(fields.Nested(MoveTarget), load_default=list, validate=_MOST)


class Move(MoveAsked):
    """The reason stands in the history."""

    reason = fields.String(required=True, validate=validate.Length(1, 2000))


class MovePreview(Outgoing):
    """Where the process instance would be: tokens that go, stay and come."""

    going = fields.List(fields.Nested(TokenDetails))
    staying = fields.List(fields.Nested(TokenDetails))
    coming = fields.List(fields.Nested(TokenDetails))
    ends = fields.Boolean(metadata={"description": "The process instance would come to its end."})
