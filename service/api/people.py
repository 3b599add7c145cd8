"""Who works here: for pickers of people and departments. Everybody who is signed in may look."""

from __future__ import annotations

from typing import Any

from engine.assignment.directory import Department
from engine.store.paging import Page, page_of
from service.api.routes import Routes
from service.api.schemas.pages import PageQuery
from service.api.schemas.people import DepartmentPage, PeopleQuery, PersonPage
from service.identity.current import current_caller
from service.identity.openings import opens_to
from service.identity.organisation import Member

routes = Routes("people", __name__, description="Who works here.")


@routes.get("/people")
@opens_to("everybody")
@routes.query(PeopleQuery)
@routes.answers(200, PersonPage)
def list_(query: dict[str, Any]) -> Page[Member]:
    """Active people, by id."""
    company = current_caller().organisation
    text = (query["text"] or "").lower()
    holders = set(company.holders(query["role"], query["department"])) if query["role"] else None
    found = [
        member
        for id, member in sorted(company.members.items())
        if member.person.is_active
        and (holders is None or id in holders)
        and (query["department"] is None or holders is not None or member.person.department == query["department"])
        and any(text in name.lower() for name in (id, member.person.name, member.person.name_en))
    ]
    return page_of(found, lambda member: (member.person.id,), after=query["after"], limit=query["limit"])


@routes.get("/departments")
@opens_to("everybody")
@routes.query(PageQuery)
@routes.answers(200, DepartmentPage)
def departments(query: dict[str, Any]) -> Page[Department]:
    """All departments, by id."""
    found = sorted(current_caller().organisation.departments.values(), key=lambda department: department.id)
    return page_of(found, lambda department: (department.id,), **query)
