"""The two directions: Incoming refuses what it does not know, Outgoing leaves the writing of values to orjson."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from operator import attrgetter
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, missing

#: For the description of a field whose value is written as it is.
LIST_OF_OBJECTS: dict[str, Any] = {"type": "array", "items": {"type": "object"}}

#: Of a field whose value is never shown again, not even to the one who sent it.
WRITE_ONLY: dict[str, Any] = {"writeOnly": True}

#: From an object to the value written under one name.
Writer = Callable[[Any], Any]


def camel_case(name: str) -> str:
    first, *more = name.strip("_").split("_")
    return first + "".join(word.capitalize() for word in more)


def camel_cased(values: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Objects that the engine keeps as JSON, with the names of the API."""
    return [{camel_case(name): value for name, value in each.items()} for each in values]


class _CamelCase(Schema):
    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        if field_obj.data_key is None:
            field_obj.data_key = camel_case(field_name)


class Incoming(_CamelCase):
    """A body or query, read in one pass; one that is not right, marshmallow reads again to say all that is wrong with it."""

    class Meta:
        unknown = RAISE

    def load(self, data: Any, **options: Any) -> Any:
        if isinstance(data, dict) and not options and self._required <= data.keys() <= self._known.keys():
            try:
                return self._read(data)
            except ValidationError:
                pass
        return super().load(data, **options)

    def _read(self, data: dict[str, Any]) -> dict[str, Any]:
        read = {name: default() if callable(default) else default for name, default in self._defaults.items()}
        for key, value in data.items():
            name, field = self._known[key]
            read[name] = field.deserialize(value, key, data)
        return read

    @cached_property
    def lists(self) -> frozenset[str]:
        """The keys that may come more than once in a query."""
        return frozenset(key for key, (_, field) in self._known.items() if isinstance(field, fields.List))

    @cached_property
    def has_secrets(self) -> bool:
        """Whether one of its fields is WRITE_ONLY."""
        return any(field.metadata.get("writeOnly") for field in self.load_fields.values())

    @cached_property
    def _known(self) -> dict[str, tuple[str, fields.Field[Any]]]:
        """The fields by key. A schema that checks more than its fields is left to marshmallow: it would need all of `load`."""
        if any(self._hooks.values()):
            raise TypeError(f"{type(self).__name__} has hooks, which are not run: check fields by validators.")
        return {field.data_key or name: (field.attribute or name, field) for name, field in self.load_fields.items()}

    @cached_property
    def _required(self) -> frozenset[str]:
        return frozenset(key for key, (_, field) in self._known.items() if field.required)

    @cached_property
    def _defaults(self) -> dict[str, Any]:
        """By name; a callable makes a new one each time."""
        return {name: field.load_default for name, field in self._known.values() if field.load_default is not missing}


class Nothing(Incoming):
    """A body or query that says nothing."""


class Outgoing(_CamelCase):
    """An answer. Its fields document; values are taken as they are, because orjson writes moments, ids and lists itself.

    A field is an attribute of the object, of the same name or of its `attribute`, or a Function of it.
    """

    def dump(self, obj: Any, *, many: bool | None = None) -> Any:
        if self.many if many is None else many:
            return [self._written(each) for each in obj]
        return None if obj is None else self._written(obj)

    def _written(self, obj: Any) -> dict[str, Any]:
        keys, plain, take, writers = self._plan
        written = dict.fromkeys(keys)
        written.update(zip(plain, take(obj), strict=True))
        for key, write in writers:
            written[key] = write(obj)
        return written

    @cached_property
    def _plan(self) -> tuple[list[str], list[str], Writer, list[tuple[str, Writer]]]:
        """All keys in order; those that are only an attribute, and what takes all these at once; the writers of the others."""
        by_key = {field.data_key or name: (name, field) for name, field in self.dump_fields.items()}
        attributes = {key: field.attribute or name for key, (name, field) in by_key.items() if not _is_made(field)}
        writers = [(key, _writer(name, field)) for key, (name, field) in by_key.items() if _is_made(field)]
        return list(by_key), list(attributes), _taker(list(attributes.values())), writers


def _taker(attributes: list[str]) -> Writer:
    """From an object to the values of these attributes."""
    if len(attributes) > 1:
        return attrgetter(*attributes)
    return lambda obj: [attrgetter(each)(obj) for each in attributes]


def _is_made(field: fields.Field[Any]) -> bool:
    """Whether its value is more than an attribute."""
    return isinstance(field.inner if isinstance(field, fields.List) else field, fields.Function | fields.Nested)


def _writer(name: str, field: fields.Field[Any]) -> Writer:
    if isinstance(field, fields.Function):
        return field.serialize_func or attrgetter(name)
    take = attrgetter(field.attribute or name)
    if isinstance(field, fields.List) and isinstance(field.inner, fields.Nested):
        dump_all = field.inner.schema.dump
        return lambda obj: dump_all(take(obj), many=True)
    if isinstance(field, fields.Nested):
        dump = field.schema.dump
        return lambda obj: dump(take(obj))
    raise TypeError(f"{name} is neither a Function nor Nested.")


class Variables(fields.Dict):
    """JSON by name; how much of it is limited for the body as a whole."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(keys=fields.String(), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, dict):
            raise ValidationError("Not a valid object of variables.")
        return value
