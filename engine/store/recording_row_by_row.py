"""A step as plain statements, one for each kind of row that is present. For SQLite, where a round trip costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.store import step_parts
from engine.store.changes import Step
from engine.store.plain import Plain
from engine.store.step_parts import ADDED, CHANGED, HISTORY, INSERT, STEP, UPDATE, Added, Changed, Types
from engine.store.unit_of_work import UnitOfWork

Values = dict[str, Any]


class _Statement:
    """SQL with the names of its parameters, and how the values of those it has for itself are written."""

    def __init__(self, sql: str, types: Types) -> None:
        names = {name: f":{name}" for name in ("instance", *STEP, *types)}
        lists = {name: f"in (select value from json_each(:{name}))" for name, type in types.items() if type.endswith("[]")}
        words = {"elements": "json_each", "row": "rowid", "row_among": "rowid in (select * from"}
        self.text = sql.format_map({**names, **lists, **words})
        self.written = Plain(types)


def _adding(added: Added) -> _Statement:
    names = ", ".join(("process_instance_id", *added.types))
    values = ", ".join(f"{{{name}}}" for name in ("instance", *added.types))
    return _Statement(f"insert into {added.table} ({names}) values ({values}){added.on_conflict}", added.types)


def _changing(changed: Changed) -> _Statement:
    return _Statement(changed.sql, changed.types)


_ADDED: Mapping[str, _Statement] = {name: _adding(added) for name, added in ADDED.items()}
_CHANGED: Mapping[str, _Statement] = {name: _changing(changed) for name, changed in CHANGED.items()}
_HISTORY = _adding(HISTORY)
_INSERT = _changing(INSERT)
_UPDATE = _changing(UPDATE)
_STEP = Plain(STEP)


def record_start(work: UnitOfWork, step: Step) -> None:
    common = _common(step)
    work.write_text(_INSERT.text, common | _INSERT.written(step_parts.of_beginning(step)))
    _write_rows(work, step, common)


def record(work: UnitOfWork, step: Step) -> bool:
    common = _common(step)
    if work.write_text(_UPDATE.text, common) == 0:
        return False
    _write_rows(work, step, common)
    return True


def _common(step: Step) -> Values:
    """What every statement may name."""
    values = _STEP(step_parts.of_step(step))
    values["instance"] = values["id"]
    return values


def _write_rows(work: UnitOfWork, step: Step, common: Values) -> None:
    """What is closed makes room for what is added."""
    for name, own in step_parts.changed(step.changes):
        statement = _CHANGED[name]
        work.write_text(statement.text, common | statement.written(own))
    for name, added in ADDED.items():
        rows = getattr(step.changes, name)
        if rows:
            statement = _ADDED[name]
            work.write_text(statement.text, [common | statement.written(added.values(row)) for row in rows])
    work.write_text(_HISTORY.text, common)
