"""The seal of a deployment: one digest over everything that came with it, files and the rows of definitions."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Table, bindparam, select, type_coerce, update

from engine.store.columns import Json, Shaped
from engine.store.decision_definitions import decision_definition
from engine.store.deployments import deployment, resource
from engine.store.form_definitions import form_definition
from engine.store.process_definitions import process_definition
from engine.store.unit_of_work import UnitOfWork

#: What changes when another version comes.
_CHANGING = "is_latest"


def _rows_of(table: Table) -> Any:
    """As they are kept: what a release makes of them may be another thing in the next."""
    kept = [type_coerce(each, Json) if isinstance(each.type, Shaped) else each for each in table.c if each.name != _CHANGING]
    return select(*kept).where(table.c.deployment_id == bindparam("id")).order_by(table.c.id)


_OWN = select(deployment.c.name, deployment.c.deployed_by, deployment.c.deployed_at).where(deployment.c.id == bindparam("id"))
_ROWS = [_rows_of(table) for table in (resource, process_definition, decision_definition, form_definition)]
_SEAL = update(deployment).where(deployment.c.id == bindparam("row_id")).values(seal=bindparam("new_seal"))


def digest(work: UnitOfWork, deployment_id: UUID) -> bytes:
    """Over what is there now."""
    own = work.first(_OWN, {"id": deployment_id})
    parts = [[_plain(value) for value in own or ()]]
    parts += [[_plain(value) for value in row] for statement in _ROWS for row in work.rows(statement, {"id": deployment_id})]
    return sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).digest()


def seal(work: UnitOfWork, deployment_id: UUID) -> bytes:
    """From now on a change of what came with it is noticed."""
    made = digest(work, deployment_id)
    work.write(_SEAL, {"row_id": deployment_id, "new_seal": made})
    return made


def _plain(value: Any) -> Any:
    """The bytes of a file by their digest."""
    return sha256(value).hexdigest() if isinstance(value, bytes | memoryview) else value
