"""Lists come in pages: `next` is what the following page is asked for with, as `after`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from marshmallow import fields, validate

from engine.store.paging import CursorInvalid
from service.api.schemas.directions import Incoming, Outgoing
from service.api.schemas.limits import whole
from service.flask_application import current_request

LARGEST_PAGE = 1000


@lru_cache
def _mark(route: str) -> str:
    """What the cursors of a route begin with: those of another list say nothing here, and may look alike."""
    return blake2b(route.encode(), digest_size=3).hexdigest()


class Cursor(fields.String):
    """One that this route gave."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> Any:
        mark, dot, cursor = str(super()._deserialize(value, attr, data, **options)).partition(".")
        if not dot or mark != _mark(current_request().endpoint or ""):
            raise CursorInvalid
        return cursor


def _next(page: Any) -> str | None:
    return None if page.next is None else f"{_mark(current_request().endpoint or '')}.{page.next}"


class PageQuery(Incoming):
    """`limit` items after the cursor of the page before."""

    after = Cursor(validate=validate.Length(1, 500), load_default=None)
    limit = whole(1, LARGEST_PAGE, load_default=20)


def parted(query: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A query of a list: what it is narrowed to, and which page is wanted."""
    page = {"after": query.pop("after"), "limit": query.pop("limit")}
    return query, page


def page_of(items: type[Outgoing]) -> type[Outgoing]:
    """The schema of a page of these items."""
    members = {
        "items": fields.List(fields.Nested(items)),
        "next": fields.Function(_next, metadata={"type": ["string", "null"], "description": "Null on the last page."}),
        "__module__": items.__module__,
        "__doc__": f"A page: {items.__doc__}",
    }
    return type(f"{items.__name__}Page", (Outgoing,), members)
