"""Numbers and moments as a request may write them: within what a database keeps and a clock can show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from marshmallow import ValidationError, fields, validate

#: The largest number that a column of ours keeps.
LARGEST: Final = 2**31 - 1


def whole(least: int = 0, most: int = LARGEST, **options: Any) -> fields.Integer:
    """A whole number within its limits."""
    return fields.Integer(validate=validate.Range(least, most), **options)


class Moment(fields.AwareDateTime):
    """In universal time. Years before 2 and after 9998 are none: in some zone they would leave the calendar."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> datetime:
        moment: datetime = super()._deserialize(value, attr, data, **options)
        if not 2 <= moment.year <= 9998:
            raise ValidationError("Not a valid datetime: its year must be from 2 to 9998.")
        return moment.astimezone(UTC)
