"""`{{secret.NAME}}` in what a model hands to a connector: which secret is meant, and where.

Only what stands in the model refers to a secret. The same letters in what somebody has entered, or in what another system has
answered, are letters: a reference is known by its place in the model, not by its looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

#: Where a value stands in the inputs of a job: the name of the input, then keys and numbers from 0.
Path = tuple[str | int, ...]

_REFERENCE = re.compile(r"\{\{\s*secret\.([^\s{}]{1,64})\s*\}\}")


@dataclass(frozen=True, slots=True)
class SecretReference:
    """A text of the model with at least one reference in it; `path` begins with the name of an input."""

    path: Path
    text: str

    @property
    def names(self) -> list[str]:
        return names_in(self.text)


def names_in(text: str) -> list[str]:
    """The names of the secrets that a text refers to, each once."""
    return list(dict.fromkeys(_REFERENCE.findall(text)))


def written(name: str) -> str:
    """How a model refers to it."""
    return f"{{{{secret.{name}}}}}"


def refers(value: Any) -> bool:
    """Whether a JSON value has a text that looks like a reference."""
    if isinstance(value, str):
        return bool(_REFERENCE.search(value))
    if isinstance(value, Mapping):
        return any(map(refers, value.values()))
    return isinstance(value, list) and any(map(refers, value))


def replaced(values: Mapping[str, Any], references: Iterable[SecretReference], value_of: Callable[[str], str]) -> dict[str, Any]:
    """The inputs with the texts of the references, secrets filled in. What stands elsewhere stays as it is."""
    found = dict(values)
    for reference in references:
        _put(found, reference.path, _REFERENCE.sub(lambda each: value_of(each[1]), reference.text))
    return found


def _put(holder: dict[str, Any] | list[Any], path: Path, text: str) -> None:
    """Copies what it changes. A place that is not there any more stays away."""
    key: Any = path[0]
    if not (key in holder if isinstance(holder, dict) else isinstance(key, int) and key < len(holder)):
        return
    if len(path) == 1:
        holder[key] = text
    elif isinstance(holder[key], dict | list):
        holder[key] = holder[key].copy()
        _put(holder[key], path[1:], text)
