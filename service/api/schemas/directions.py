"""The two directions: Incoming refuses what it does not know, Outgoing leaves the writing of values to orjson."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

#: From an object to the value written under one name.
Writer = Callable[[Any], Any]


def camel_case(name: str) -> str:
    first, *more = name.strip("_").split("_")
    return first + "".join(word.capitalize() for word in more)


class _CamelCase(Schema):
    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        if field_obj.data_key is None:
            field_obj.data_key = camel_case(field_name)


class Incoming(_CamelCase):
    """A body or query. Values are read by marshmallow, name by name."""

    class Meta:
        unknown = RAISE


class Nothing(Incoming):
    """A body or query that says nothing."""


class Outgoing(_CamelCase):
    """An answer. Its fields document; values are taken as they are, because orjson writes moments, ids and lists itself.

    A field is an attribute of the object, of the same name or of its `attribute`, or a Function of it.
    """

    def dump(self, obj: Any, *, many: bool | None = None) -> Any:
        if self.many if many is None else many:
            return [self._written(each) for each in obj]
        return self._written(obj)

    def _written(self, obj: Any) -> Any:
        return None if obj is None else {name: write(obj) for name, write in self._writers()}

    def _writers(self) -> list[tuple[str, Writer]]:
        writers: list[tuple[str, Writer]] | None = self.__dict__.get("_plan")
        if writers is None:
            writers = [(field.data_key or name, _writer(name, field)) for name, field in self.dump_fields.items()]
            self.__dict__["_plan"] = writers
        return writers


def _writer(name: str, field: fields.Field[Any]) -> Writer:
    if isinstance(field, fields.Function):
        return field.serialize_func or attrgetter(name)
    take = attrgetter(field.attribute or name)
    if isinstance(field, fields.Nested):
        dump = field.schema.dump
        return lambda obj: dump(take(obj))
    if isinstance(field, fields.List) and isinstance(field.inner, fields.Nested):
        dump_all = field.inner.schema.dump
        return lambda obj: dump_all(take(obj), many=True)
    return take


class Variables(fields.Dict):
    """JSON by name; how much of it is limited for the body as a whole."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(keys=fields.String(), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, dict):
            raise ValidationError("Not a valid object of variables.")
        return value
