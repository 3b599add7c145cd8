"""Forms in the reader's language.

A form is written in Chinese; a component's `properties` carry its English: `labelEn` for `label`, `descriptionEn` for
`description`, and so on for any of its texts. An option of a select has its own `labelEn`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

Schema = Mapping[str, Any]
Language = Literal["zh", "en"]

ENGLISH = "En"

#: Texts that stand deeper in a component than its other ones.
PLACE_OF_TEXT = {
    "patternErrorMessage": "validate",
    "prefixAdorner": "appearance",
    "suffixAdorner": "appearance",
}


def localised(schema: Schema, language: Language) -> dict[str, Any]:
    """The schema with the texts of the language; what has no English stays Chinese."""
    return dict(schema) if language == "zh" else _english(schema)


def _english(component: Schema) -> dict[str, Any]:
    changed = dict(component)
    for name, text in component.get("properties", {}).items():
        if name.endswith(ENGLISH) and text:
            _put(changed, name.removesuffix(ENGLISH), text)
    if isinstance(component.get("values"), list):
        changed["values"] = [_english_option(each) for each in component["values"]]
    if "components" in component:
        changed["components"] = [_english(each) for each in component["components"]]
    return changed


def _english_option(option: Any) -> Any:
    """A plain value has no label."""
    if not isinstance(option, Mapping):
        return option
    return {**option, "label": option.get("labelEn") or option.get("label")}


def _put(component: dict[str, Any], name: str, text: str) -> None:
    place = PLACE_OF_TEXT.get(name)
    if place is None:
        component[name] = text
    else:
        component[place] = {**component.get(place, {}), name: text}


def text_of(component: Schema, name: str) -> tuple[str, str]:
    """A text of a component in Chinese and in English, as `localised` has it; empty when it is not written."""
    place = PLACE_OF_TEXT.get(name)
    chinese = (component.get(place) or {}).get(name) if place else component.get(name)
    english = component.get("properties", {}).get(f"{name}{ENGLISH}")
    return chinese or "", english or chinese or ""
