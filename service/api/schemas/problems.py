"""How every refusal looks: RFC 9457, and the list of what is wrong."""

from __future__ import annotations

from marshmallow import Schema, fields


class ProblemItem(Schema):
    """One thing that is wrong: a field of a request, or a place in an uploaded file."""

    field = fields.String(metadata={"description": "Path of the field in the request."})
    where = fields.String(metadata={"description": "Element id or field of a form."})
    rule = fields.String(metadata={"description": "Stable name of the rule."})
    value = fields.Raw(metadata={"description": "What was sent, shortened; never a secret."})
    sentence = fields.String()
    line = fields.Integer(metadata={"description": "Line of the uploaded file, from 1."})
    file = fields.String()
    fix = fields.String(metadata={"description": "What to do now."})


class ProblemDocument(Schema):
    """Why a request was refused."""

    code = fields.String(metadata={"description": "Stable; docs/api.md lists all codes."})
    title = fields.String()
    status = fields.Integer()
    detail = fields.String(metadata={"description": "A sentence for a person."})
    errors = fields.List(fields.Nested(ProblemItem))
    reference = fields.String(metadata={"description": "Of an unexpected error: the number under which the log has it."})
