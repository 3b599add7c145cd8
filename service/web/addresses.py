"""Addresses inside our own pages: where somebody came from, and the same list with another filter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request, url_for


def here() -> str:
    """This page, to come back to after a small change such as the language."""
    return request.full_path.rstrip("?") if request.method == "GET" else url_for("web.brand.front_door")


def version_asked(arguments: Mapping[str, str]) -> int | None:
    """The version that the address, or a form, names; None is the newest. A number that no version has is not found."""
    try:
        return max(0, min(int(arguments.get("version", "")), 2**31 - 1))
    except ValueError:
        return None


def inside(address: str | None) -> str:
    """The address if it is one of ours, else the front door: a link must not lead to another site."""
    is_ours = bool(address) and address is not None and address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_ours and address and address.isprintable() else url_for("web.brand.front_door")


def with_filter(**changes: Any) -> str:
    """This list with some filters changed and the page taken back to the first; None takes a filter away."""
    arguments = {name: value for name, value in request.args.items() if name != "after"} | changes
    return url_for(
        request.endpoint or "", **(request.view_args or {}), **{name: value for name, value in arguments.items() if value}
    )
