"""Finding the view of an address: werkzeug's rules, remembered by the shape of the address where it has no parameters but ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from werkzeug.routing import Map, MapAdapter, Rule, UUIDConverter
from werkzeug.wrappers import Request

_ID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Shapes:
    """Of each method and address without its ids: the rule, and the names of the ids. No more than there are rules."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, int], tuple[Rule, tuple[str, ...]]] = {}

    def find(self, method: str, path: str) -> tuple[Rule, Mapping[str, Any]] | None:
        """The rule and its values; None for a shape that has not been remembered."""
        shape, count = _ID.subn("*", path)
        known = self._known.get((method, shape, count))
        if known is None:
            return None
        rule, names = known
        return rule, dict(zip(names, map(UUID, _ID.findall(path)), strict=True)) if names else {}

    def remember(self, method: str, path: str, rule: Rule, values: Mapping[str, Any]) -> None:
        """Only where nothing but ids, written as here, may differ between addresses of the rule."""
        has_ids_only = all(isinstance(each, UUIDConverter) for each in rule._converters.values())
        if has_ids_only and [str(value) for value in values.values()] == _ID.findall(path):
            self._known[(method, *_ID.subn("*", path))] = (rule, tuple(values))


class Adapter(MapAdapter):
    """No route here depends on the host, so it is only taken apart for who writes whole addresses."""

    def __init__(self, map: Map, request: Request, shapes: Shapes) -> None:
        super().__init__(map, "", request.root_path, "", request.scheme, request.path, request.method)
        self._request = request
        self._shapes = shapes

    @property
    def server_name(self) -> str:
        return self._request.host

    @server_name.setter
    def server_name(self, _: str) -> None: ...

    @property
    def query_args(self) -> str:
        return self._request.query_string.decode(errors="replace")

    @query_args.setter
    def query_args(self, _: object) -> None: ...

    def find_view(self) -> tuple[Rule, Mapping[str, Any]]:
        """As `match(return_rule=True)`. Raises what it raises."""
        method, path = self._request.method, self._request.path
        found = self._shapes.find(method, path)
        if found is None:
            found = self.match(return_rule=True)
            self._shapes.remember(method, path, *found)
        return found
