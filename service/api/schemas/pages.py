"""Lists come in pages: `next` is what the following page is asked for with, as `after`."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from service.api.schemas.directions import Incoming, Outgoing
from service.api.schemas.limits import whole

LARGEST_PAGE = 1000


class PageQuery(Incoming):
    """`limit` items after the cursor of the page before."""

    after = fields.String(validate=validate.Length(1, 500), load_default=None)
    limit = whole(1, LARGEST_PAGE, load_default=20)


def parted(query: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A query of a list: what it is narrowed to, and which page is wanted."""
    page = {"after": query.pop("after"), "limit": query.pop("limit")}
    return query, page


def page_of(items: type[Outgoing]) -> type[Outgoing]:
    """The schema of a page of these items."""
    members = {
        "items": fields.List(fields.Nested(items)),
        "next": fields.String(allow_none=True, metadata={"description": "Null on the last page."}),
        "__module__": items.__module__,
        "__doc__": f"A page: {items.__doc__}",
    }
    return type(f"{items.__name__}Page", (Outgoing,), members)
