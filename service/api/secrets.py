"""Secrets of connectors, by name. Needs the right to administer."""

from __future__ import annotations

from typing import Any

from engine.store.paging import Page, page_of
from service.api.routes import Routes
from service.api.schemas.pages import PageQuery
from service.api.schemas.secrets import NewValue, SecretDetails, SecretPage
from service.identity.openings import opens_to
from service.parts import current_parts
from service.secrets import keeping
from service.store.secrets import Secret
from service.unit_of_work import unit_of_work

routes = Routes(
    "secrets", __name__, url_prefix="/secrets", description="What connectors are given by name; values are never shown."
)


@routes.get("")
@opens_to("administer")
@routes.query(PageQuery)
@routes.answers(200, SecretPage)
def list_(query: dict[str, Any]) -> Page[Secret]:
    """All of them, by name, without their values."""
    with unit_of_work() as work:
        return page_of(keeping.list_(work), lambda secret: (secret.name,), **query)


@routes.put("/<name>")
@opens_to("administer")
@routes.body(NewValue, example={"value": "eyJhbGciOi…", "hosts": ["api.crm.example.com"]})
@routes.answers(200, SecretDetails)
def set_(body: dict[str, Any], name: str) -> Secret:
    """A new one, or a new value for one there is; the next call of a connector uses it."""
    with unit_of_work() as work:
        return keeping.set_(work, current_parts().secrets, name, **body)


@routes.delete("/<name>")
@opens_to("administer")
@routes.answers(204)
def delete(name: str) -> None:
    """Models that refer to it fail with an incident until it is set again."""
    with unit_of_work() as work:
        keeping.delete(work, name)
