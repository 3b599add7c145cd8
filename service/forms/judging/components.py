"""The kinds of components that a form is made of, and what each is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.feel.known_names import needs_knowing
from service.forms.judging.sentences import Texts
from service.forms.localisation import text_of

Schema = Mapping[str, Any]

#: Components with a value of their own, and those that only show something.
KEYED: Final = frozenset(
    {
        "checkbox", "checklist", "datetime", "expression", "filepicker", "number",
        "radio", "select", "taglist", "textarea", "textfield",
    }
)  # fmt: skip
SHOWN: Final = frozenset({"button", "documentPreview", "html", "iframe", "image", "separator", "spacer", "table", "text"})

LIMITS: Final = ("min", "max", "minLength", "maxLength")


def tricky_names(schema: Schema) -> frozenset[str]:
    """The names of fields, groups and lists without which no expression that has them can be read."""
    return frozenset(filter(needs_knowing, _names(schema)))


def _names(schema: Schema) -> Iterator[str]:
    for component in schema.get("components") or ():
        yield from (component.get("key") or component.get("path") or "").split(".")
        yield from _names(component)


def place_of(component: Schema) -> str:
    return str(component.get("key") or component.get("path") or component.get("id") or "")


def label_of(component: Schema) -> Texts:
    """What people read above the field; a date has a name of its own for each of its parts."""
    found = (text_of(component, name) for name in ("label", "dateLabel", "timeLabel"))
    return next((label for label in found if label[0]), ("", ""))
