"""form-js schemas for tests, as short as form-js allows."""

from __future__ import annotations

from typing import Any


def form(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": "default", "id": "form", "components": list(components)}


def field(kind: str, key: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "id": f"field_{key}", "key": key, "label": key.title(), **more}


def rows(path: str, *components: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "dynamiclist",
        "id": f"list_{path}",
        "path": path,
        "isRepeating": True,
        "components": list(components),
        **more,
    }


def group(*components: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "group", "id": "group", "components": list(components), **more}


KIND = field(
    "select", "kind", values=[{"value": "goods", "label": "货物", "labelEn": "Goods"}, {"value": "service", "label": "服务"}]
)
