"""Forms: which are deployed, how they look in both languages, their fields, and where they are used."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request

from engine.definitions import forms, process_definitions
from service.disposition import disposition
from service.forms import sources
from service.forms.localisation import localised
from service.identity.current import current_caller
from service.identity.openings import opens_to
from service.unit_of_work import unit_of_work
from service.web import usages
from service.web.addresses import version_asked
from service.web.definition_names import form_name
from service.web.languages import LANGUAGES, language

Schema = Mapping[str, Any]

blueprint = Blueprint("forms", __name__)


@dataclass(frozen=True, slots=True)
class Preview:
    """A form as it is drawn for people of one language; their own language comes first."""

    code: str
    language: str
    schema: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """`path` names the variable; a field of a list has the list's name before it."""

    path: str
    label: str
    type: str
    is_required: bool
    is_conditional: bool


@blueprint.get("/forms")
@opens_to("design", "operate")
def list_() -> str:
    text = request.args.get("q", "").strip().lower()
    with unit_of_work() as work:
        found = forms.list_(work)
        now = work.now
    fitting = [each for each in found if text in f"{each.key} {form_name(each.schema)}".lower()]
    return render_template("forms.html", forms=[(each, form_name(each.schema)) for each in fitting], text=text, now=now)


@blueprint.get("/forms/<path:key>")
@opens_to("design", "operate")
def show(key: str) -> str:
    """The version asked for, or the newest one."""
    with unit_of_work() as work:
        form = forms.get(work, key, version_asked(request.args))
        versions = forms.versions(work, form)
        used = usages.of(work, process_definitions.list_(work), "form", key)
        now = work.now
    return render_template(
        "form_definition.html",
        form=form,
        name=form_name(form.schema) or key,
        previews=previews(form.schema),
        fields=tuple(_fields(localised(form.schema, language()), "")),
        versions=versions,
        usages=used,
        now=now,
    )


@blueprint.get("/form-files/<path:key>")
@opens_to("design", "operate")
def file(key: str) -> Response:
    """The form as a file, for saving."""
    with unit_of_work() as work:
        form = forms.get(work, key, version_asked(request.args))
    response = Response(json.dumps(form.schema, ensure_ascii=False, indent=2), mimetype="application/json")
    response.headers["Content-Disposition"] = disposition("attachment", f"{key.rpartition('/')[2]}.form.json")
    return response


def previews(schema: Schema) -> tuple[Preview, ...]:
    """The form as everybody would see it, its pickers filled; nothing can be sent."""
    codes = sorted(LANGUAGES, key=lambda code: code != language())
    company = current_caller().organisation
    return tuple(
        Preview(code, LANGUAGES[code], sources.with_options(localised(schema, code), company, code))  # type: ignore[arg-type]
        for code in codes
    )


def _fields(schema: Schema, path: str) -> Iterator[Field]:
    for component in schema.get("components", ()):
        place = f"{path}{component.get('key') or component.get('path') or ''}"
        if component.get("key"):
            required = bool(component.get("validate", {}).get("required"))
            label = component.get("label") or component.get("dateLabel") or component.get("timeLabel") or ""
            yield Field(place, label, component["type"], required, "conditional" in component)
        yield from _fields(component, f"{place}." if component.get("path") else path)
