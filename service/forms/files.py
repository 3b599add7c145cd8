"""Where files stand in a form, and which of its values name them: `[{"id": "…", "name": "scan.pdf", "size": 512}]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from service.forms.judging.components import label_of
from service.forms.judging.sentences import Texts

Schema = Mapping[str, Any]

#: What is known of a file in a value: nothing less, and nothing more.
KINDS: Final[Mapping[str, type]] = {"id": str, "name": str, "size": int}


@dataclass(frozen=True, slots=True)
class FileField:
    """`path` leads from the form to it; None stands for every row of the list before it."""

    path: tuple[str | None, ...]
    label: Texts


@dataclass(frozen=True, slots=True)
class Standing:
    """One file of a value, or what stands in the place of one."""

    where: str
    label: Texts
    file: Any

    @property
    def is_file(self) -> bool:
        return is_file(self.file)


def is_file(value: Any) -> bool:
    return type(value) is dict and value.keys() == KINDS.keys() and all(type(value[name]) is kind for name, kind in KINDS.items())


def file_fields(schema: Schema, path: tuple[str | None, ...] = ()) -> Iterator[FileField]:
    for component in schema.get("components") or ():
        if component.get("type") == "filepicker" and component.get("key"):
            yield FileField((*path, *component["key"].split(".")), label_of(component))
        elif component.get("components"):
            own = tuple(component["path"].split(".")) if component.get("path") else ()
            is_list = component.get("type") == "dynamiclist" and bool(component.get("isRepeating"))
            yield from file_fields(component, (*path, *own, *((None,) if is_list else ())))


def standing(fields: Iterable[FileField], values: Mapping[str, Any]) -> Iterator[Standing]:
    """Every file in the values of the fields."""
    for field in fields:
        for where, value in _at(field.path, values, ""):
            for file in value if type(value) is list else [value]:
                yield Standing(where, field.label, file)


def _at(path: tuple[str | None, ...], value: Any, where: str) -> Iterator[tuple[str, Any]]:
    """What is not empty at the path."""
    if not path:
        if value is not None and value != "":
            yield where, value
    elif path[0] is None:
        for number, row in enumerate(value if type(value) is list else ()):
            yield from _at(path[1:], row, f"{where}[{number}]")
    elif type(value) is dict:
        yield from _at(path[1:], value.get(path[0]), f"{where}.{path[0]}" if where else path[0])
