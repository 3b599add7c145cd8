"""Signing in and who is signed in."""

from __future__ import annotations

from marshmallow import fields, validate

from service.api.schemas.directions import WRITE_ONLY, Incoming, Outgoing


class SignIn(Incoming):
    """Account is a person's id or e-mail address."""

    account = fields.String(required=True, validate=validate.Length(1, 255))
    password = fields.String(required=True, validate=validate.Length(1, 200), metadata=WRITE_ONLY)


class Signed(Outgoing):
    """Who asks. With a cookie every change also needs the header X-CSRF-Token."""

    person_id = fields.String()
    name = fields.String()
    department = fields.String(allow_none=True)
    rights = fields.List(fields.String())
    groups = fields.List(fields.String(), metadata={"description": "Candidate keys the person answers to."})
    csrf_token = fields.String(metadata={"description": "Empty for an API token."})
    expires_at = fields.DateTime(allow_none=True)
