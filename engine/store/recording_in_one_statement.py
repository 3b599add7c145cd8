"""A step as one data-modifying statement of PostgreSQL: atomic by itself, one round trip.

A statement names only the kinds of rows that are present, and is built once for each such combination. One row travels as plain
parameters, several of a kind as one jsonb. Every part reads from `i`, the changed process instance: with an older version `i` is
empty and nothing happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from engine.store import step_parts
from engine.store.changes import Changes, Step
from engine.store.prepared import Prepared
from engine.store.release import ASK_FENCE
from engine.store.step_parts import ADDED, CHANGED, HISTORY, INSERT, STEP, UPDATE, Added, Changed, Types
from engine.store.unit_of_work import UnitOfWork


def _one(added: Added) -> Changed:
    values = ", ".join(f"{{{name}}}" for name in added.types)
    return Changed(f"{_insert(added)} select i.id, {values} from i{added.on_conflict}", added.types)


def _several(added: Added) -> Changed:
    values = ", ".join(f"n.{name}" for name in added.types)
    typed = ", ".join(f"{name} {type}" for name, type in added.types.items())
    source = f"i, jsonb_to_recordset({{rows}}) as n({typed})"
    return Changed(f"{_insert(added)} select i.id, {values} from {source}{added.on_conflict}", {"rows": "jsonb"})


def _insert(added: Added) -> str:
    return f"insert into {added.table} (process_instance_id, {', '.join(added.types)})"


_HISTORY = Changed(_one(HISTORY).sql, {})
_PARTS: Mapping[str, Changed] = {
    **{name: _one(added) for name, added in ADDED.items()},
    **{f"several {name}": _several(added) for name, added in ADDED.items()},
    **CHANGED,
}
#: What all parts may name beside parameters.
_WORDS = {
    "instance": "(select id from i)",
    "elements": "jsonb_array_elements_text",
    "row": "ctid",
    "row_among": "ctid = any(array",
}


def record_start(work: UnitOfWork, step: Step) -> None:
    present, values = _rows(step.changes)
    work.write_alone(statement(INSERT, present), [*step_parts.of_step(step), *step_parts.of_beginning(step), *values])


def record(work: UnitOfWork, step: Step) -> bool:
    present, values = _rows(step.changes)
    return work.write_alone(statement(UPDATE, present), [*step_parts.of_step(step), *values]) is not None


@lru_cache(maxsize=512)
def statement(change: Changed, present: tuple[str, ...]) -> Prepared:
    """`present` names the kinds of rows, in the order of their parameters."""
    types = list(STEP.values())
    common = {**_WORDS, **_parameters(STEP, 1)}
    instance = Changed(f"{change.sql} returning id", change.types)
    texts = []
    for label, part in (("i", instance), ("h", _HISTORY), *((f"s{number}", _PARTS[name]) for number, name in enumerate(present))):
        texts.append(f"{label} as ({part.sql.format_map({**common, **_parameters(part.types, len(types) + 1)})})")
        types += part.types.values()
    return Prepared(f"with fence as ({ASK_FENCE}),\n" + ",\n".join(texts) + "\nselect id from i", types)


def _parameters(types: Types, first: int) -> dict[str, str]:
    written = {name: f"${number}::{type}" for number, (name, type) in enumerate(types.items(), first)}
    return {name: f"= any({text})" if text.endswith("[]") else text for name, text in written.items()}


def _rows(changes: Changes) -> tuple[tuple[str, ...], list[Any]]:
    """The names of the parts that the rows need, and the values of their parameters in the same order."""
    names: list[str] = []
    values: list[Any] = []
    for name, more in _needed(changes):
        names.append(name)
        values += more
    return tuple(names), values


def _needed(changes: Changes) -> Iterator[tuple[str, Sequence[Any]]]:
    for name, added in ADDED.items():
        rows = getattr(changes, name)
        if len(rows) == 1:
            yield name, added.values(rows[0])
        elif rows:
            yield f"several {name}", [[added.as_json(row) for row in rows]]
    yield from step_parts.changed(changes)
