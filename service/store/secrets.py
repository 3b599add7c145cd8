"""Table secret: what connectors are given by name. The value is kept encrypted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Column, LargeBinary, Table, bindparam, delete, insert, select, update

from engine.store.columns import Json, Moment
from engine.store.unit_of_work import UnitOfWork
from service.store.organisation import Name
from service.store.schema import metadata
from service.store.seals import Sealed

secret = Table(
    "secret",
    metadata,
    Column("name", Name, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("hosts", Json, nullable=False),
    Column("set_at", Moment, nullable=False),
    Column("set_by", Name, nullable=False),
)

SEALED = Sealed(secret, ("name", "value", "hosts", "set_at", "set_by"))


@dataclass(frozen=True, slots=True)
class Secret:
    """As it is listed. `hosts` are those it may be sent to, none: all; `set_by` is the id of who entered the value last."""

    name: str
    hosts: tuple[str, ...]
    set_at: datetime
    set_by: str


@dataclass(frozen=True, slots=True)
class KeptSecret:
    """`value` is encrypted."""

    name: str
    hosts: tuple[str, ...]
    value: bytes


_COLUMNS = [secret.c[field.name] for field in fields(Secret)]
_ALL = select(*_COLUMNS).order_by(secret.c.name)
_NAMES = select(secret.c.name)
_KEPT = select(secret.c.name, secret.c.hosts, secret.c.value)
_NAMED = _KEPT.where(secret.c.name.in_(bindparam("names", expanding=True)))
_THIS = secret.c.name == bindparam("this")
_INSERT = insert(secret)
_UPDATE = update(secret).where(_THIS)
_RENEW = _UPDATE.where(secret.c.value == bindparam("before")).values(value=bindparam("after"))
_DELETE = delete(secret).where(_THIS)


def all_(work: UnitOfWork) -> Sequence[Secret]:
    """By name."""
    return [Secret(name, tuple(hosts), at, by) for name, hosts, at, by in work.rows(_ALL)]


def names(work: UnitOfWork) -> frozenset[str]:
    return frozenset(name for (name,) in work.rows(_NAMES))


def kept(work: UnitOfWork, wanted: Collection[str] | None = None) -> Sequence[KeptSecret]:
    """Those of these names, or all."""
    rows = work.rows(_KEPT) if wanted is None else work.rows(_NAMED, {"names": sorted(wanted)})
    return [KeptSecret(name, tuple(hosts), value) for name, hosts, value in rows]


def put(work: UnitOfWork, found: Secret, value: bytes) -> None:
    """A new one, or in place of the one before."""
    values = {"value": value, "hosts": list(found.hosts), "set_at": found.set_at, "set_by": found.set_by}
    with SEALED.changing(work):
        if not work.write(_UPDATE.values(**values), {"this": found.name}):
            work.write(_INSERT, {"name": found.name, **values})


def renew(work: UnitOfWork, name: str, before: bytes, after: bytes) -> int:
    """The same value under another key; 0 when another one has been entered meanwhile."""
    with SEALED.changing(work):
        return work.write(_RENEW, {"this": name, "before": before, "after": after})


def remove(work: UnitOfWork, name: str) -> int:
    with SEALED.changing(work):
        return work.write(_DELETE, {"this": name})
