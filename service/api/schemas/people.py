"""People and departments, for pickers."""

from __future__ import annotations

from marshmallow import fields, validate

from service.api.schemas.directions import Outgoing
from service.api.schemas.pages import PageQuery, page_of


class PeopleQuery(PageQuery):
    """`text` is looked for in ids and names."""

    text = fields.String(validate=validate.Length(1, 100), load_default=None)
    role = fields.String(validate=validate.Length(1, 64), load_default=None)
    department = fields.String(validate=validate.Length(1, 64), load_default=None)


class PersonDetails(Outgoing):
    """Somebody of the company, without what only administrators need."""

    id = fields.String(attribute="person.id")
    name = fields.String(attribute="person.name")
    name_en = fields.String(attribute="person.name_en")
    department = fields.String(attribute="person.department", allow_none=True)
    superior = fields.String(attribute="person.superior", allow_none=True)
    position = fields.String(allow_none=True)
    roles = fields.Function(
        lambda member: [role for role, _ in member.roles], metadata={"type": "array", "items": {"type": "string"}}
    )


PersonPage = page_of(PersonDetails)


class DepartmentDetails(Outgoing):
    """One node of the tree."""

    id = fields.String()
    name = fields.String()
    name_en = fields.String()
    parent = fields.String(allow_none=True)
    head = fields.String(allow_none=True)


DepartmentPage = page_of(DepartmentDetails)
