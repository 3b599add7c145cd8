"""What each kind of field makes of a value that was sent, as form-js's importer does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from service.forms import sources
from service.forms.files import is_file
from service.forms.judging.moments import KEEPS
from service.forms.judging.nodes import Around, Keep
from service.forms.judging.numbers import read_number, text_of_number
from service.forms.judging.options import Accepts, accepting

Schema = Mapping[str, Any]

#: By type; a field of another type is null when it is empty.
EMPTY: Final[Mapping[str, Any]] = {"checkbox": False, "checklist": [], "taglist": [], "textfield": "", "textarea": ""}

#: Of a choice that names none, as form-js has it.
_DEFAULT_OPTIONS: Final = [{"label": "Value", "value": "value"}]
_LINES: Final = str.maketrans("\r\n\t", "   ")


def keeper(component: Schema, path: tuple[str, ...]) -> Keep | None:
    """None: everything is kept. `path` leads to the field from the whole form, through lists."""
    kind = component["type"]
    if kind in ("select", "radio", "checklist", "taglist"):
        return _of_choice(component, path)
    if kind == "filepicker":
        return _files if component.get("multiple") else _file
    if kind == "number":
        return _numeral if component.get("serializeToString") else _number
    if kind == "datetime":
        keep = KEEPS.get(component.get("subtype", "date"))
        return _string if keep is None else lambda value, _around: keep(value)
    return {"textfield": _line, "textarea": _text, "checkbox": _checked}.get(kind)


def _of_choice(component: Schema, path: tuple[str, ...]) -> Keep | None:
    options = _options(component, path)
    if options is None:
        return None
    if component["type"] in ("select", "radio"):
        return lambda value, around: value if options(around)(value) else None

    def keep(value: Any, around: Around) -> list[Any]:
        accepts = options(around)
        return [each for each in value if accepts(each)] if type(value) is list else []

    return keep


def _options(component: Schema, path: tuple[str, ...]) -> Callable[[Around], Accepts] | None:
    """Of a picker the members of the company; None where an expression says them, which is asked when all values are known."""
    picks = sources.accepting(component.get("properties") or {}, ".".join(path))
    if picks is not None:
        return lambda around: picks(around.company, around.known)
    if component.get("valuesExpression"):
        return None
    key = component.get("valuesKey")
    if key:
        return lambda around: accepting(around.values.get(key))
    accepts = accepting(component.get("values", _DEFAULT_OPTIONS))
    return lambda _around: accepts


def _line(value: Any, around: Around) -> str:
    return value.translate(_LINES) if type(value) is str else _text(value, around)


def _text(value: Any, _around: Around) -> str:
    if type(value) is str:
        return value
    if value is True or value is False:
        return "true" if value else "false"
    return text_of_number(value) if type(value) in (int, float) else ""


def _string(value: Any, _around: Around) -> str | None:
    return value if type(value) is str else None


def _checked(value: Any, _around: Around) -> bool:
    return value is True


def _files(value: Any, _around: Around) -> list[Any] | None:
    """As the page and the engine have them: `[{"id": "…", "name": "scan.pdf", "size": 512}]`."""
    return value if type(value) is list and all(map(is_file, value)) else None


def _file(value: Any, around: Around) -> list[Any] | None:
    files = _files(value, around)
    return files if files is None or len(files) < 2 else None


def _number(value: Any, _around: Around) -> int | float | None:
    return read_number(value)


def _numeral(value: Any, _around: Around) -> str | None:
    """serializeToString: the text as it was sent."""
    number = read_number(value)
    if number is None:
        return None
    return value if type(value) is str else text_of_number(number)
