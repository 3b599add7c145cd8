"""The functions of the standard (DMN 1.5, §10.3.4), one file per family; importing the package registers them all."""

from engine.feel.builtins import (
    aggregates,
    boolean,
    contexts,
    conversion,
    dates,
    lists,
    numeric,
    patterns,
    range_text,
    ranges,
    sorting,
    strings,
)

__all__ = [
    "aggregates",
    "boolean",
    "contexts",
    "conversion",
    "dates",
    "lists",
    "numeric",
    "patterns",
    "range_text",
    "ranges",
    "sorting",
    "strings",
]
